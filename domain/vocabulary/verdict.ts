import type { AnsweringRole } from './people.js'

/** What a verdict leads to, why that releases a listing, and whether only staff may give it. */
interface VerdictRow {
  leadsTo: 'takedown' | 'release' | 'handover'
  reason?: string
  isForStaff?: true
}

/** Every answer there is to "does this listing infringe?"; its words are in wording/<locale>/vocabulary.ts. */
const VERDICT_ROWS = {
  counterfeit: { leadsTo: 'takedown' },
  markMisuse: { leadsTo: 'takedown' },
  copyright: { leadsTo: 'takedown' },
  designOrPatent: { leadsTo: 'takedown' },
  genuine: { leadsTo: 'release', reason: 'genuine' },
  authorisedSeller: { leadsTo: 'release', reason: 'authorised' },
  genuineUnauthorisedSeller: { leadsTo: 'release', reason: 'genuineUnauthorised' },
  notIpMatter: { leadsTo: 'release', reason: 'notIp' },
  notOurs: { leadsTo: 'release', reason: 'notOurs' },
  insufficientEvidence: { leadsTo: 'release', reason: 'insufficientEvidence', isForStaff: true },
  unsure: { leadsTo: 'handover' },
  needInfo: { leadsTo: 'handover' },
} as const satisfies Record<string, VerdictRow>

export type Verdict = keyof typeof VERDICT_ROWS
type LeadingTo<C extends VerdictRow['leadsTo']> = {
  [V in Verdict]: (typeof VERDICT_ROWS)[V]['leadsTo'] extends C ? V : never
}[Verdict]
export type InfringingVerdict = LeadingTo<'takedown'>
export type ReleasingVerdict = LeadingTo<'release'>
export type HandoverVerdict = LeadingTo<'handover'>

export const VERDICTS = Object.keys(VERDICT_ROWS) as readonly Verdict[]
/** Verdicts that ask for a takedown. */
export const INFRINGING_VERDICTS = leadingTo('takedown')
/** Verdicts that release the listing. */
export const RELEASING_VERDICTS = leadingTo('release')
/** Answers that never win: they hand the case to the account manager. */
export const HANDOVER_VERDICTS = leadingTo('handover')

function leadingTo<C extends VerdictRow['leadsTo']>(consequence: C): readonly LeadingTo<C>[] {
  return VERDICTS.filter((verdict) => VERDICT_ROWS[verdict].leadsTo === consequence) as never
}

/** True for verdicts that ask for a takedown. */
export function isInfringing(verdict: Verdict): verdict is InfringingVerdict {
  return (INFRINGING_VERDICTS as readonly Verdict[]).includes(verdict)
}

/** True for verdicts that release the listing. */
export function isReleasing(verdict: Verdict): verdict is ReleasingVerdict {
  return (RELEASING_VERDICTS as readonly Verdict[]).includes(verdict)
}

/** True for answers that hand the case over. */
export function isHandover(verdict: Verdict): verdict is HandoverVerdict {
  return (HANDOVER_VERDICTS as readonly Verdict[]).includes(verdict)
}

/** True for verdicts of the platform, which account managers and leads give in their own right only. */
export function isForStaff(verdict: Verdict): boolean {
  const row: VerdictRow = VERDICT_ROWS[verdict]
  return row?.isForStaff === true
}

/** The answers that somebody in a role may give: a brand's are not those of the platform, nor the other way round. */
export function verdictsOf(role: AnsweringRole): readonly Verdict[] {
  return role === 'brandMember'
    ? VERDICTS.filter((verdict) => !isForStaff(verdict))
    : VERDICTS.filter((verdict) => !isHandover(verdict))
}

export type ReleaseReason = (typeof VERDICT_ROWS)[ReleasingVerdict]['reason']
/** Why each releasing verdict releases a listing. */
export const RELEASE_REASON_OF = Object.fromEntries(
  RELEASING_VERDICTS.map((verdict) => [verdict, VERDICT_ROWS[verdict].reason]),
) as Readonly<Record<ReleasingVerdict, ReleaseReason>>
/** Why a listing was released. */
export const RELEASE_REASONS: readonly ReleaseReason[] = Object.values(RELEASE_REASON_OF)

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
