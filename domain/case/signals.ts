import { type Happening, happening } from './events.js'
import type { SignalName } from '../vocabulary.js'
import type { CaseState } from './state.js'
import { readMessage } from './message-forms.js'

/** So many signals that do not fit are put on record; whoever sends more has been seen. */
const MAX_IGNORED_SIGNALS = 10
const MAX_DETAIL = 300

/** Why a signal is not for this case, whoever sent it; `null` when it is. */
export function misfitOf(state: CaseState, name: SignalName, given: unknown): string | null {
  const read = readMessage(name, given)
  if ('problem' in read) return read.problem
  if (!('sighting' in read.message)) return null
  const { brandId, listing } = read.message.sighting
  const isOwn =
    brandId === state.brandId &&
    listing.marketplace === state.marketplace &&
    listing.listingId === state.listing?.listingId
  return isOwn ? null : 'the sighting is of another listing or brand'
}

/** Puts on record that a signal was ignored, as long as the case is open and there are not too many. */
export function ignoredHappenings(
  state: CaseState,
  signal: SignalName,
  misfit: string,
): Happening[] {
  const { phase, ignoredSignals = 0 } = state
  if (phase === 'closed' || ignoredSignals >= MAX_IGNORED_SIGNALS) return []
  return [happening('signalIgnored', { signal, detail: misfit.slice(0, MAX_DETAIL) })]
}
