import assert from 'node:assert/strict'
import { describe, it, expect } from '@jest/globals'
import fc from 'fast-check'
import type { CaseEvent } from '../../../domain/case/events.js'
import {
  ATTENTION_REASONS,
  MESSAGE_NAMES,
  OUTCOMES,
  PHASES,
  SEVERITIES,
} from '../../../domain/vocabulary.js'
import { rebuild } from '../../../domain/case/kind.js'
import type { OpeningFacts } from '../../../domain/case/opening.js'
import { type BrandPolicy, policyProblems, RULES_VERSION } from '../../../domain/brand/policy.js'
import { buildParties, MONDAY_MS } from '../../builders/case.js'
import { CASE_ID, CaseDriver, EARLIER_CASE_ID, itemSighting, snapshotOf } from './case-driver.js'
import { checkProgress, Promises, Seen } from './case-promises.js'
import { anySteps } from './random-cases.js'
import { anyPolicy } from './random-policies.js'

// A busy machine is no reason to fail.
const PATIENCE_MS = 240_000
const NEW_SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31)
/** Meets every kind of event. When the rules or the generators change it may need another. */
const COVERING_SEED = 10

/** How a case opens, as little as a failing run has to print. */
const anyOpening = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      policy: anyPolicy,
      rulesVersion: fc.constantFrom(RULES_VERSION, 1),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('reopened' as const),
      policy: anyPolicy,
      wasRemoved: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('authorised', 'refused') }) },
)

const REOPENING = {
  reopens: {
    caseId: EARLIER_CASE_ID,
    by: { role: 'brandAdmin', id: 'key-1', via: 'api' },
    reason: 'it was ours after all',
    ending: { outcome: 'takenDown', at: MONDAY_MS - 1 },
    decision: null,
  },
} as const

function factsOf(opening: {
  kind: string
  policy?: BrandPolicy
  rulesVersion?: number
  wasRemoved?: boolean
}): OpeningFacts {
  const parties = buildParties({ contactIds: ['mei-lin', 'wu-jun'] })
  const previousCaseId = null
  if (opening.kind === 'refused') {
    return { kind: 'refused', reason: 'unknownBrand', detail: 'no such brand', previousCaseId }
  }
  const { rulesVersion = RULES_VERSION } = opening
  return opening.policy
    ? {
        kind: 'ask',
        parties,
        policy: { ...snapshotOf(opening.policy), rulesVersion },
        previousCaseId,
        ...(opening.kind === 'reopened' ? REOPENING : {}),
        ...(opening.wasRemoved ? { removal: { key: 'takedown:earlier:1' } } : {}),
      }
    : { kind: 'authorised', parties, entryId: 'as-1', previousCaseId }
}

describe('any case, whatever happens to it', () => {
  const seen = new Seen()

  it.each([
    ['always the same', COVERING_SEED, 900],
    ['new each time', NEW_SEED, 300],
  ])(
    'keeps its promises: seed %s (%i), %i runs',
    (_, seed, numRuns) => {
      fc.assert(
        fc.property(
          anyOpening,
          fc.constantFrom(...SEVERITIES),
          anySteps,
          (opening, severity, steps) => {
            if ('policy' in opening) assert.deepEqual(policyProblems(opening.policy, 1), [])
            const driven = new CaseDriver(
              factsOf(opening),
              itemSighting({ suspectedSeverity: severity }),
            )
            fc.modelRun(() => ({ model: new Promises(driven, seen), real: driven }), steps)
            checkProgress(driven)
            const { state, events } = driven
            assert.deepEqual(
              rebuild(CASE_ID, JSON.parse(JSON.stringify(events)) as CaseEvent[]),
              state,
            )
            assert.ok(events.filter((e) => e.type === 'closed').length <= 1, 'two outcomes')
            seen.add(state, events)
          },
        ),
        { seed, numRuns },
      )
    },
    PATIENCE_MS,
  )

  it('was tried with every event, message, outcome, phase and way to decide', () => {
    expect([...seen.outcomes].sort()).toEqual([...OUTCOMES].sort())
    expect([...seen.phases].sort()).toEqual([...PHASES].filter((p) => p !== 'opening').sort())
    expect([...seen.messages].sort()).toEqual([...MESSAGE_NAMES].sort())
    expect([...seen.troubles].sort()).toEqual([...ATTENTION_REASONS].sort())
    expect([...seen.bases].sort()).toEqual([
      'accountManager brandViaAccountManager',
      'accountManager platformPolicy',
      'brandAdmin brandConfirmed',
      'brandMember brandConfirmed',
      'lead brandViaAccountManager',
      'lead platformPolicy',
    ])
    expect(seen.events.size).toBe(27)
  })
})
