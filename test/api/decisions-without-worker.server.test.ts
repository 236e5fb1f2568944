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
import { startService, type TestService } from '../setup/service.js'
import { casePath, problemOf, startApi, type TestApi } from './test-api.js'

let service: TestService
let api: TestApi

beforeAll(async () => {
  service = await startService()
  api = await startApi(service)
})
afterAll(async () => {
  await api.close()
  await service.stop()
})

async function releasedCase(): Promise<ReportedCase> {
  const one = await reportListing(service)
  await decideWhenOpen(one, confirmation(one.caseId, { verdict: 'genuine' }))
  await one.handle.result()
  return one
}

const decide = ({ caseId }: ReportedCase, decisionId: string) =>
  api.call('POST', casePath(caseId, '/decision'), {
    key: 'brandMember',
    body: { verdict: 'notOurs', decisionId },
  })

describe('a decision while no worker runs', () => {
  it('on a closed case whose listing has an open one is kept as late', async () => {
    const closed = await releasedCase()
    await service.stopWorkers()
    const newer = await reportListing(service, { listingId: closed.listingId })

    const answer = await decide(closed, 'd-late')
    expect(answer.statusCode).toBe(410)
    expect(problemOf(answer)).toMatchObject({ code: 'case-closed', outcome: 'released' })
    await service.startWorkers()
    const [late] = await until(
      'the answer is kept',
      async () => {
        const kept = await service.store.admin.lateAnswers(EVERYTHING, closed.caseId)
        return kept.length > 0 && kept
      },
      { withinMs: 20_000 },
    )
    expect(late).toMatchObject({ decisionId: 'd-late', verdict: 'notOurs' })
    const { answers } = await untilRecorded(service, newer.caseId, ({ rev }) => rev > 0)
    expect(answers).toEqual([])
  })

  it('on an open case is applied as soon as one does', async () => {
    const one = await reportListing(service)
    await untilRecorded(service, one.caseId, ({ phase }) => phase === 'awaitingBrand')
    await service.stopWorkers()
    expect((await decide(one, 'd-kept')).statusCode).toBe(202)
    await service.startWorkers()
    const state = await untilRecorded(service, one.caseId, ({ phase }) => phase === 'closed')
    expect(state.decision).toMatchObject({ decisionId: 'd-kept', verdict: 'notOurs' })
  })
})
