import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { CaseState } from '../../../domain/case/state.js'
import { inputProblem } from '../../../domain/form/input-forms.js'
import {
  afterFinding,
  afterSending,
  type HandOverTask,
  MAX_SWEPT_BY_NAME,
  onceMore,
  SWEEP_PAUSES_MS,
  type SweepFailure,
  sweepMessage,
  type SweepStanding,
  sweepStart,
  type SweepTask,
  type SweptPage,
} from '../../../domain/sweep/sweeps.js'
import { buildCase, buildParties, buildPolicySnapshot } from '../../builders/case.js'
import { buildSighting } from '../../builders/sighting.js'
import { as, CASE_ID } from '../case/case-driver.js'

const REPORTER = as('monitor', { id: 'key-monitor' })
const rule = { ruleId: 'no-serial', monitorVersion: '1.0.0' }
const RECALL: SweepTask = { kind: 'recall', rule, reason: 'the rule was wrong' }
const HAND_OVER: HandOverTask = { kind: 'handOver', from: 'ana-souza', to: 'rui-tavares' }

function caseOf(parties: { accountManagerId?: string | null; leadId?: string | null } = {}) {
  const facts = {
    kind: 'ask' as const,
    parties: buildParties(parties),
    policy: buildPolicySnapshot(),
    previousCaseId: null,
  }
  const signals = [{ ruleId: rule.ruleId, weight: 1, observed: 'none' }]
  const monitor = { name: 'reference-monitor', version: rule.monitorVersion }
  const sighting = buildSighting({ signals, monitor, reporter: 'key:key-monitor' })
  return buildCase({ facts, sighting }).state
}

/** Who the case goes to and as what, or `null`. */
function given(task: SweepTask, state = caseOf(), to: string | null = 'rui-tavares') {
  const said = sweepMessage(task, state, as('operator'), to)
  return said?.name === 'reassign' ? [said.message.role, said.message.to] : said
}

describe('what a sweep says to a case', () => {
  it('recalls a rule from a case that rests on it, and on the caller’s reports, alone', () => {
    const said = sweepMessage(RECALL, caseOf(), REPORTER, null)
    expect(said).toMatchObject({ name: 'withdraw', message: { rule, reason: RECALL.reason } })
    const other = { ...RECALL, rule: { ...rule, monitorVersion: '2.0.0' } }
    expect(sweepMessage(other, caseOf(), REPORTER, null)).toBeNull()
    expect(sweepMessage(RECALL, caseOf(), as('monitor', { id: 'another' }), null)).toBeNull()
  })

  const brand = (from: string | null): SweepTask => ({
    kind: 'brandManager',
    brandId: 'northwind',
    from,
    rev: 1,
  })
  const nobody = () => caseOf({ accountManagerId: null })
  const named = (role: 'accountManager' | 'lead'): SweepTask => ({
    kind: 'reassign',
    caseIds: [CASE_ID],
    role,
    to: 'rui-tavares',
  })
  it.each<[string, SweepTask, ReturnType<typeof given>, CaseState]>([
    ['named: as what is said', named('lead'), ['lead', 'rui-tavares'], caseOf()],
    ['named, already theirs', named('lead'), null, caseOf({ leadId: 'rui-tavares' })],
    ['handed over: as what they had it', HAND_OVER, ['accountManager', 'rui-tavares'], caseOf()],
    ['handed over by a lead', { ...HAND_OVER, from: 'li-wei' }, ['lead', 'rui-tavares'], caseOf()],
    ['handed over in another role', { ...HAND_OVER, role: 'lead' }, null, caseOf()],
    ['handed over meanwhile', HAND_OVER, null, caseOf({ accountManagerId: 'eva' })],
    [
      'of a brand, from who had it',
      brand('ana-souza'),
      ['accountManager', 'rui-tavares'],
      caseOf(),
    ],
    ['of a brand, from nobody', brand(null), ['accountManager', 'rui-tavares'], nobody()],
    [
      'of a brand, given away by hand',
      brand('ana-souza'),
      null,
      caseOf({ accountManagerId: 'eva' }),
    ],
  ])('%s', (_what, task, expected, state) => {
    expect(given(task, state)).toEqual(expected)
  })

  it('is nothing where the brand has no account manager any more', () => {
    expect(given(brand('ana-souza'), caseOf(), null)).toBeNull()
  })
})

describe('a sweep', () => {
  const OTHER = { reason: 'refused', detail: 'no' } as const
  const arbitraryFailure = fc.record<SweepFailure>({
    caseId: fc.uuid(),
    reason: fc.constantFrom('interrupted', 'refused'),
    detail: fc.string({ maxLength: 200 }),
  })
  const results = fc.array(
    fc.constantFrom<'done' | 'kept' | 'failures' | 'again'>('done', 'kept', 'failures', 'again'),
    { minLength: 1, maxLength: 700 },
  )

  it('counts every case once, tries what it did not reach for a while, and stays bounded', () => {
    fc.assert(
      fc.property(
        results,
        fc.array(arbitraryFailure, { minLength: 1, maxLength: 9 }),
        (all, failures) => {
          let standing: SweepStanding = sweepStart(HAND_OVER)
          const fate = new Map(all.map((result, n) => [`case-${n}`, result]))
          const ids = [...fate.keys()]
          let found = 0
          for (let step = 0; step < 1_000; step++) {
            const { left, look, again } = standing
            if (left.length > 0) {
              const sent = left.slice(0, 100)
              const page: SweptPage = { done: 0, kept: 0, failures: [], again: [] }
              for (const caseId of sent) {
                const result = fate.get(caseId) ?? 'done'
                if (result === 'done' || result === 'kept') page[result]++
                else page[result].push({ ...OTHER, ...failures[found % failures.length], caseId })
              }
              standing = afterSending(standing, sent.length, page)
            } else if (look) {
              const caseIds = ids.slice(found, found + 100)
              found += caseIds.length
              const next = caseIds.length < 100 ? null : { openedAt: 1, caseId: caseIds[99] ?? '' }
              const total = look.after ? {} : { total: ids.length }
              standing = afterFinding(standing, { caseIds, next, ...total })
            } else if (again.length > 0) standing = onceMore(standing)
            else break
            expect(standing.again.length).toBeLessThanOrEqual(MAX_SWEPT_BY_NAME)
            expect(JSON.stringify(standing).length).toBeLessThan(500_000)
          }
          const counted = (result: string) => all.filter((each) => each === result).length
          const { progress, rounds } = standing
          expect(progress).toMatchObject({
            total: all.length,
            done: counted('done'),
            kept: counted('kept'),
            failed: counted('failures') + counted('again'),
          })
          expect(progress.failures).toHaveLength(Math.min(progress.failed, MAX_SWEPT_BY_NAME))
          expect(rounds).toBeLessThanOrEqual(SWEEP_PAUSES_MS.length)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('takes a case that is named twice once', () => {
    const caseIds = ['a', 'b', 'a']
    const { left, progress } = sweepStart({ kind: 'reassign', caseIds, role: 'lead', to: 'eva' })
    expect([left, progress.total]).toEqual([['a', 'b'], 2])
  })

  const caller = as('operator')
  it.each<[object, RegExp]>([
    [RECALL, /^$/],
    [HAND_OVER, /^$/],
    [{ ...HAND_OVER, brandId: 'northwind', leaving: { role: 'lead', rev: 3 } }, /^$/],
    [{ kind: 'reassign', caseIds: [CASE_ID], role: 'lead', to: 'eva', reason: 'x' }, /^$/],
    [{ kind: 'brandManager', brandId: 'northwind', from: null, rev: 1 }, /^$/],
    [{ ...RECALL, kind: 'closeAll' }, /must be one of/],
    [{ ...RECALL, to: 'eva' }, /unknown field/],
    [{ kind: 'reassign', caseIds: [], role: 'lead', to: 'eva' }, /1 to 300 items/],
    [{ kind: 'reassign', caseIds: ['x'], role: 'lead', to: 'eva' }, /id of a case/],
    [{ kind: 'reassign', caseIds: [CASE_ID], role: 'operator', to: 'eva' }, /must be one of/],
  ])('is started with %j or refuses it', (task, problem) => {
    const said = inputProblem('sweep', { task, caller })
    expect(said ?? '').toMatch(problem)
  })
})
