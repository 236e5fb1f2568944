/** S1 safety, S2 counterfeit, S3 mark or copyright use, S4 other. S1 is the most severe. */
export const SEVERITIES = ['S1', 'S2', 'S3', 'S4'] as const
export type Severity = (typeof SEVERITIES)[number]

/**
 * What a case is handled as whose severity is none of these, because an earlier version took
 * whatever it was sent: no alarm, but never dropped because nobody answers.
 */
export const ASSUMED_SEVERITY: Severity = 'S2'

/** The severity, or the assumed one in place of something that is none. */
export function knownSeverity(severity: Severity): Severity {
  return SEVERITIES.includes(severity) ? severity : ASSUMED_SEVERITY
}

/** True when `a` is more severe than `b`. */
export function isMoreSevere(a: Severity, b: Severity): boolean {
  return SEVERITIES.indexOf(a) < SEVERITIES.indexOf(b)
}

/** The less severe of the two: how a monitor key's cap is applied. */
export function capSeverity(suspected: Severity, cap: Severity): Severity {
  return isMoreSevere(suspected, cap) ? cap : suspected
}
