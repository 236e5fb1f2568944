import { DAY_MS, HOUR_MS, MINUTE_MS } from './calendar.js'

/**
 * How many confirmations of a brand take effect without waiting. Staff sets it; the brand's own
 * policy cannot loosen it.
 */
export interface Brake {
  /** Confirmations within an hour; those beyond it are held. */
  perHour: number
  /** How long such a confirmation can be stopped, at least. */
  holdMs: number
}

/** A confirmation that waits, and why. */
export interface Hold {
  ms: number
  reason: string
}

/** The time over which confirmations are counted. */
export const BRAKE_PERIOD_MS = HOUR_MS
/** What staff may set. */
export const BRAKE_LIMITS = {
  perHour: { min: 1, max: 100_000 },
  holdMs: { min: MINUTE_MS, max: DAY_MS },
} as const
/** One a minute is as fast as a person can look; the hold is the cooling-off of a batch. */
export const DEFAULT_BRAKE: Brake = { perHour: 60, holdMs: 10 * MINUTE_MS }

/** Whether the latest of so many confirmations of a brand within the period is held. */
export function holdOf({ perHour, holdMs }: Brake, confirmations: number): Hold | null {
  if (confirmations <= perHour) return null
  return { ms: holdMs, reason: `held: ${confirmations} confirmations within an hour` }
}

/** The hold of a confirmation while nobody can say how many there were. */
export function holdUncounted({ holdMs }: Brake): Hold {
  return { ms: holdMs, reason: 'held: the confirmations of this hour could not be counted' }
}
