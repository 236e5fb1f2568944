import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { NewDecision } from '../../api/schemas/decision.js'
import { DEFAULT_POLICY } from '../../domain/policy.js'
import { brandRecipient } from '../../domain/recipients.js'
import { issueAnswerToken } from '../../platform/answer-token.js'
import { randomSuffix } from '../../platform/digest.js'
import { reportAskedCase, untilRecorded } from '../setup/reporting.js'
import { ANSWER_SECRET, startService, type TestService } from '../setup/service.js'
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

describe('one link of a mail', () => {
  const submit = (url: string, fields: Record<string, string>) =>
    api.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    })
  const linkTo = (caseId: string) => {
    const contactId = brandRecipient('northwind', 'mei-lin')
    const claims = { caseId, contactId, role: 'brandMember' as const, jti: randomSuffix() }
    return `/answer/${issueAnswerToken({ ...claims, expiresAtMs: Date.now() + 60_000 }, ANSWER_SECRET)}`
  }
  /** What the page's form sends besides what the reader fills in. */
  async function hiddenFields(url: string): Promise<Record<string, string>> {
    const { body } = await api.call('GET', url, { key: null })
    const hidden = body.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)
    return Object.fromEntries([...hidden].map(([, name = '', value = '']) => [name, value]))
  }

  it('answers and stops again, after the first removal was stopped', async () => {
    const caseId = await openCase()
    const url = linkTo(caseId)
    for (const round of [1, 2]) {
      const form = await hiddenFields(url)
      const filled = { ...form, verdict: 'counterfeit', attestation: 'accepted' }
      const sent = await Promise.all([submit(url, filled), submit(url, filled)])
      expect(sent.map(({ statusCode }) => statusCode)).toEqual([200, 200])
      await untilRecorded(service, caseId, ({ phase }) => phase === 'coolingOff')

      expect((await submit(url, await hiddenFields(url))).statusCode).toBe(200)
      const isStopped = (results: string[]) =>
        results.length === round && results.every((result) => result === 'undone')
      await untilRecorded(service, caseId, ({ answers }) =>
        isStopped(answers.map(({ result }) => result)),
      )
    }
  })

  it('takes a text as long as the form allows, whose line breaks the browser doubles', async () => {
    const caseId = await openCase()
    const url = linkTo(caseId)
    const typed = 'a line\n'.repeat(285) + 'end'
    const fields = { verdict: 'genuine', explanation: typed.replaceAll('\n', '\r\n') }

    expect((await submit(url, { ...(await hiddenFields(url)), ...fields })).statusCode).toBe(200)
    const { decision } = await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
    expect(decision?.explanation).toBe(typed)
  })
})
