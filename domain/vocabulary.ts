/**
 * The closed word lists of the system. Types, schemas, filters and screens derive from these arrays;
 * docs/terminology.md explains each word.
 */

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

/** Verdicts that ask for a takedown. */
export const INFRINGING_VERDICTS = [
  'counterfeit',
  'markMisuse',
  'copyright',
  'designOrPatent',
] as const
/** Verdicts that release the listing. `insufficientEvidence` is for account managers and leads only. */
export const RELEASING_VERDICTS = [
  'genuine',
  'authorisedSeller',
  'genuineUnauthorisedSeller',
  'notIpMatter',
  'notOurs',
  'insufficientEvidence',
] as const
/** Answers that never win: they hand the case to the account manager. */
export const HANDOVER_VERDICTS = ['unsure', 'needInfo'] as const

/** Every answer there is. */
export const VERDICTS = [
  ...INFRINGING_VERDICTS,
  ...RELEASING_VERDICTS,
  ...HANDOVER_VERDICTS,
] as const
export type InfringingVerdict = (typeof INFRINGING_VERDICTS)[number]
export type ReleasingVerdict = (typeof RELEASING_VERDICTS)[number]
export type HandoverVerdict = (typeof HANDOVER_VERDICTS)[number]
export type Verdict = (typeof VERDICTS)[number]

/** True for verdicts that ask for a takedown. */
export function isInfringing(verdict: Verdict): verdict is InfringingVerdict {
  return (INFRINGING_VERDICTS as readonly Verdict[]).includes(verdict)
}

/** True for answers that hand the case over. */
export function isHandover(verdict: Verdict): verdict is HandoverVerdict {
  return (HANDOVER_VERDICTS as readonly Verdict[]).includes(verdict)
}

/** Why a listing was released. */
export const RELEASE_REASONS = [
  'genuine',
  'authorised',
  'genuineUnauthorised',
  'notIp',
  'notOurs',
  'insufficientEvidence',
] as const
export type ReleaseReason = (typeof RELEASE_REASONS)[number]

/** On whose word a takedown rests. */
export const BASES = ['brandConfirmed', 'brandViaAccountManager', 'platformPolicy'] as const
export type Basis = (typeof BASES)[number]

/** Whose turn it is while a case waits. */
export const OWNERS = ['brand', 'accountManager', 'lead', 'marketplace', 'platform'] as const
export type Owner = (typeof OWNERS)[number]

/** Who may call. `system` is the service itself and never an API role. */
export const ROLES = [
  'monitor',
  'brandMember',
  'brandAdmin',
  'accountManager',
  'lead',
  'operator',
] as const
export type Role = (typeof ROLES)[number]

/** Who looks after a brand for the platform, and who steps in after them. */
export const STAFF_ROLES = ['accountManager', 'lead'] as const satisfies readonly Role[]
export type StaffRole = (typeof STAFF_ROLES)[number]

/** The roles that may answer by a link in a mail. */
export const ANSWERING_ROLES = [
  'brandMember',
  'accountManager',
  'lead',
] as const satisfies readonly Role[]
export type AnsweringRole = (typeof ANSWERING_ROLES)[number]

/** Who speaks for the brand itself. */
export const BRAND_ROLES = ['brandMember', 'brandAdmin'] as const satisfies readonly Role[]

/** True for the roles that speak for the brand itself. */
export function isBrandRole(role: Role | 'system' | undefined): boolean {
  return (BRAND_ROLES as readonly unknown[]).includes(role)
}

/** The way a message reached us. */
export const VIAS = ['api', 'batch', 'mailLink', 'temporalUi', 'system'] as const
export type Via = (typeof VIAS)[number]

/** The kind of right a verdict rests on. */
export const RIGHTS = [
  'trademark',
  'copyright',
  'design',
  'patent',
  'geographicalIndication',
] as const
export type Right = (typeof RIGHTS)[number]

/** What a decider saw that led to the verdict. */
export const INDICATORS = [
  'packaging',
  'serialNumber',
  'price',
  'seller',
  'pictures',
  'wording',
  'testBuy',
  'other',
] as const
export type Indicator = (typeof INDICATORS)[number]

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

/** The kinds of mail; each is grouped per contact. */
export const NOTICE_KINDS = [
  'asked',
  'reminder',
  'escalated',
  'decided',
  'takenDown',
  'withdrawn',
  'needsAttention',
  'lateAnswer',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]
