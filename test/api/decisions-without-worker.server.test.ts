import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { until } from '../../local/until.js'
import { EVERYTHING } from '../../store/store.js'
import {
  confirmation,
  decideWhenOpen,
  reportListing,
  type ReportedCase,
  untilRecorded,
} from '../setup/reporting.js'
import type { DecisionBatchResult } from '../../contract/decision.js'
import { type CaseApi, outcome, startCaseApi } from './case-api.js'
import { problemOf } from './test-api.js'

let cases: CaseApi
beforeAll(async () => {
  cases = await startCaseApi()
})
afterAll(() => cases.stop())

async function releasedCase(): Promise<ReportedCase> {
  const one = await reportListing(cases.service)
  await decideWhenOpen(one, confirmation(one.caseId, { verdict: 'genuine' }))
  await one.handle.result()
  return one
}

const disown = ({ caseId }: ReportedCase, decisionId: string) =>
  cases.decide(caseId, { verdict: 'notOurs', decisionId })

describe('a decision while no worker runs', () => {
  it('on a closed case whose listing has an open one is kept as late', async () => {
    const closed = await releasedCase()
    await cases.service.stopWorkers()
    const newer = await reportListing(cases.service, { listingId: closed.listingId })

    const answer = await disown(closed, 'd-late')
    expect(answer.statusCode).toBe(410)
    expect(problemOf(answer)).toMatchObject({ code: 'case-closed', outcome: 'released' })
    await cases.service.startWorkers()
    const [late] = await until(
      'the answer is kept',
      async () => {
        const kept = await cases.service.store.lateAnswers.list(EVERYTHING, closed.caseId)
        return kept.length > 0 && kept
      },
      { withinMs: 20_000 },
    )
    expect(late).toMatchObject({ decisionId: 'd-late', verdict: 'notOurs' })
    const { answers } = await untilRecorded(cases.service, newer.caseId, ({ rev }) => rev > 0)
    expect(answers).toEqual([])
  })

  it('on an open case is applied as soon as one does', async () => {
    const one = await reportListing(cases.service)
    await untilRecorded(cases.service, one.caseId, ({ phase }) => phase === 'awaitingBrand')
    await cases.service.stopWorkers()
    expect((await disown(one, 'd-kept')).statusCode).toBe(202)
    await cases.service.startWorkers()
    const state = await untilRecorded(cases.service, one.caseId, ({ phase }) => phase === 'closed')
    expect(state.decision).toMatchObject({ decisionId: 'd-kept', verdict: 'notOurs' })
  })
})

describe('while no worker runs', () => {
  beforeAll(() => cases.service.stopWorkers())
  afterAll(() => cases.service.startWorkers())

  it('keeps a decision, says so, and applies it when a worker is back', async () => {
    await cases.service.startWorkers()
    const caseId = await cases.open()
    await cases.service.stopWorkers()
    const answer = await cases.decide(caseId, { verdict: 'genuine', decisionId: 'd-async' })

    expect(answer.statusCode).toBe(202)
    expect(answer.json()).toEqual({ caseId, decisionId: 'd-async', applied: false })
    const path = String(answer.headers.location)
    const state = () => cases.api.call('GET', path, { key: 'brandMember' })
    expect((await state()).json()).toMatchObject({ state: 'pending', phase: 'awaitingBrand' })
    const note = await cases.send(caseId, 'notes', { text: 'x' })
    expect(outcome(note)).toEqual([503, 'no-answer-in-time'])
    expect(note.headers['retry-after']).toBe('5')

    await cases.service.startWorkers()
    await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'closed')
    expect((await state()).json()).toMatchObject({ state: 'won', outcome: 'released' })
    await cases.service.stopWorkers()
  })

  it('answers a large batch in time', async () => {
    const { caseId } = await reportListing(cases.service)
    const decisions = Array.from({ length: 100 }, () => ({ caseId }))
    const startedAt = Date.now()
    const answer = await cases.batch({ verdict: 'genuine', decisions })

    expect(answer.json<DecisionBatchResult>().counts).toEqual({
      applied: 0,
      accepted: 100,
      refused: 0,
    })
    expect(Date.now() - startedAt).toBeLessThan(15_000)
  })
})
