import {
  HANDOVER_VERDICTS,
  INFRINGING_VERDICTS,
  isBrandRole,
  isForStaff,
  RELEASING_VERDICTS,
  type Role,
  type Verdict,
} from '../../domain/vocabulary.js'

/** What an answer leads to, in the order in which the groups are shown. */
export const CONSEQUENCES = ['removes', 'keeps', 'handsOver'] as const
export type Consequence = (typeof CONSEQUENCES)[number]

/** Verdicts that lead to the same. */
export interface VerdictGroup {
  consequence: Consequence
  verdicts: readonly Verdict[]
}

const VERDICTS_OF: Record<Consequence, readonly Verdict[]> = {
  removes: INFRINGING_VERDICTS,
  keeps: RELEASING_VERDICTS,
  handsOver: HANDOVER_VERDICTS,
}

/**
 * The answers a role can give, by what they lead to: a brand none of the platform's, staff none that
 * would hand the case to themselves. No group is empty.
 */
export function verdictGroups(role: Role): VerdictGroup[] {
  const isOpenTo = isBrandRole(role)
    ? (verdict: Verdict) => !isForStaff(verdict)
    : (verdict: Verdict) => !(HANDOVER_VERDICTS as readonly Verdict[]).includes(verdict)
  return CONSEQUENCES.map((consequence) => ({
    consequence,
    verdicts: VERDICTS_OF[consequence].filter(isOpenTo),
  })).filter(({ verdicts }) => verdicts.length > 0)
}

/** The keys of a row, one for each verdict, in the order in which a screen lists them. */
const KEYS = '1234567890-='

/** The key that chooses each verdict a role can give. */
export function verdictKeys(role: Role): ReadonlyMap<Verdict, string> {
  const listed = verdictGroups(role).flatMap(({ verdicts }) => verdicts)
  return new Map(listed.map((verdict, index) => [verdict, KEYS[index] ?? '']))
}

/** What a verdict leads to. */
export function consequenceOf(verdict: Verdict): Consequence {
  return CONSEQUENCES.find((each) => VERDICTS_OF[each].includes(verdict)) ?? 'keeps'
}
