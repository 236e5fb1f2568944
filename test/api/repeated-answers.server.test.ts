import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { NewDecision } from '../../api/schemas/decision.js'
import { DEFAULT_POLICY } from '../../domain/policy.js'
import { randomSuffix } from '../../platform/digest.js'
import { reportAskedCase, untilRecorded } from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'
import { casePath, problemOf, startApi, type TestApi } from './test-api.js'

let service: TestService
let api: TestApi

beforeAll(async () => {
  const policy = { ...DEFAULT_POLICY, coolingOffMs: { single: 600_000, bulk: 600_000 } }
  service = await startService({ brand: { policy } })
  api = await startApi(service)
})
afterAll(async () => {
  await api.close()
  await service.stop()
})

const openCase = async () => (await reportAskedCase(service)).caseId
const CONFIRMED: NewDecision = { verdict: 'counterfeit', attestation: { accepted: true } }

describe('an Idempotency-Key', () => {
  const decide = (caseId: string, key: string, body: NewDecision, word: string) =>
    api.call('POST', casePath(caseId, '/decision'), {
      key,
      body,
      headers: { 'idempotency-key': word },
    })

  it('makes no answer of another caller, or of another verdict, the same', async () => {
    const caseId = await openCase()
    const won = await decide(caseId, 'brandMember', CONFIRMED, '1')
    expect(won.statusCode).toBe(200)
    expect((await decide(caseId, 'brandMember', CONFIRMED, '1')).json()).toEqual(won.json())

    for (const key of ['brandMember', 'brandAdmin']) {
      const other = await decide(caseId, key, { verdict: 'genuine' }, '1')
      expect([other.statusCode, problemOf(other).code]).toEqual([409, 'already-decided'])
    }
  })

  it('does not make two answers to one case in a batch the same', async () => {
    const caseId = await openCase()
    const batch = await api.call('POST', '/v1/decisions:batch', {
      key: 'brandMember',
      headers: { 'idempotency-key': randomSuffix() },
      body: {
        decisions: [
          { caseId, ...CONFIRMED },
          { caseId, verdict: 'genuine' },
        ],
      },
    })

    const { results } = batch.json<{ results: { status: number }[] }>()
    const statuses = results.map(({ status }) => status).sort()
    expect(statuses[0]).toBe(200)
    expect([409, 410]).toContain(statuses[1])
    await untilRecorded(service, caseId, ({ answers }) => answers.length === 1)
  })
})
