import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Question } from '../../contract/question.js'
import { QUESTION_KIND } from '../../domain/question/question.js'
import { until } from '../../local/until.js'
import { findingInWords, verifyRecord } from '../../store/record/audit.js'
import { QUESTIONS } from '../../store/questions/audit.js'
import { EVERYTHING } from '../../store/store.js'
import { questionStart } from '../../workflows/question/start.js'
import { buildMembership } from '../builders/person.js'
import { decodeWords, headersNamed } from '../notifications/smtp-server.js'
import { reconcileNow } from '../setup/reconciling.js'
import { randomSuffix } from '../../platform/digest.js'
import { type CaseApi, outcome, startCaseApi } from './case-api.js'
import { problemOf } from './test-api.js'

let cases: CaseApi
let session: string
const WITHIN = { withinMs: 30_000 }

beforeAll(async () => {
  cases = await startCaseApi()
  const memberships = [buildMembership({ role: 'brandMember' })]
  ;({ session } = await cases.api.makePerson({
    ...{ name: 'Mei Lin', email: 'mei@northwind.example', memberships },
  }))
})
afterAll(() => cases.stop())

async function ask(body: object, headers: Record<string, string> = {}): Promise<string> {
  const answer = await cases.api.call('POST', '/v1/questions', { session, body, headers })
  if (answer.statusCode !== 202) throw new Error(answer.body)
  const { questionId } = answer.json<{ questionId: string }>()
  const isKept = async () =>
    (await cases.service.store.questions.get(EVERYTHING, questionId)) !== null
  await until(`${questionId} is on record`, isKept, WITHIN)
  return questionId
}
const read = async (questionId: string) =>
  (await cases.api.call('GET', `/v1/questions/${questionId}`, { session })).json<Question>()
const answer = (questionId: string, text: string, call: object = {}) =>
  cases.api.call('POST', `/v1/questions/${questionId}/answer`, {
    ...{ key: 'accountManager', body: { text } },
    ...call,
  })
const phase = (questionId: string, wanted: Question['phase']) =>
  until(`it is ${wanted}`, async () => (await read(questionId)).phase === wanted, WITHIN)
const typesOf = async (questionId: string) =>
  (await cases.service.store.questions.events(EVERYTHING, questionId)).map(
    ({ event }) => event.type,
  )
const mailTo = (address: string, pattern: RegExp) =>
  until(
    `a mail to ${address} says ${String(pattern)}`,
    () =>
      Promise.resolve(
        cases.service.smtp.received.some(
          ({ to, raw }) =>
            to.includes(address) && pattern.test(decodeWords(headersNamed(raw, 'subject').join())),
        ),
      ),
    WITHIN,
  )

describe('a question of a brand', () => {
  it('goes to its account manager, whose answer comes back, and both are told', async () => {
    const questionId = await ask({ text: 'Do you need the test report?' })
    expect(await read(questionId)).toMatchObject({
      ...{ phase: 'awaitingAccountManager', brandId: 'northwind', caseId: null, answer: null },
      ...{ accountManagerId: 'ana-souza', askedBy: { name: 'Mei Lin', role: 'brandMember' } },
    })
    await mailTo('ana.souza@platform.example', /Northwind asks you/)

    expect((await answer(questionId, 'Yes, please.')).json()).toEqual({ questionId, applied: true })
    await phase(questionId, 'answered')
    expect((await read(questionId)).answer).toMatchObject({ text: 'Yes, please.' })
    await mailTo('mei@northwind.example', /Your question is answered/)
    const { finding } = await verifyRecord(QUESTIONS, cases.service.store.questions, questionId)
    expect(findingInWords('question', finding)).toBeNull()
    expect(outcome(await answer(questionId, 'No.'))).toEqual([422, 'not-allowed-now'])
  })

  it('stands on the case it is about', async () => {
    const caseId = await cases.open()
    const questionId = await ask({ text: 'Which batch is it?', caseId })
    const listed = await cases.api.call(
      'GET',
      `/v1/questions?caseId=${encodeURIComponent(caseId)}&open=true`,
      { key: 'accountManager' },
    )
    expect(listed.json<{ items: Question[] }>().items.map((one) => one.questionId)).toEqual([
      questionId,
    ])
    await mailTo('ana.souza@platform.example', /asks you about “/)
    await answer(questionId, 'Batch 7.')
    await phase(questionId, 'answered')
  })

  it('asked again under the same key is the same', async () => {
    const headers = { 'idempotency-key': randomSuffix() }
    const first = await ask({ text: 'Once?' }, headers)
    expect(await ask({ text: 'Once?' }, headers)).toBe(first)
    await answer(first, 'Once.')
    expect(await ask({ text: 'Once?' }, headers)).toBe(first)
  })

  it('is the lead’s at once where the brand has no account manager', async () => {
    const { brands } = cases.service.store
    const brand = await brands.find(EVERYTHING, 'northwind')
    const rev = brand?.rev ?? 0
    await brands.update(EVERYTHING, 'northwind', rev, { accountManagerId: null })
    const questionId = await ask({ text: 'Is anybody there?' })
    await brands.update(EVERYTHING, 'northwind', rev + 1, { accountManagerId: 'ana-souza' })
    expect(await read(questionId)).toMatchObject({ phase: 'awaitingLead', dueAt: null })
    expect((await answer(questionId, 'I am.', { key: 'lead' })).statusCode).toBe(200)
    await phase(questionId, 'answered')
  })

  it('goes on from its record when its workflow was ended, and is answered then', async () => {
    const questionId = await ask({ text: 'Will you remember?' })
    const { client } = cases.service
    await client.workflow.getHandle(questionId).terminate('by mistake')
    expect(outcome(await answer(questionId, 'Yes.'))).toEqual([503, 'case-interrupted'])
    const isRestarted = async () =>
      (await reconcileNow(cases.service)).restarted.includes(questionId)
    await until('it is started again', isRestarted, WITHIN)
    const isAnswered = async () => (await answer(questionId, 'Yes.')).statusCode === 200
    await until('it takes its answer', isAnswered, WITHIN)
    await client.workflow.getHandle(questionId).result()
    expect(await typesOf(questionId)).toEqual(['asked', 'noted', 'answered'])
  })

  it('refuses what is no input of it', async () => {
    const questionId = `question~northwind~${randomSuffix()}`
    const start = questionStart({ questionId } as never)
    const handle = await cases.service.client.workflow.start(QUESTION_KIND.workflowType, {
      ...start,
      typedSearchAttributes: [],
      staticSummary: 'unfit',
    })
    await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'InvalidMessage' } })
  })

  it('is nobody’s but its brand’s and its staff’s', async () => {
    const questionId = await ask({ text: 'Who reads this?' })
    const { secret } = await cases.api.makeKey({ role: 'brandMember', brandIds: ['contoso'] })
    const foreign = await cases.api.call('GET', `/v1/questions/${questionId}`, { key: secret })
    expect(foreign.statusCode).toBe(404)
    const asking = { key: secret, body: { text: 'Theirs?', brandId: 'northwind' } }
    expect((await cases.api.call('POST', '/v1/questions', asking)).statusCode).toBe(404)
    expect(problemOf(await answer(questionId, 'I', { key: 'brandMember' })).code).toBe(
      'missing-scope',
    )
    await answer(questionId, 'We do.')
  })
})
