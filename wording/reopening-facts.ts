import type { Reopening } from '../domain/case/state.js'
import { type Locale, wordsFor } from './vocabulary.js'

/** One thing to know of the closed case that another one takes up again. */
export interface ReopeningFact {
  label: string
  /** As it was written where a person wrote it: whoever shows it makes it safe. */
  value: string
}

/** Why a case is taken up again, how it had ended, and on whose word; in that order. */
export function reopeningFacts(
  { reason, ending, decision }: Pick<Reopening, 'reason' | 'ending' | 'decision'>,
  locale: Locale,
): ReopeningFact[] {
  const { reopened, outcomes, verdicts, roles } = wordsFor(locale)
  const role = decision?.by.role
  const verdict = decision && verdicts[decision.verdict].label
  const said = verdict && role && role !== 'system' ? reopened.by(verdict, roles[role]) : verdict
  return [
    { label: reopened.because, value: reason },
    { label: reopened.outcome, value: outcomes[ending.outcome] },
    ...(said ? [{ label: reopened.answer, value: said }] : []),
  ]
}
