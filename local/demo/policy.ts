import { BRAKE_LIMITS } from '../../domain/brand/brake.js'
import type { BrandPolicy, SeverityPolicy, WindowPolicy } from '../../domain/brand/policy.js'
import type { SilencePolicy } from '../../domain/vocabulary.js'

/** When the reminder to a brand is due, counted from the opening. */
const REMINDER_MS = 10_000

const clock = (windowMs: number, ...remindersMs: number[]): WindowPolicy => ({
  windowMs,
  time: 'clock',
  remindersMs,
})

const brand = clock(25_000, REMINDER_MS)
const accountManager = clock(15_000)
const lead = clock(12_000)

const severity = (silence: SilencePolicy, last: WindowPolicy | null = lead): SeverityPolicy => ({
  brand,
  accountManager,
  lead: last,
  silence,
})

/** The default policy with days shortened to seconds. It is data like any brand's own policy. */
export const DEMO_POLICY: BrandPolicy = {
  severities: {
    S1: severity('neverExpires'),
    S2: severity('platformDecides'),
    S3: severity('accountManagerDecides'),
    S4: severity('release', null),
  },
  coolingOffMs: { single: 0, bulk: 4_000 },
  extensionMs: 20_000,
  takedownBudgetMs: 6_000,
  takedownRetryMs: 30_000,
  attentionReminderMs: 20_000,
}

/**
 * No confirmation is held for their number: hours of work are played in a minute. One that comes
 * while the database is away cannot be counted; it is held as shortly as it can be.
 */
export const DEMO_BRAKE = {
  perHour: BRAKE_LIMITS.perHour.max,
  holdMs: BRAKE_LIMITS.holdMs.min,
}

/** After this long every window of a case has passed, and whatever is still open is closed. */
export const LONGEST_CASE_MS =
  brand.windowMs + accountManager.windowMs + lead.windowMs + 2 * DEMO_POLICY.attentionReminderMs

/** How mails are grouped in the demo, as the worker's environment has it. */
export const DEMO_MAIL_TIMING = { MAIL_GATHER_MS: '1500', MAIL_INTERVAL_MS: '5000' } as const
