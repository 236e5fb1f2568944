import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DEFAULT_POLICY } from '../../domain/brand/policy.js'
import { HOUR_MS } from '../../domain/brand/calendar.js'
import type { CaseState, Decision } from '../../domain/case/state.js'
import { INFRINGING_VERDICTS, type Verdict } from '../../domain/vocabulary.js'
import { until } from '../../local/until.js'
import { inParallel } from '../../platform/in-parallel.js'
import { EVERYTHING } from '../../store/store.js'
import { verifyCase } from '../../store/cases/audit.js'
import { answerLink } from '../builders/answer-link.js'
import { buildMembership } from '../builders/person.js'
import { casePath, problemOf, startApi, type TestApi } from '../api/test-api.js'
import { type ReportedCase, reportAskedCase, shownHashOf } from '../setup/reporting.js'
import { ANSWER_SECRET, startService, type TestService } from '../setup/service.js'

/** Run once with 200, which takes minutes: DECIDED_CASES=200 npm test -- test/end-to-end/many-deciders */
const CASES = Number(process.env['DECIDED_CASES'] ?? 12)
const PEOPLE = 40
const LINKS = 10
const AT_ONCE = 50

let service: TestService
let api: TestApi

beforeAll(async () => {
  // What is decided can be undone for an hour, so that no case ends while others still answer.
  const coolingOffMs = { single: HOUR_MS, bulk: HOUR_MS }
  service = await startService({ brand: { policy: { ...DEFAULT_POLICY, coolingOffMs } } })
  api = await startApi(service)
})
afterAll(async () => {
  await api.close()
  await service.stop()
})

/** What somebody was told: that they won, or who did, by name or as the record has it. */
type Told = { won: true } | { won: false; by: string }

/** Somebody who answers a case, and is told. */
type Decider = (one: ReportedCase, verdict: Verdict) => Promise<Told>

/** A person in the portal. */
async function personNamed(name: string): Promise<Decider> {
  const memberships = [buildMembership({ role: 'brandMember' })]
  const { person, session } = await api.makePerson({ name, memberships })
  nameOf.set(person.personId, name)
  return async (one, verdict) => {
    const body = { verdict, shownHash: shownHashOf(one), attestation: { accepted: true } }
    const answer = await api.call('POST', casePath(one.caseId, '/decision'), { session, body })
    if (answer.statusCode === 200) return { won: true }
    if (answer.statusCode === 202) {
      const { decisionId } = answer.json<{ decisionId: string }>()
      return laterOn(one, (own) => own.decisionId === decisionId)
    }
    const { code, winner } = problemOf(answer)
    expect(code).toBe('already-decided')
    return { won: false, by: (winner as { id: string }).id }
  }
}

/** What comes in while too many ask at once is kept, and the case says what became of it. */
async function laterOn(
  { caseId }: ReportedCase,
  isOwn: (decision: Decision) => boolean,
): Promise<Told> {
  const decision = await until(
    `${caseId} is decided`,
    async () => (await service.store.cases.get(EVERYTHING, caseId))?.state.decision,
    { withinMs: 60_000 },
  )
  return isOwn(decision) ? { won: true } : { won: false, by: decision.by.id }
}

/** Somebody without an account, on the page behind a mail, who explains it in words of their own. */
function readerSaying(explanation: string): Decider {
  return async (one, verdict) => {
    const url = answerLink(one.caseId, {}, ANSWER_SECRET)
    const fields = { action: 'decide', verdict, explanation, attestation: 'accepted' }
    const answer = await api.app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...fields, shownHash: shownHashOf(one) }).toString(),
    })
    if (answer.statusCode === 200) return { won: true }
    if (answer.statusCode === 202) return laterOn(one, (own) => own.explanation === explanation)
    expect(answer.statusCode).toBe(409)
    const [, by = ''] = ANSWERED_BY.exec(answer.body) ?? []
    return { won: false, by }
  }
}

const ANSWERED_BY = /Answered by ([^,]+),/

/** Of the people, by their ids. */
const nameOf = new Map<string, string>()

const stateOf = async ({ caseId }: ReportedCase): Promise<CaseState | undefined> =>
  (await service.store.cases.get(EVERYTHING, caseId))?.state

describe(`${PEOPLE} people and ${LINKS} links`, () => {
  it(`decide the same ${CASES} cases at once: one of them wins each, and all others are told who`, async () => {
    const cases: ReportedCase[] = []
    const indexes = Array.from({ length: CASES }, (_, index) => index)
    await inParallel(indexes, 10, async () => {
      cases.push(await reportAskedCase(service))
    })
    const deciders = [
      ...(await Promise.all(
        Array.from({ length: PEOPLE }, (_, index) => personNamed(`Person ${index}`)),
      )),
      ...Array.from({ length: LINKS }, (_, index) => readerSaying(`reader ${index}`)),
    ]
    // Everybody begins with the same case, and then takes the next.
    const tries = cases.flatMap((one) =>
      deciders.map((decide, index) => {
        const verdict = INFRINGING_VERDICTS[index % INFRINGING_VERDICTS.length] ?? 'counterfeit'
        return { one, decide, verdict }
      }),
    )
    const told = new Map<string, Told[]>()
    await inParallel(tries, AT_ONCE, async ({ one, decide, verdict }) => {
      const answer = await decide(one, verdict)
      told.set(one.caseId, [...(told.get(one.caseId) ?? []), answer])
    })

    for (const one of cases) {
      const decision = (await stateOf(one))?.decision
      const answers = told.get(one.caseId) ?? []
      expect(answers).toHaveLength(deciders.length)
      expect(answers.filter(({ won }) => won)).toHaveLength(1)
      const others = answers.flatMap((answer) => (answer.won ? [] : [answer.by]))
      const winner = decision?.by.id ?? ''
      const names = [winner, nameOf.get(winner) ?? 'Mei Lin']
      expect(others.filter((by) => !names.includes(by))).toEqual([])
      expect(await verifyCase(service.store, one.caseId)).toMatchObject({ finding: null })
    }
    await Promise.all(cases.map(({ handle }) => handle.terminate()))
  }, 900_000)
})
