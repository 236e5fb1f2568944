/** Where a case stands. `closed` is final; every other phase has an owner whose turn it is. */
export const PHASES = [
  'opening',
  'restoring',
  'awaitingBrand',
  'awaitingAccountManager',
  'awaitingLead',
  'coolingOff',
  'takingDown',
  'needsAttention',
  'closed',
] as const
export type Phase = (typeof PHASES)[number]

/** Phases in which somebody has a window to answer in. */
export const WAITING_PHASES = [
  'awaitingBrand',
  'awaitingAccountManager',
  'awaitingLead',
] as const satisfies readonly Phase[]
export type WaitingPhase = (typeof WAITING_PHASES)[number]

/** True while somebody has a window to answer in. */
export function isWaitingPhase(phase: Phase): phase is WaitingPhase {
  return (WAITING_PHASES as readonly Phase[]).includes(phase)
}

/** How a case ended. Exactly one per closed case. */
export const OUTCOMES = [
  'takenDown',
  'alreadyGone',
  'released',
  'refusedByMarketplace',
  'expired',
  'withdrawn',
  'closedManually',
  'refused',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Whose turn it is while a case waits. */
export const OWNERS = ['brand', 'accountManager', 'lead', 'marketplace', 'platform'] as const
export type Owner = (typeof OWNERS)[number]

/** Whose a window of a policy is: of those whose turn it can be, the ones who answer. */
export const WINDOW_OWNERS = ['brand', 'accountManager', 'lead'] as const satisfies readonly Owner[]
export type WindowOwner = (typeof WINDOW_OWNERS)[number]

/** What happens when nobody answers. */
export const SILENCE_POLICIES = [
  'neverExpires',
  'platformDecides',
  'accountManagerDecides',
  'release',
] as const
export type SilencePolicy = (typeof SILENCE_POLICIES)[number]

/** What somebody wants instead of a takedown that is stopped. */
export const STOP_AIMS = ['close', 'withdraw', 'returnToBrand', 'undecide'] as const
export type StopAim = (typeof STOP_AIMS)[number]

/** Why a case needs attention. */
export const ATTENTION_REASONS = [
  'silence',
  'takedownExhausted',
  'marketplaceRefused',
  'listingChanged',
  'restorationFailed',
  'serviceFault',
] as const
export type AttentionReason = (typeof ATTENTION_REASONS)[number]

/** What became of putting a removed listing back; `notRemoved`: we had not removed it. */
export const RESTORATION_RESULTS = ['inFlight', 'failed', 'restored', 'notRemoved'] as const
export type RestorationResult = (typeof RESTORATION_RESULTS)[number]

/** Why a case was refused at opening; docs/walkthroughs/brand-confirms.md explains each. */
export const REFUSAL_REASONS = [
  'unknownBrand',
  'unknownMarketplace',
  'answeredBefore',
  'sightingClaimed',
] as const
export type RefusalReason = (typeof REFUSAL_REASONS)[number]
