import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { NewDecision } from '../../contract/decision.js'
import { caseIdOf, workflowIdOf } from '../../domain/case/identity.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { CASES_QUEUE, LISTING_CASE } from '../../workflows/messages.js'
import { MONITOR } from '../builders/case.js'
import { buildSighting } from '../builders/sighting.js'
import { reportAskedCase, untilRecorded } from '../setup/reporting.js'
import { type CaseApi, CONFIRMED, outcome, startCaseApi } from './case-api.js'
import { casePath, problemOf } from './test-api.js'

let cases: CaseApi
beforeAll(async () => {
  cases = await startCaseApi()
})
afterAll(() => cases.stop())

describe('POST /v1/cases/{caseId}/decision', () => {
  it('applies the brand’s answer and shows what became of it', async () => {
    const caseId = await cases.open()
    const answer = await cases.decide(caseId, {
      ...CONFIRMED,
      decisionId: 'd-1',
      explanation: 'seams',
    })

    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ caseId, applied: true, decisionId: 'd-1' })
    await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'closed')
    const shown = await cases.read(caseId)
    expect(shown).toMatchObject({
      phase: 'closed',
      outcome: 'takenDown',
      basis: 'brandConfirmed',
      allowed: [],
      decision: { decisionId: 'd-1', explanation: 'seams', by: { role: 'brandMember' } },
      takedown: { result: 'removed', attempt: 1 },
      sellerHistory: { removedIn90Days: 1 },
    })
    const state = await cases.api.call('GET', String(answer.headers.location), {
      key: 'brandMember',
    })
    expect(state.json()).toMatchObject({ state: 'won', outcome: 'takenDown' })
  })

  it('gives the same answer to the same decision, and names the winner to another', async () => {
    const caseId = await cases.open()
    const given = { ...CONFIRMED, decisionId: 'd-first' }
    const first = await cases.decide(caseId, given)
    const again = await cases.decide(caseId, given)
    expect([again.statusCode, again.json()]).toEqual([200, first.json()])

    await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'closed')
    const later = await cases.decide(caseId, given)
    expect(later.statusCode).toBe(200)
    expect(later.json()).toMatchObject({ applied: true, decisionId: 'd-first' })
  })

  it('names who decided first, and what, while the case goes on', async () => {
    const [one, other] = await Promise.all([cases.open(), cases.open()])
    const bulk = await cases.batch({
      ...CONFIRMED,
      decisions: [await cases.asShown(one), await cases.asShown(other)],
    })
    const [won] = bulk.json<{ results: { decisionId: string }[] }>().results

    const answer = await cases.decide(one, { verdict: 'genuine' })
    expect(outcome(answer)).toEqual([409, 'already-decided'])
    expect(problemOf(answer)['winner']).toMatchObject({
      decisionId: won?.decisionId,
      verdict: 'counterfeit',
      role: 'brandMember',
      id: cases.api.keys.brandMember.keyId,
    })
  })

  it('names who was first by name, to those who undo another answer, too', async () => {
    const { person, session } = await cases.api.makePerson({ name: 'Mei Chen' })
    const caseId = await cases.open()
    const first = await cases.decide(
      caseId,
      { ...CONFIRMED, decisionId: 'd-of-mei' },
      { key: null, session },
    )
    expect(first.statusCode).toBe(200)
    const winner = {
      decisionId: 'd-of-mei',
      verdict: 'counterfeit',
      role: 'brandMember',
      id: person.personId,
      name: 'Mei Chen',
    }
    const answer = await cases.decide(caseId, { verdict: 'genuine' })
    expect(problemOf(answer)['winner']).toMatchObject(winner)
    const undone = await cases.send(caseId, 'undecide', {
      decisionId: 'd-of-somebody',
      reason: 'a mistake',
    })
    expect(problemOf(undone)['winner']).toMatchObject(winner)
    const batch = await cases.batch({ verdict: 'genuine', decisions: [{ caseId }] })
    expect(batch.json<{ results: unknown[] }>().results).toMatchObject([
      { status: 409, problem: { winner } },
    ])
  })

  it('answers 410 with the outcome after the case closed, and keeps the answer', async () => {
    const caseId = await cases.openAndRelease()
    const answer = await cases.decide(caseId, { ...CONFIRMED, decisionId: 'd-late' })
    expect(problemOf(answer)['winner']).toMatchObject({ verdict: 'genuine', name: 'brandMember' })

    expect(outcome(answer)).toEqual([410, 'case-closed'])
    expect(problemOf(answer)['outcome']).toBe('released')
    const path = casePath(caseId, '/decisions/d-late')
    const isKept = async () => {
      const kept = await cases.api.call('GET', path, { key: 'brandMember' })
      return kept.json<{ state?: string }>().state === 'late'
    }
    await until('the late answer is kept', isKept, { withinMs: 10_000 })
    for (const role of ['brandMember', 'accountManager']) {
      expect((await cases.read(caseId, role)).lateAnswers).toMatchObject([
        { decisionId: 'd-late', verdict: 'counterfeit', by: { role: 'brandMember' } },
      ])
    }
    expect((await cases.read(caseId, 'monitor')).lateAnswers).toEqual([])
  })

  it('answers 410 for a case whose listing has a newer case', async () => {
    const first = await reportAskedCase(cases.service)
    await cases.send(first.caseId, 'close', { reason: 'opened by mistake' })
    await first.handle.result()
    const second = await reportAskedCase(cases.service, { listingId: first.listingId })

    expect(outcome(await cases.decide(first.caseId, CONFIRMED))).toEqual([410, 'case-closed'])
    expect((await cases.read(second.caseId)).phase).toBe('awaitingBrand')
  })

  it.each([
    ['a confirmation without the statement', 'brandMember', { verdict: 'counterfeit' }, 422],
    ['a question that asks nothing', 'brandMember', { verdict: 'needInfo' }, 422],
    ['a verdict that is not the brand’s', 'brandMember', { verdict: 'insufficientEvidence' }, 403],
    ['an account manager without proof', 'accountManager', { verdict: 'genuine' }, 403],
    ['a monitor', 'monitor', { verdict: 'genuine' }, 403],
    ['an operator', 'operator', { verdict: 'genuine' }, 403],
    ['a word that is no verdict', 'brandMember', { verdict: 'fake' }, 400],
  ])('refuses %s', async (_what, key, body, status) => {
    const caseId = await cases.open()
    const answer = await cases.decide(caseId, body as NewDecision, { key })

    expect(answer.statusCode).toBe(status)
    expect(problemOf(answer).detail).not.toBe('')
    expect((await cases.read(caseId)).decision).toBeNull()
  })

  it('takes the brand’s answer from its account manager, with proof', async () => {
    const caseId = await cases.open()
    const body: NewDecision = { verdict: 'genuine', proof: 'phone call with Mei Lin, 10:00' }
    expect((await cases.decide(caseId, body, { key: 'accountManager' })).statusCode).toBe(200)

    await untilRecorded(cases.service, caseId, ({ phase }) => phase === 'closed')
    expect((await cases.read(caseId)).decision).toMatchObject(body)
    expect((await cases.read(caseId)).basis).toBe('brandViaAccountManager')
    expect((await cases.read(caseId, 'monitor')).decision).not.toHaveProperty('proof')
  })

  it('lets one of many simultaneous answers win', async () => {
    const caseId = await cases.open()
    const verdicts = ['genuine', 'notOurs', 'genuineUnauthorisedSeller', 'notIpMatter'] as const
    const answers = await Promise.all(verdicts.map((verdict) => cases.decide(caseId, { verdict })))

    const statuses = answers.map(({ statusCode }) => statusCode)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409 || status === 410)).toHaveLength(3)
  })

  it('says that a case whose process was stopped is being repaired', async () => {
    const { caseId, handle } = await reportAskedCase(cases.service)
    await handle.terminate('by mistake, in the Temporal UI')

    expect(outcome(await cases.decide(caseId, CONFIRMED))).toEqual([503, 'case-interrupted'])
    expect((await cases.read(caseId)).phase).toBe('awaitingBrand')
  })

  it('says which other case of the listing is running while one waits for it to end', async () => {
    const first = await reportAskedCase(cases.service)
    await first.handle.terminate('by mistake, in the Temporal UI')
    const second = await reportAskedCase(cases.service, { listingId: first.listingId })

    const decided = await cases.decide(first.caseId, CONFIRMED)
    expect(outcome(decided)).toEqual([409, 'case-superseded'])
    expect(problemOf(decided)['openCaseId']).toBe(second.caseId)
    const noted = await cases.send(first.caseId, 'notes', { text: 'settled' })
    expect(outcome(noted)).toEqual([409, 'case-superseded'])
    expect((await cases.read(second.caseId)).phase).toBe('awaitingBrand')
  })

  it('says that the case is still being opened, and when to try again', async () => {
    const sighting = buildSighting()
    const workflowId = workflowIdOf({
      marketplace: 'taobao',
      listingKey: sighting.listing.listingId,
      brandId: 'northwind',
    })
    const caseId = caseIdOf(workflowId, randomSuffix())
    // While somebody else's transaction holds the sighting, the case stays in its first phase.
    const { raw } = cases.service.database
    const session = await raw.startSession()
    session.startTransaction()
    await raw.collection('sightings').insertOne({ _id: sighting.sightingId as never }, { session })
    const handle = await cases.service.client.workflow.start(LISTING_CASE, {
      workflowId,
      taskQueue: CASES_QUEUE,
      args: [{ caseId, sighting, by: MONITOR }],
    })
    const answer = await cases.decide(caseId, { verdict: 'genuine' })

    expect(outcome(answer)).toEqual([409, 'still-opening'])
    expect(answer.headers['retry-after']).toBe('1')
    await handle.terminate('the test is over')
    await session.abortTransaction()
    await session.endSession()
  })
})
