import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomSuffix } from '../../platform/digest.js'
import { untilRecorded } from '../setup/reporting.js'
import type { DecisionBatchResult } from '../../contract/decision.js'
import { type CaseApi, CONFIRMED, outcome, startCaseApi } from './case-api.js'
import { problemOf } from './test-api.js'

let cases: CaseApi
beforeAll(async () => {
  cases = await startCaseApi()
})
afterAll(() => cases.stop())

describe('POST /v1/decisions:batch', () => {
  it('gives every item its own result and the bulk cooling-off', async () => {
    const [one, other] = await Promise.all([cases.open(), cases.open()])
    const nowhere = 'case~taobao~1~northwind~aaaaaaaaaaaaa'
    const answer = await cases.batch({
      ...CONFIRMED,
      decisions: [
        await cases.asShown(one),
        { caseId: other, verdict: 'unsure' },
        { caseId: nowhere },
        { caseId: one, verdict: 'no such' },
        { verdict: 'genuine' },
      ],
    })

    expect(answer.statusCode).toBe(200)
    const { results, counts } = answer.json<DecisionBatchResult>()
    expect(results.map(({ status }) => status)).toEqual([200, 200, 404, 400, 400])
    expect(counts).toEqual({ applied: 2, accepted: 0, refused: 3 })
    await untilRecorded(cases.service, one, ({ phase }) => phase === 'coolingOff')
    await untilRecorded(cases.service, other, ({ phase }) => phase === 'awaitingAccountManager')
    expect((await cases.read(one)).decision?.bulk).toBe(true)
  })

  it('can be sent again with its Idempotency-Key', async () => {
    const [one, other] = await Promise.all([cases.open(), cases.open()])
    const body = { verdict: 'genuine', decisions: [{ caseId: one }, { caseId: other }] }
    const headers = { 'idempotency-key': `k-${randomSuffix()}` }
    const first = await cases.batch(body, headers)
    const again = await cases.batch(body, headers)

    expect(first.json<DecisionBatchResult>().counts).toEqual({
      applied: 2,
      accepted: 0,
      refused: 0,
    })
    expect(again.json()).toEqual(first.json())
  })

  it('takes CSV, and names the line of a mistake', async () => {
    const [one, other] = await Promise.all([cases.open(), cases.open()])
    const { shownHash } = await cases.asShown(one)
    const csv = [
      'caseId,shownHash,verdict,explanation,indicators,attestation',
      `${one},${shownHash},counterfeit,"seams, and a ""wrong"" logo",packaging price,true`,
      `${other},,counterfeit,,,true`,
      ',,genuine,,,',
    ].join('\r\n')
    const answer = await cases.batch(csv, { 'content-type': 'text/csv' })

    expect(answer.statusCode).toBe(200)
    const { results } = answer.json<DecisionBatchResult>()
    expect(results.map(({ status, line }) => [line, status])).toEqual([
      [2, 200],
      [3, 422],
      [4, 400],
    ])
    expect(results[1]?.problem).toMatchObject({ detail: expect.stringContaining('shownHash') })
    await untilRecorded(cases.service, one, ({ decision }) => decision !== null)
    expect((await cases.read(one)).decision).toMatchObject({
      explanation: 'seams, and a "wrong" logo',
      indicators: ['packaging', 'price'],
    })
  })

  it('takes a spreadsheet as it is: semicolons, columns of its own, rows of nothing', async () => {
    const one = await cases.open()
    const { shownHash } = await cases.asShown(one)
    const csv =
      'title;caseId;shownHash;verdict;attestation\r\n' +
      `"Bag; red";${one};${shownHash};counterfeit;TRUE\r\n;;;;\r\n`
    const answer = await cases.batch(csv, { 'content-type': 'text/csv; charset=utf-8' })

    expect(answer.json()).toMatchObject({
      counts: { applied: 1, accepted: 0, refused: 0 },
      ignoredColumns: ['title'],
    })
    // One decision, not two: it is carried out at once.
    await untilRecorded(cases.service, one, ({ phase }) => phase !== 'awaitingBrand')
    expect((await cases.read(one)).decision?.bulk).toBe(false)
  })

  it('finds the open case of a listing, and notices a row that was mixed up', async () => {
    const [one, other] = await Promise.all([cases.open(), cases.open()])
    const [a, b] = [await cases.read(one), await cases.read(other)]
    const csv = [
      'caseId,marketplace,listingId,verdict',
      `,taobao,${a.listingId},unsure`,
      `${other},taobao,${a.listingId},unsure`,
      `${other},taobao,${b.listingId},unsure`,
      ',taobao,nothing-there,unsure',
      ',taobao,,unsure',
    ].join('\r\n')
    const { results } = (
      await cases.batch(csv, { 'content-type': 'text/csv' })
    ).json<DecisionBatchResult>()
    expect(results.map(({ status, caseId }) => [status, caseId])).toEqual([
      [200, one],
      [422, other],
      [200, other],
      [404, undefined],
      [400, undefined],
    ])
  })

  it.each([
    ['no header', '', 'empty'],
    ['no column we know', 'case,colour\na,b', 'line 1 names none'],
    ['a row that is too short', 'caseId,verdict\na', 'line 2'],
    ['an open quote', 'caseId,verdict\n"a,b', 'line 2'],
  ])('refuses CSV with %s as a whole', async (_what, csv, hint) => {
    const answer = await cases.batch(csv, { 'content-type': 'text/csv' })

    expect(outcome(answer)).toEqual([400, 'malformed-body'])
    expect(problemOf(answer).detail).toContain(hint)
  })
})
