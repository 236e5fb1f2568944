/**
 * Why an activity can never succeed however often it is repeated. These are the types of its
 * failure, which is not repeated; what may pass is of none of them.
 */
export const FAULTS = [
  'TooLarge',
  'NotStorable',
  'Unreadable',
  'NotConfigured',
  'Refused',
  'CodeFault',
] as const
export type Fault = (typeof FAULTS)[number]

/**
 * The ways in which the process of a case can stand still, which its row does not show: it has not
 * opened, its record takes nothing more, or its code fails on its history.
 */
export const STANDSTILLS = ['notOpened', 'recordRefused', 'codeFailed'] as const
export type Standstill = (typeof STANDSTILLS)[number]

/** What a comparison of cases with their workflows can find. */
export const DRIFTS = [
  'restarted',
  'superseded',
  'unreadable',
  'withoutRow',
  ...STANDSTILLS,
] as const
export type Drift = (typeof DRIFTS)[number]

/** What one message to many open cases is for. */
export const SWEEP_KINDS = ['recall', 'reassign', 'handOver', 'brandManager'] as const
export type SweepKind = (typeof SWEEP_KINDS)[number]

/** Why a case was not reached by a sweep, or would not take its message. */
export const SWEEP_FAILURES = [
  'notFound',
  'closed',
  'refused',
  'opening',
  'interrupted',
  'noAnswer',
] as const
export type SweepFailureReason = (typeof SWEEP_FAILURES)[number]
