import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { untilRecorded } from '../setup/reporting.js'
import { type CaseApi, CONFIRMED, outcome, startCaseApi } from './case-api.js'
import { problemOf } from './test-api.js'

let cases: CaseApi
beforeAll(async () => {
  cases = await startCaseApi({ single: 0, bulk: 600_000 })
})
afterAll(() => cases.stop())

const keyed = (key: string, word = 'k-1') => ({ key, headers: { 'idempotency-key': word } })
const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

describe('the same Idempotency-Key', () => {
  const twice: [path: string, first: object, other: object][] = [
    ['notes', { text: 'first' }, { text: 'second' }],
    ['extend', { until: later(8) }, { until: later(9) }],
    ['close', { reason: 'settled' }, { reason: 'given up' }],
  ]
  it.each(twice)(
    '%s: the same is the same, something else is refused',
    async (path, first, other) => {
      const caseId = await cases.open()
      const call = keyed('accountManager')
      const done = await cases.send(caseId, path, first, call)
      expect(done.statusCode).toBe(200)
      const { rev } = await untilRecorded(
        cases.service,
        caseId,
        (state) => state.requests !== undefined,
      )
      expect((await cases.send(caseId, path, first, call)).json()).toEqual(done.json())
      expect(outcome(await cases.send(caseId, path, other, call))).toEqual([409, 'other-content'])
      expect((await cases.read(caseId, 'accountManager')).rev).toBe(rev)
    },
  )

  it('is refused with another answer, and with another text', async () => {
    const caseId = await cases.open()
    const question = { verdict: 'needInfo' as const, question: 'which batch?' }
    const call = keyed('brandMember')
    expect((await cases.decide(caseId, question, call)).statusCode).toBe(200)
    for (const other of [CONFIRMED, { ...question, question: 'which seller?' }]) {
      expect(outcome(await cases.decide(caseId, other, call))).toEqual([409, 'other-content'])
    }
    expect((await cases.decide(caseId, question, call)).statusCode).toBe(200)
  })
})

describe('the same decisionId', () => {
  const decisionId = 'd-1'

  it.each([['open'], ['closed']])(
    'is refused with other content while the case is %s',
    async (phase) => {
      const caseId = await cases.open()
      const first =
        phase === 'open'
          ? { verdict: 'needInfo' as const, question: 'which batch?', decisionId }
          : { verdict: 'genuine' as const, decisionId }
      const done = await cases.decide(caseId, first)
      expect(done.statusCode).toBe(200)
      if (phase === 'closed') {
        await untilRecorded(cases.service, caseId, (state) => state.phase === 'closed')
      }
      expect((await cases.decide(caseId, first)).statusCode).toBe(200)

      const others = [
        cases.decide(caseId, { ...CONFIRMED, decisionId }),
        cases.decide(caseId, { ...first, explanation: 'something more' }),
        cases.decide(caseId, first, { key: 'brandAdmin' }),
        cases.decide(
          caseId,
          { verdict: 'genuine', proof: 'a call', decisionId },
          { key: 'accountManager' },
        ),
      ]
      for (const other of await Promise.all(others)) {
        expect(outcome(other)).toEqual([409, 'other-content'])
      }
    },
  )

  it('in a batch is judged item by item', async () => {
    const [one = '', two = ''] = await cases.openMany(2)
    const first = { verdict: 'unsure', decisionId }
    await cases.batch({
      decisions: [
        { caseId: one, ...first },
        { caseId: two, ...first },
      ],
    })
    const again = await cases.batch({
      decisions: [
        { caseId: one, ...first },
        { caseId: two, ...CONFIRMED, decisionId },
      ],
    })
    expect(again.json()).toMatchObject({
      results: [{ status: 200 }, { status: 409, problem: { code: 'other-content' } }],
    })
  })

  it('is kept late once, and refused with other content', async () => {
    const caseId = await cases.openAndRelease()
    expect(outcome(await cases.decide(caseId, { ...CONFIRMED, decisionId }))).toEqual([
      410,
      'case-closed',
    ])
    expect(outcome(await cases.decide(caseId, { ...CONFIRMED, decisionId }))).toEqual([
      410,
      'case-closed',
    ])
    const other = await cases.decide(caseId, { verdict: 'unsure', decisionId })
    expect(problemOf(other).code).toBe('other-content')
  })
})
