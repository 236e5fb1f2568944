import { type Happening, happening } from './events.js'
import type { CaseState } from './state.js'
import { knownSeverity, type Severity } from '../vocabulary.js'

const MAX_SHOWN = 40

/**
 * Gives a case a severity that is one, in place of what an earlier version took; says so on its
 * record. Nothing for any other case. Its deadline stays as it is.
 */
export function assumedSeverityHappenings({ severity, phase }: CaseState): Happening[] {
  const to = knownSeverity(severity)
  if (to === severity || phase === 'opening' || phase === 'closed') return []
  return [happening('severityRaised', { from: severity, to }), assumedNote(severity)]
}

/** The same case with a severity that rules can look up; for judging only. */
export function withKnownSeverity(state: CaseState): CaseState {
  const severity = knownSeverity(state.severity)
  return severity === state.severity ? state : { ...state, severity }
}

/** What the record says of a severity that is none. */
export function assumedNote(given: Severity): Happening {
  const shown = JSON.stringify(given).slice(0, MAX_SHOWN)
  return happening('noteAdded', {
    text: `An earlier version took ${shown} for a severity; the case is handled as ${knownSeverity(given)}.`,
    audience: 'internal',
  })
}
