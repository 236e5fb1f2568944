import { describe, it, expect } from '@jest/globals'
import { DAY_MS, HOUR_MS } from '../../../domain/brand/calendar.js'
import {
  type BrandPolicy,
  DEFAULT_POLICY,
  policyProblems,
  type SeverityPolicy,
} from '../../../domain/brand/policy.js'
import { capSeverity, type Severity } from '../../../domain/vocabulary.js'

function withSeverity(severity: Severity, over: Partial<SeverityPolicy>): BrandPolicy {
  const { severities } = DEFAULT_POLICY
  const changed = { ...severities[severity], ...over }
  return { ...DEFAULT_POLICY, severities: { ...severities, [severity]: changed } }
}
const window = (windowMs: number, ...remindersMs: number[]) => ({
  windowMs,
  time: 'clock' as const,
  remindersMs,
})

describe('a suspected severity', () => {
  it.each([
    ['S1', 'S2', 'S2'],
    ['S2', 'S2', 'S2'],
    ['S4', 'S2', 'S4'],
    ['S1', 'S1', 'S1'],
  ] as const)('of %s, reported with a key capped at %s, counts as %s', (suspected, cap, counts) => {
    expect(capSeverity(suspected, cap)).toBe(counts)
  })
})

describe('a policy', () => {
  it('that is the default has no problems', () => {
    expect(policyProblems(DEFAULT_POLICY, HOUR_MS)).toEqual([])
  })

  const problems: [string, BrandPolicy, RegExp][] = [
    ['S1 that expires', withSeverity('S1', { silence: 'release' }), /S1.silence must be never/],
    ['S2 that expires', withSeverity('S2', { silence: 'release' }), /S2.silence must be never/],
    [
      'no lead who decides',
      withSeverity('S3', { silence: 'platformDecides', lead: null }),
      /S3.lead/,
    ],
    ['no window', withSeverity('S3', { brand: window(0) }), /S3.brand.windowMs/],
    [
      '61 days',
      withSeverity('S4', { accountManager: window(61 * DAY_MS) }),
      /S4.accountManager.windowMs/,
    ],
    ['part of a ms', withSeverity('S4', { lead: window(1_000.5) }), /S4.lead.windowMs/],
    ['a late reminder', withSeverity('S3', { brand: window(HOUR_MS, HOUR_MS) }), /remindersMs/],
    ['an early reminder', withSeverity('S3', { brand: window(HOUR_MS, 0) }), /remindersMs/],
    [
      'unordered',
      withSeverity('S3', { brand: window(HOUR_MS, 9, 5) }),
      /whole numbers that ascend/,
    ],
    ['no time to send', { ...DEFAULT_POLICY, takedownBudgetMs: 0 }, /takedownBudgetMs/],
    ['retries without a pause', { ...DEFAULT_POLICY, takedownRetryMs: 0 }, /takedownRetryMs/],
    ['notices without a pause', { ...DEFAULT_POLICY, attentionReminderMs: 0 }, /attentionReminder/],
    ['an extension backwards', { ...DEFAULT_POLICY, extensionMs: -1 }, /extensionMs/],
    [
      'a cooling-off of a year',
      { ...DEFAULT_POLICY, coolingOffMs: { single: 0, bulk: 365 * DAY_MS } },
      /coolingOffMs.bulk/,
    ],
    [
      'a negative cooling-off',
      { ...DEFAULT_POLICY, coolingOffMs: { single: -1, bulk: 0 } },
      /coolingOffMs.single/,
    ],
  ]
  it.each(problems)('with %s is told what to change', (_name, policy, text) => {
    expect(policyProblems(policy, 1)).toEqual([expect.stringMatching(text)])
  })

  const often = (...remindersMs: number[]) =>
    withSeverity('S3', { brand: { windowMs: DAY_MS, time: 'working', remindersMs } })
  const bombs: [string, BrandPolicy, RegExp][] = [
    ['a window of a millisecond', withSeverity('S1', { lead: window(1) }), /S1.lead.windowMs/],
    ['a window just too short', withSeverity('S4', { brand: window(HOUR_MS - 1) }), /S4.brand/],
    ['a reminder a second', often(HOUR_MS, HOUR_MS + 1_000), /3600000 apart/],
    ['a reminder at once', often(1_000), /after the start/],
    ['notices every minute', { ...DEFAULT_POLICY, attentionReminderMs: 60_000 }, /attentionRem/],
    ['an extension of a year', { ...DEFAULT_POLICY, staffExtensionMs: 365 * DAY_MS }, /staffExt/],
    ['no end of extensions', { ...DEFAULT_POLICY, longestExtensionMs: 365 * DAY_MS }, /longestExt/],
  ]
  it.each(bombs)('with %s is no mail bomb', (_name, policy, text) => {
    expect(policyProblems(policy, HOUR_MS)).toEqual([expect.stringMatching(text)])
  })
})
