import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { NewDecision } from '../../contract/decision.js'
import { randomSuffix } from '../../platform/digest.js'
import { untilRecorded } from '../setup/reporting.js'
import { answerLink } from '../builders/answer-link.js'
import { type CaseApi, CONFIRMED, startCaseApi } from './case-api.js'
import { problemOf } from './test-api.js'

let cases: CaseApi
beforeAll(async () => {
  cases = await startCaseApi({ single: 600_000, bulk: 600_000 })
})
afterAll(() => cases.stop())

describe('an Idempotency-Key', () => {
  const decideAs = (caseId: string, key: string, body: NewDecision, word: string) =>
    cases.decide(caseId, body, { key, headers: { 'idempotency-key': word } })

  it('makes no answer of another caller the same', async () => {
    const caseId = await cases.open()
    const won = await decideAs(caseId, 'brandMember', CONFIRMED, '1')
    expect(won.statusCode).toBe(200)
    expect((await decideAs(caseId, 'brandMember', CONFIRMED, '1')).json()).toEqual(won.json())

    const other = await decideAs(caseId, 'brandAdmin', { verdict: 'genuine' }, '1')
    expect([other.statusCode, problemOf(other).code]).toEqual([409, 'already-decided'])
  })

  it('does not make two answers to one case in a batch the same', async () => {
    const caseId = await cases.open()
    const batch = await cases.batch(
      {
        decisions: [
          { ...(await cases.asShown(caseId)), ...CONFIRMED },
          { caseId, verdict: 'genuine' },
        ],
      },
      { 'idempotency-key': randomSuffix() },
    )

    const { results } = batch.json<{ results: { status: number }[] }>()
    const statuses = results.map(({ status }) => status).sort()
    expect(statuses[0]).toBe(200)
    expect([409, 410]).toContain(statuses[1])
    await untilRecorded(cases.service, caseId, ({ answers }) => answers.length === 1)
  })
})

describe('one link of a mail', () => {
  const submit = (url: string, fields: Record<string, string>) =>
    cases.api.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    })
  /** What the page's form sends besides what the reader fills in. */
  async function hiddenFields(url: string): Promise<Record<string, string>> {
    const { body } = await cases.api.call('GET', url, { key: null })
    const hidden = body.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)
    return Object.fromEntries([...hidden].map(([, name = '', value = '']) => [name, value]))
  }

  it('answers and stops again, after the first removal was stopped', async () => {
    const caseId = await cases.open()
    const url = answerLink(caseId)
    for (const round of [1, 2]) {
      const form = await hiddenFields(url)
      const filled = { ...form, verdict: 'counterfeit', attestation: 'accepted' }
      const sent = await Promise.all([submit(url, filled), submit(url, filled)])
      expect(sent.map(({ statusCode }) => statusCode)).toEqual([200, 200])
      await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'coolingOff')

      expect((await submit(url, await hiddenFields(url))).statusCode).toBe(200)
      const isStopped = (results: string[]) =>
        results.length === round && results.every((result) => result === 'undone')
      await untilRecorded(cases.service, caseId, ({ answers }) =>
        isStopped(answers.map(({ result }) => result)),
      )
    }
  })

  it('takes a text as long as the form allows, whose line breaks the browser doubles', async () => {
    const caseId = await cases.open()
    const url = answerLink(caseId)
    const typed = 'a line\n'.repeat(285) + 'end'
    const fields = { verdict: 'genuine', explanation: typed.replaceAll('\n', '\r\n') }

    expect((await submit(url, { ...(await hiddenFields(url)), ...fields })).statusCode).toBe(200)
    const { decision } = await untilRecorded(
      cases.service,
      caseId,
      ({ phase }) => phase === 'closed',
    )
    expect(decision?.explanation).toBe(typed)
  })
})
