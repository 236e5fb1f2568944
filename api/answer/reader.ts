import {
  type AnsweringRole,
  HANDOVER_VERDICTS,
  INFRINGING_VERDICTS,
  isForStaff,
  RELEASING_VERDICTS,
  type Verdict,
} from '../../domain/vocabulary.js'
import type { Locale } from '../../wording/vocabulary.js'

/** Who looks at the page. */
export interface PageReader {
  name: string
  role: AnsweringRole
  locale: Locale
  /** IANA zone that times are shown in. */
  timeZone: string
}

/** What was filled in, to be shown again beside what is missing. */
export interface Filled {
  verdict?: string
  explanation?: string
  question?: string
  proof?: string
  attestation?: boolean
  allowList?: boolean
}

/** The answers a role may give. */
export function verdictsFor(role: AnsweringRole) {
  const isBrand = role === 'brandMember'
  return {
    removing: INFRINGING_VERDICTS as readonly Verdict[],
    keeping: (RELEASING_VERDICTS as readonly Verdict[]).filter(
      (verdict) => !isBrand || !isForStaff(verdict),
    ),
    handingOver: isBrand ? (HANDOVER_VERDICTS as readonly Verdict[]) : [],
  }
}
