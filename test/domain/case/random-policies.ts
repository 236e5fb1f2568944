import fc from 'fast-check'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../domain/brand/calendar.js'
import {
  type BrandPolicy,
  DEFAULT_POLICY,
  type WindowPolicy,
} from '../../../domain/brand/policy.js'
import type { Severity } from '../../../domain/vocabulary.js'

function anyWindow(): fc.Arbitrary<WindowPolicy> {
  return fc
    .record({
      windowMs: fc.integer({ min: 1, max: 20 }).map((n) => n * 6 * HOUR_MS),
      time: fc.constantFrom('clock' as const, 'working' as const),
      reminders: fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 3 }),
    })
    .map(({ windowMs, time, reminders }) => ({
      windowMs,
      time,
      remindersMs: reminders
        .sort((a, b) => a - b)
        .map((percent) => Math.round((windowMs * percent) / 100)),
    }))
}

function anySeverity(severity: Severity) {
  const silence = {
    S1: ['neverExpires'],
    S2: ['neverExpires', 'platformDecides'],
    S3: ['neverExpires', 'platformDecides', 'accountManagerDecides', 'release'],
    S4: ['neverExpires', 'platformDecides', 'accountManagerDecides', 'release'],
  } as const
  return fc
    .record({
      brand: anyWindow(),
      accountManager: anyWindow(),
      lead: fc.option(anyWindow()),
      silence: fc.constantFrom(...silence[severity]),
    })
    .filter((s) => s.silence !== 'platformDecides' || s.lead !== null)
}

/** Any policy that can be saved, the default among them, as plain data. */
export const anyPolicy: fc.Arbitrary<BrandPolicy> = fc
  .oneof(
    fc.constant(DEFAULT_POLICY),
    fc.record({
      severities: fc.record({
        S1: anySeverity('S1'),
        S2: anySeverity('S2'),
        S3: anySeverity('S3'),
        S4: anySeverity('S4'),
      }),
      coolingOffMs: fc.record({
        single: fc.constantFrom(0, 5 * MINUTE_MS),
        bulk: fc.constantFrom(0, 10 * MINUTE_MS),
      }),
      extensionMs: fc.constantFrom(0, 72 * HOUR_MS),
      takedownBudgetMs: fc.constant(10 * MINUTE_MS),
      takedownRetryMs: fc.constantFrom(1_000, 30 * MINUTE_MS),
      attentionReminderMs: fc.constantFrom(MINUTE_MS, DAY_MS),
    }),
  )
  .map((policy) => JSON.parse(JSON.stringify(policy)) as BrandPolicy)
