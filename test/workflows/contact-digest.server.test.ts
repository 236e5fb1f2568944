import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { defaultPayloadConverter } from '@temporalio/common'
import { createNotify } from '../../activities/notice/notify.js'
import type { SendMailInput } from '../../activities/notice/send-mail.js'
import type { Notice } from '../../domain/notice/notices.js'
import { brandRecipient } from '../../domain/notice/recipients.js'
import { until } from '../../local/until.js'
import {
  CASES_QUEUE,
  CONTACT_DIGEST,
  type ContactDigestInput,
  contactDigestId,
  enqueueNotices,
} from '../../workflows/messages.js'
import { buildCase } from '../builders/case.js'
import { saveBuiltCase } from '../builders/database.js'
import { smtpReply } from '../notifications/smtp-server.js'
import { startService, type TestService } from '../setup/service.js'

const CONTACT = brandRecipient('northwind', 'mei-lin')
const WORKFLOW = contactDigestId(CONTACT)
const TIMING = { gatherMs: 1_500, intervalMs: 3_000 }

let isMailServerAway = false

let service: TestService

beforeAll(async () => {
  service = await startService({
    smtp: {
      onMailFrom(_address, _session, callback) {
        if (isMailServerAway) callback(smtpReply(451, 'come back later'))
        else callback()
      },
    },
  })
})
afterAll(() => service.stop())

function noticeOf(caseId: string, rev: number): Notice {
  return {
    ...{ noticeId: `${caseId}:${rev}:brand`, caseId, rev, brandId: 'northwind' },
    ...{ kind: 'asked', audience: 'brand', contactId: null, urgent: false },
  }
}

/** One run of the digest: what it began with, how often it was told, what it mailed. */
interface Run {
  input: ContactDigestInput
  signals: number
  mails: SendMailInput[]
}

/** The runs of the digest that began as `runId`, once the last of them has ended. */
async function runsFrom(runId: string): Promise<Run[]> {
  await service.client.workflow.getHandle(WORKFLOW).result()
  const runs: Run[] = []
  for (let next: string | null = runId; next !== null;) {
    const { events } = await service.client.workflow.getHandle(WORKFLOW, next).fetchHistory()
    next = null
    const run: Partial<Run> & Omit<Run, 'input'> = { signals: 0, mails: [] }
    for (const event of events ?? []) {
      const [input] = event.workflowExecutionStartedEventAttributes?.input?.payloads ?? []
      if (input) run.input = defaultPayloadConverter.fromPayload(input)
      const [mail] = event.activityTaskScheduledEventAttributes?.input?.payloads ?? []
      if (mail) run.mails.push(defaultPayloadConverter.fromPayload(mail))
      if (event.workflowExecutionSignaledEventAttributes) run.signals++
      next ??= event.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? null
    }
    runs.push(run as Run)
  }
  return runs
}

const idsIn = (runs: Run[]) =>
  runs.flatMap(({ mails }) => mails.flatMap(({ notices }) => notices.map((n) => n.noticeId)))

describe('a digest that gets more notices than one run takes', () => {
  it('continues as new while they wait, and each is in exactly one mail', async () => {
    const input: ContactDigestInput = {
      contactId: CONTACT,
      timing: TIMING,
      maxReceived: 4,
      rulesVersion: 3,
    }
    const hand = async (notice: Notice) =>
      (
        await service.client.workflow.signalWithStart(CONTACT_DIGEST, {
          workflowId: WORKFLOW,
          taskQueue: CASES_QUEUE,
          args: [input],
          signal: enqueueNotices,
          signalArgs: [[notice]],
        })
      ).signaledRunId
    const cases = Array.from({ length: 20 }, () => buildCase({ at: Date.now() }))
    for (const one of cases) await saveBuiltCase(service.store, one)
    const notices = cases.map(({ caseId, state }) => noticeOf(caseId, state.rev))

    const runIds: string[] = []
    for (const notice of notices) runIds.push(await hand(notice))
    // A mail shows ten cases; what it is about is kept.
    const caseIds = cases.map(({ caseId }) => caseId)
    const mailed = async () => {
      const mails = service.database.raw.collection<{ caseIds: string[] }>('mails')
      return (await mails.find({}).toArray()).flatMap((mail) => mail.caseIds)
    }
    await until(
      'every case is in a mail',
      async () => {
        const all = await mailed()
        return caseIds.every((caseId) => all.includes(caseId))
      },
      { withinMs: 20_000 },
    )
    for (const notice of notices.slice(-6)) await hand(notice)

    const runs = await runsFrom(runIds[0] ?? '')
    expect(runs.length).toBeGreaterThan(2)
    expect(runs.some((run) => (run.input.pending ?? []).length > 0)).toBe(true)
    expect(idsIn(runs).sort()).toEqual(notices.map(({ noticeId }) => noticeId).sort())
    expect((await mailed()).sort()).toEqual(caseIds.sort())
  })
})

describe('a digest whose mail is stuck', () => {
  it('continues as new all the same, and sends that mail and what came later, each once', async () => {
    // As many as one mail shows with their listing's id.
    const cases = Array.from({ length: 10 }, () => buildCase({ at: Date.now() }))
    for (const one of cases) await saveBuiltCase(service.store, one)
    const timing = { gatherMs: 100, intervalMs: 200 }
    const input = { contactId: CONTACT, timing, maxReceived: 5, rulesVersion: 3 }
    const hand = async (notice: Notice) =>
      service.client.workflow.signalWithStart(CONTACT_DIGEST, {
        ...{ workflowId: WORKFLOW, taskQueue: CASES_QUEUE, args: [input] },
        ...{ signal: enqueueNotices, signalArgs: [[notice]] },
      })
    const handle = service.client.workflow.getHandle(WORKFLOW)
    const runIdNow = async () => (await handle.describe()).runId
    const before = service.smtp.received.length

    isMailServerAway = true
    const notices = cases.map(({ caseId, state }) => noticeOf(caseId, state.rev))
    const [first, ...others] = notices
    if (!first) throw new Error('no notice')
    const { signaledRunId } = await hand(first)
    await until(
      'a mail is tried',
      async () => ((await handle.describe()).raw.pendingActivities ?? []).length > 0,
      { withinMs: 20_000 },
    )
    for (const notice of others) await hand(notice)
    await until('it has continued as new', async () => (await runIdNow()) !== signaledRunId, {
      withinMs: 20_000,
    })
    isMailServerAway = false

    const runs = await runsFrom(signaledRunId)
    expect(runs.length).toBeGreaterThan(1)
    expect(runs.some((run) => (run.input.sending ?? []).length > 0)).toBe(true)
    const mails = service.smtp.received
      .slice(before)
      .map(({ raw }) => raw.replaceAll('=\r\n', '').replaceAll('=\n', ''))
    for (const { state } of cases) {
      const id = state.listing?.listingId ?? ''
      expect({ id, mails: mails.filter((raw) => raw.includes(id)).length }).toEqual({
        id,
        mails: 1,
      })
    }
    const windows = new Map<string, number>()
    for (const mail of runs.flatMap((run) => run.mails)) {
      for (const { noticeId } of mail.notices) {
        expect(windows.get(noticeId) ?? mail.window).toBe(mail.window)
        windows.set(noticeId, mail.window)
      }
    }
    expect([...windows.keys()].sort()).toEqual(notices.map(({ noticeId }) => noticeId).sort())
  })
})

describe('thousands of notices to one contact while its digest cannot run', () => {
  const COUNT = 7_000
  const AT_ONCE = 100

  it('are few signals and few mails, which list each once or count it', async () => {
    const { store, client } = service
    const notify = createNotify({
      onCall: null,
      newCaseRules: () => 3,
      store,
      temporal: client,
      mailTiming: TIMING,
    })
    // Revision 0: their mails need no record of the cases.
    const notices = Array.from({ length: COUNT }, (_, n) =>
      noticeOf(`case~taobao~L${n}~northwind~abcdefgh`, 0),
    )
    await service.stopWorkers()
    let next = 0
    const notifying = async () => {
      for (let notice = notices[next++]; notice; notice = notices[next++]) {
        expect(await notify([notice])).toEqual([])
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, notifying))
    const { runId } = await client.workflow.getHandle(WORKFLOW).describe()
    await service.startWorkers()

    const runs = await runsFrom(runId)
    expect(runs.reduce((sum, { signals }) => sum + signals, 0)).toBeLessThan(COUNT / 20)
    const mails = runs.flatMap((run) => run.mails)
    expect(mails.length).toBeLessThan(10)
    const listed = idsIn(runs)
    expect(new Set(listed).size).toBe(listed.length)
    const counted = mails.reduce((sum, { unlisted = 0 }) => sum + unlisted, 0)
    expect(listed.length + counted).toBe(COUNT)
    expect(Math.max(...mails.map((mail) => mail.notices.length))).toBeLessThanOrEqual(250)
  })
})
