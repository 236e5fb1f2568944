/** What of a brand's policy, or of the rules behind it, led to an event: why it happened, and not otherwise. */
export const CLAUSES = [
  'window',
  'windowEnded',
  'reminder',
  'handedOver',
  'unreachable',
  'silence',
  'coolingOffSingle',
  'coolingOffBulk',
  'brake',
  'undoTime',
  'extension',
  'severityRaised',
  'takedownBudget',
  'takedownRetry',
  'attentionReminder',
] as const
export type ClauseName = (typeof CLAUSES)[number]
