import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  DAY_MS,
  DEFAULT_CALENDAR,
  HOUR_MS,
  workingIntervals,
} from '../../../domain/brand/calendar.js'
import { DEFAULT_POLICY, type PolicySnapshot, RULES_VERSION } from '../../../domain/brand/policy.js'
import { type ClosedCase, fateOf, fateUnder, replay } from '../../../domain/case/replaying.js'
import { silentRun } from '../../../domain/case/waiting/silent-run.js'
import { SEVERITIES } from '../../../domain/vocabulary.js'

/** A Friday. */
const FRIDAY = Date.parse('2026-03-06T10:00:00Z')
const working = workingIntervals(DEFAULT_CALENDAR, FRIDAY)
const POLICY: PolicySnapshot = {
  ...DEFAULT_POLICY,
  ...{ rulesVersion: RULES_VERSION, policyVersion: 1 },
  workingTime: { brand: working, accountManager: working, lead: working },
}
const at = (ms: number) => new Date(ms).toISOString().slice(0, 16)

const CLOSED: ClosedCase = {
  ...{ severity: 'S4', openedAt: FRIDAY, decidedAt: FRIDAY + HOUR_MS / 2, outcome: 'released' },
  missed: [],
}

describe('a case that nobody answers', () => {
  it('is asked, reminded and handed on in working time, and expires where it may', () => {
    expect(silentRun(POLICY, 'S4', FRIDAY).map((step) => [step.kind, at(step.at)])).toEqual([
      ['asked', '2026-03-06T10:00'],
      ['reminded', '2026-03-10T10:00'],
      ['asked', '2026-03-11T10:00'],
      ['expired', '2026-03-13T10:00'],
    ])
  })

  it('waits for somebody where it may not expire', () => {
    expect(silentRun(POLICY, 'S1', FRIDAY).map((step) => [step.kind, at(step.at)])).toEqual([
      ['asked', '2026-03-06T10:00'],
      ['reminded', '2026-03-06T18:00'],
      ['reminded', '2026-03-07T02:00'],
      ['asked', '2026-03-07T10:00'],
      ['asked', '2026-03-07T18:00'],
      ['needsAttention', '2026-03-07T22:00'],
    ])
  })

  it('goes forward in time, to an end that its severity allows', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SEVERITIES),
        fc.integer({ min: 0, max: 400 * 24 }),
        (severity, hours) => {
          const steps = silentRun(POLICY, severity, FRIDAY + hours * HOUR_MS)
          const instants = steps.map((step) => step.at)
          expect(instants).toEqual([...instants].sort((a, b) => a - b))
          const mayExpire = severity === 'S3' || severity === 'S4'
          expect(steps.at(-1)?.kind).toBe(mayExpire ? 'expired' : 'needsAttention')
        },
      ),
    )
  })
})

describe('what became of a closed case', () => {
  const missed = (...owners: ('brand' | 'accountManager' | 'lead')[]) =>
    owners.map((owner) => ({ owner, at: FRIDAY }))

  it.each([
    ['brand', { missed: [] }],
    ['accountManager', { missed: missed('brand') }],
    ['lead', { missed: missed('brand', 'accountManager') }],
    ['needsAttention', { missed: missed('brand', 'accountManager', 'lead') }],
    ['expired', { outcome: 'expired', decidedAt: null, missed: missed('brand') }],
    [null, { outcome: 'withdrawn', decidedAt: null }],
  ] as [string | null, Partial<ClosedCase>][])('is %s', (fate, change) => {
    expect(fateOf({ ...CLOSED, ...change })).toBe(fate)
  })
})

describe('another policy', () => {
  const { S4 } = DEFAULT_POLICY.severities
  const hasty: PolicySnapshot = {
    ...POLICY,
    severities: {
      ...POLICY.severities,
      S4: { ...S4, brand: { windowMs: HOUR_MS, time: 'clock', remindersMs: [] } },
    },
  }

  it('hands on what was answered later than it waits', () => {
    const late = { ...CLOSED, decidedAt: FRIDAY + DAY_MS }
    expect(fateUnder(POLICY, late)).toBe('brand')
    expect(fateUnder(hasty, late)).toBe('accountManager')
    expect(fateUnder(hasty, { ...late, decidedAt: FRIDAY + 30 * DAY_MS })).toBe('expired')
    expect(
      replay(hasty, [late, CLOSED, { ...CLOSED, outcome: 'withdrawn', decidedAt: null }]),
    ).toEqual({
      judged: 2,
      different: 1,
      before: { brand: 2, accountManager: 0, lead: 0, needsAttention: 0, expired: 0 },
      after: { brand: 1, accountManager: 1, lead: 0, needsAttention: 0, expired: 0 },
    })
  })

  it('that is the same changes nothing of what was answered under it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SEVERITIES),
        fc.integer({ min: 0, max: 60 * 24 }),
        (severity, hours) => {
          const decidedAt = FRIDAY + hours * HOUR_MS
          const steps = silentRun(POLICY, severity, FRIDAY).filter((step) => step.at <= decidedAt)
          const passed = steps.flatMap((step) => (step.kind === 'asked' ? [step.owner] : []))
          const isStuck = steps.at(-1)?.kind === 'needsAttention'
          const missedBy = isStuck ? passed : passed.slice(0, -1)
          const hasExpired = steps.at(-1)?.kind === 'expired'
          const one: ClosedCase = {
            ...{ severity, openedAt: FRIDAY, decidedAt: hasExpired ? null : decidedAt },
            outcome: hasExpired ? 'expired' : 'released',
            missed: missedBy.map((owner) => ({ owner, at: decidedAt })),
          }
          expect(fateUnder(POLICY, one)).toBe(fateOf(one))
        },
      ),
    )
  })
})
