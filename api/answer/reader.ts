import {
  type AnsweringRole,
  isHandover,
  isInfringing,
  isReleasing,
  type Verdict,
  verdictsOf,
} from '../../domain/vocabulary.js'
import type { Locale } from '../../wording/vocabulary.js'

/** Who looks at the page. */
export interface PageReader {
  name: string
  role: AnsweringRole
  locale: Locale
  /** IANA zone that times are shown in. */
  timeZone: string
  /** The answers their link is for. */
  verdicts: readonly Verdict[]
}

/** What is wrong with what was sent, and the field it stands beside; `null` = none in particular. */
export interface FormError {
  field: string | null
  text: string
}

/** What was filled in, to be shown again beside what is missing. */
export interface Filled {
  verdict?: string
  explanation?: string
  question?: string
  proof?: string
  attestation?: boolean
  allowList?: boolean
  /** The cases that were selected, as their boxes have them. */
  cases?: readonly string[]
}

/** The answers a reader may give, by what follows from them. */
export function verdictsFor({ role, verdicts }: Pick<PageReader, 'role' | 'verdicts'>) {
  const given = verdictsOf(role).filter((verdict) => verdicts.includes(verdict))
  return {
    removing: given.filter(isInfringing),
    keeping: given.filter(isReleasing),
    handingOver: given.filter(isHandover),
  }
}
