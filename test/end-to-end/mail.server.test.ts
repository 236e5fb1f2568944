import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from '@jest/globals'
import { defaultPayloadConverter } from '@temporalio/common'
import type { SendMailInput } from '../../activities/notice/send-mail.js'
import { DEFAULT_POLICY, type WindowPolicy } from '../../domain/brand/policy.js'
import { brandRecipient, staffRecipient } from '../../domain/notice/recipients.js'
import { until } from '../../local/until.js'
import { EVERYTHING } from '../../store/store.js'
import { contactDigestId } from '../../workflows/messages.js'
import { buildCaller } from '../builders/case.js'
import { headersNamed, smtpReply } from '../notifications/smtp-server.js'
import { confirmation, decideWhenOpen, reportListing, untilRecorded } from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

const BRAND_CONTACT = brandRecipient('northwind', 'mei-lin')
const BRAND_ADDRESS = 'mei.lin@northwind.example'
const AWAITING_BRAND = ({ phase }: { phase: string }) => phase === 'awaitingBrand'

const services: TestService[] = []
afterAll(() => Promise.all(services.map((service) => service.stop())))

async function start(options: Parameters<typeof startService>[0]): Promise<TestService> {
  const service = await startService(options)
  services.push(service)
  return service
}

/** What the digest of a contact has sent, from all of its runs. */
async function sentTo({ client }: TestService, contactId: string): Promise<SendMailInput[]> {
  const query = `WorkflowId = '${contactDigestId(contactId)}'`
  const sent: SendMailInput[] = []
  for await (const { runId } of client.workflow.list({ query })) {
    const handle = client.workflow.getHandle(contactDigestId(contactId), runId)
    for (const event of (await handle.fetchHistory()).events ?? []) {
      const [payload] = event.activityTaskScheduledEventAttributes?.input?.payloads ?? []
      if (payload) sent.push(defaultPayloadConverter.fromPayload<SendMailInput>(payload))
    }
  }
  return sent
}

const caseIdsIn = (mails: SendMailInput[]) =>
  mails.flatMap(({ notices }) => notices.map(({ caseId }) => caseId)).sort()

const mailsTo = ({ smtp }: TestService, address: string) =>
  smtp.received.filter(({ to }) => to.includes(address))

const COUNT = 46
const window: WindowPolicy = { windowMs: 12_000, time: 'clock', remindersMs: [] }
const long: WindowPolicy = { ...window, windowMs: 600_000 }

// Side by side, each with a service of its own: most of it is waiting for windows to pass.
describe('mail', () => {
  it.concurrent(
    'of 46 cases is at most three to each who is asked in turn, each case in one',
    async () => {
      const { severities } = DEFAULT_POLICY
      const S2 = { ...severities.S2, brand: window, accountManager: window, lead: long }
      const policy = { ...DEFAULT_POLICY, severities: { ...severities, S2 } }
      const one = await start({
        brand: { policy },
        mailTiming: { gatherMs: 4_000, intervalMs: 4_000 },
      })
      const cases = await Promise.all(Array.from({ length: COUNT }, () => reportListing(one)))
      const expected = cases.map(({ caseId }) => caseId).sort()

      for (const [contactId, kind] of [
        [BRAND_CONTACT, 'asked'],
        [staffRecipient('ana-souza'), 'escalated'],
        [staffRecipient('li-wei'), 'escalated'],
      ] as const) {
        const hasHeardOfAll = async () => caseIdsIn(await sentTo(one, contactId)).length >= COUNT
        await until(`${contactId} has heard of all`, hasHeardOfAll, {
          withinMs: 45_000,
          everyMs: 500,
        })
        const sent = await sentTo(one, contactId)
        expect(sent.every((mail) => mail.kind === kind)).toBe(true)
        expect(caseIdsIn(sent)).toEqual(expected)
        expect(sent.length).toBeLessThanOrEqual(3)
      }
      const asked = await sentTo(one, BRAND_CONTACT)
      expect(mailsTo(one, BRAND_ADDRESS)).toHaveLength(asked.length)
    },
    120_000,
  )

  it.concurrent(
    'of a safety case takes those that wait along, and its own are a thread',
    async () => {
      const one = await start({ mailTiming: { gatherMs: 600_000, intervalMs: 600_000 } })
      const first = await reportListing(one, { severity: 'S1' })
      await until('it is asked', () => one.smtp.received.length === 1, { withinMs: 10_000 })
      await decideWhenOpen(first, confirmation(first.caseId))
      await until('it is told', () => one.smtp.received.length === 2, { withinMs: 10_000 })
      const threads = one.smtp.received.map(({ raw }) => headersNamed(raw, 'in-reply-to'))
      expect(threads[0]).toEqual([expect.stringContaining(encodeURIComponent(first.caseId))])
      expect(threads[1]).toEqual(threads[0])

      const waiting = await reportListing(one, { severity: 'S3' })
      await untilRecorded(one, waiting.caseId, AWAITING_BRAND)
      expect(one.smtp.received).toHaveLength(2)
      const urgent = await reportListing(one, { severity: 'S1' })
      // Urgent mails of a kind keep a minute's distance.
      await until('both are asked', () => one.smtp.received.length === 3, { withinMs: 75_000 })
      const [, , both] = one.smtp.received
      expect(both?.raw).toContain(urgent.listingId)
      expect(both?.raw).toContain(waiting.listingId)
      expect(headersNamed(both?.raw ?? '', 'in-reply-to')).toEqual([])
    },
    120_000,
  )

  it.concurrent(
    'to an address that the server refuses stays on the case, shortens the way to the account manager, and blocks nothing',
    async () => {
      const one = await start({
        smtp: {
          onRcptTo({ address }, _session, callback) {
            callback(address === BRAND_ADDRESS ? smtpReply(550, '5.1.1 No such user') : undefined)
          },
        },
      })
      const { caseId, ...reported } = await reportListing(one)
      const state = await untilRecorded(
        one,
        caseId,
        ({ phase }) => phase === 'awaitingAccountManager',
      )
      expect(state.failedNotices).toMatchObject([
        { contactId: BRAND_CONTACT, kind: 'asked', detail: expect.stringContaining('5.1.1') },
      ])
      const events = await one.store.cases.events(EVERYTHING, caseId)
      expect(events.map(({ event }) => event)).toMatchObject([
        ...[{ type: 'opened' }, { type: 'asked' }, { type: 'noticeFailed' }],
        { type: 'escalated', data: { to: 'accountManager', cause: 'unreachable' } },
      ])
      const isTold = () => one.smtp.received.length > 0
      await until('the account manager is told', isTold, { withinMs: 45_000 })

      const manager = buildCaller({ role: 'accountManager', id: 'key-manager', brandIds: '*' })
      const answer = confirmation(caseId, { caller: manager, proof: 'the brand answered by phone' })
      await decideWhenOpen({ ...reported, caseId }, answer)
      expect((await reported.handle.result()).outcome).toBe('takenDown')
      expect(mailsTo(one, BRAND_ADDRESS)).toEqual([])
      const mails = await one.store.mails.about(EVERYTHING, caseId)
      expect(mails.slice(0, 2)).toMatchObject([
        { contactId: BRAND_CONTACT, result: 'refused', detail: expect.stringContaining('5.1.1') },
        { contactId: staffRecipient('ana-souza'), kind: 'escalated', result: 'sent' },
      ])
    },
  )

  it.concurrent(
    'that the server does not take yet holds up no mail of another kind, and arrives once it is taken',
    async () => {
      let isTaken = false
      let deferred = 0
      const arrived: string[] = []
      const one = await start({
        smtp: {
          onData(stream, _session, callback) {
            text(stream).then((raw) => {
              const [messageId = ''] = headersNamed(raw, 'message-id')
              const isAsking = messageId.includes('.asked.')
              if (isAsking && !isTaken) deferred += 1
              else arrived.push(messageId)
              callback(isAsking && !isTaken ? smtpReply(451, '4.3.0 Try again later') : null)
            }, callback)
          },
        },
      })
      const decided = await reportListing(one)
      const open = await reportListing(one)
      await until('both are asked in vain', () => deferred > 0, { withinMs: 20_000 })
      await decideWhenOpen(decided, confirmation(decided.caseId))
      const isAbout = (kind: string) => () => arrived.some((id) => id.includes(`.${kind}.`))
      await until('its end is told', isAbout('takenDown'), { withinMs: 20_000 })

      isTaken = true
      await until('the other one is asked', isAbout('asked'), { withinMs: 30_000 })
      const state = await untilRecorded(one, open.caseId, AWAITING_BRAND)
      expect(state.failedNotices).toEqual([])
    },
    90_000,
  )
})
