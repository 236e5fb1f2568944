import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { until } from '../../local/until.js'
import { verifyCase } from '../../store/cases/audit.js'
import { EVERYTHING } from '../../store/store.js'
import { reconcileNow } from '../setup/reconciling.js'
import { reportAskedCase, type ReportedCase, untilRecorded } from '../setup/reporting.js'
import { answerLink } from '../builders/answer-link.js'
import { type CaseApi, CONFIRMED, outcome, startCaseApi } from './case-api.js'
import { problemOf } from './test-api.js'

// A case whose process somebody ended, and whose listing was reported again before it went on.
let cases: CaseApi
beforeAll(async () => {
  cases = await startCaseApi()
})
afterAll(() => cases.stop())

/** The superseded case and the one that is open. */
async function superseded(
  prepare: (first: ReportedCase) => Promise<unknown> = () => Promise.resolve(),
): Promise<[ReportedCase, ReportedCase]> {
  const first = await reportAskedCase(cases.service)
  await prepare(first)
  await first.handle.terminate('by mistake, in the Temporal UI')
  const { listingId } = first
  return [first, await reportAskedCase(cases.service, { listingId })]
}
const keyed = (key: string) => ({ key, headers: { 'idempotency-key': 'k-1' } })
const close = (caseId: string, reason: string, call = keyed('accountManager')) =>
  cases.send(caseId, 'close', { reason }, call)
const typesOf = async (caseId: string) =>
  (await cases.service.store.cases.events(EVERYTHING, caseId)).map(({ event }) => event.type)

describe('a case that another of its listing has superseded', () => {
  it('says what it waits for, and takes nothing but that staff close it', async () => {
    const [first, second] = await superseded()
    const shown = await cases.read(first.caseId, 'accountManager')
    expect(shown).toMatchObject({ phase: 'awaitingBrand', supersededBy: second.caseId })
    expect(shown.allowed).toEqual(['closeManually'])
    expect((await cases.read(first.caseId, 'brandMember')).allowed).toEqual([])
    expect(await cases.read(second.caseId)).toMatchObject({ supersededBy: null })

    const answers = [
      cases.decide(first.caseId, CONFIRMED),
      cases.send(first.caseId, 'notes', { text: 'x' }),
    ]
    for (const answer of await Promise.all(answers)) {
      expect(outcome(answer)).toEqual([409, 'case-superseded'])
      expect(problemOf(answer)['openCaseId']).toBe(second.caseId)
    }
    expect(await typesOf(first.caseId)).toEqual(['opened', 'asked'])
  })

  it('says so to whoever follows the link in its mail', async () => {
    const [{ caseId }] = await superseded()
    const url = answerLink(caseId)
    const shown = await cases.api.call('GET', url, { key: null })
    const answered = await cases.api.app.inject({
      ...{ method: 'POST', url, payload: 'verdict=genuine' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect([shown.statusCode, answered.statusCode]).toEqual([200, 409])
    for (const { body } of [shown, answered]) {
      expect(body).toContain('A newer case about the same listing is open')
    }
  })

  it('is closed by staff, once, with a link to the open case, which goes on', async () => {
    const [first, second] = await superseded()
    const { caseId } = first
    const told = cases.service.smtp.received.length
    const closed = await close(caseId, 'the later case has it')
    expect([closed.statusCode, closed.json()]).toMatchObject([
      200,
      { caseId, phase: 'closed', outcome: 'closedManually' },
    ])
    expect((await close(caseId, 'the later case has it')).json()).toEqual(closed.json())
    expect(outcome(await close(caseId, 'another reason'))).toEqual([409, 'other-content'])
    expect(outcome(await close(caseId, 'again', keyed('lead')))).toEqual([410, 'case-closed'])

    expect(await cases.read(caseId, 'lead')).toMatchObject({
      outcome: 'closedManually',
      closingReason: 'the later case has it',
      supersededBy: second.caseId,
    })
    expect(await typesOf(caseId)).toEqual(['opened', 'asked', 'closed'])
    expect(await verifyCase(cases.service.store, caseId)).toMatchObject({ finding: null })
    await until('the brand is told', () => cases.service.smtp.received.length > told, {
      withinMs: 20_000,
    })

    expect((await reconcileNow(cases.service)).superseded).not.toContain(caseId)
    expect((await cases.decide(second.caseId, { verdict: 'genuine' })).statusCode).toBe(200)
    await untilRecorded(cases.service, second.caseId, ({ phase }) => phase === 'closed')
    const { superseded: waiting, restarted } = await reconcileNow(cases.service)
    expect([...waiting, ...restarted]).not.toContain(caseId)
    expect(await typesOf(caseId)).toEqual(['opened', 'asked', 'closed'])
  })

  it('is closed once by several at the same time', async () => {
    const [{ caseId }] = await superseded()
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((word) =>
        cases.send(caseId, 'close', { reason: word }, { headers: { 'idempotency-key': word } }),
      ),
    )
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410, 410])
    expect(await typesOf(caseId)).toEqual(['opened', 'asked', 'closed'])
  })

  it('is closed by force only where a takedown may have been sent', async () => {
    const [{ caseId }, second] = await superseded(async ({ caseId: id, listingId }) => {
      const scope = { listingId, count: 1 }
      await cases.service.sandbox.setFaults([{ kind: 'slow', delayMs: 2_500, ...scope }])
      await cases.decide(id, CONFIRMED)
      await untilRecorded(cases.service, id, ({ phase }) => phase === 'takingDown')
    })
    const refused = await close(caseId, 'settled')
    expect(outcome(refused)).toEqual([422, 'not-allowed-now'])
    expect(problemOf(refused)['detail']).toContain(second.caseId)
    expect(await typesOf(caseId)).not.toContain('closed')

    const body = { reason: 'settled', force: true }
    expect((await cases.send(caseId, 'close', body)).json()).toMatchObject({ phase: 'closed' })
    const { state } = (await cases.service.store.cases.get(EVERYTHING, caseId)) ?? {}
    expect(state?.ending).toMatchObject({ forced: true, supersededBy: second.caseId })
  })

  it('is closed by the same request again that no worker answered in time', async () => {
    const [{ caseId }] = await superseded()
    await cases.service.stopWorkers()
    try {
      expect(outcome(await close(caseId, 'settled'))).toEqual([503, 'no-answer-in-time'])
    } finally {
      await cases.service.startWorkers()
    }
    const isClosed = async () => (await close(caseId, 'settled')).statusCode === 200
    await until('it is closed', isClosed, { withinMs: 20_000 })
    expect(await typesOf(caseId)).toEqual(['opened', 'asked', 'closed'])
  })
})
