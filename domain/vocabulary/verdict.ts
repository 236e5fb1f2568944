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

/**
 * Every version there has been of the good-faith statement that goes with a confirmation: answers on
 * their way may have been given under an earlier one. The words of each are in wording/statements.ts.
 */
export const ATTESTATION_VERSIONS = ['2026-1'] as const
export type AttestationVersion = (typeof ATTESTATION_VERSIONS)[number]
/** The one people are asked to accept now. */
export const ATTESTATION_VERSION: AttestationVersion = '2026-1'
