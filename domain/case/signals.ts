import { type Happening, happening } from './events.js'
import { asyncDecisionHappenings } from './handling.js'
import { decideForm, type DecideMessage } from './message/decide-message.js'
import { listingGone, type ListingGoneMessage } from './message/listing-gone.js'
import { noticeFailed } from './message/notice-failed.js'
import type { NoticeFailedMessage } from '../notice/unreachable.js'
import { type SignalRule, textAt } from './message/rule.js'
import { sightingAdded, type SightingAddedMessage } from './message/sighting-added.js'
import type { CaseState } from './state.js'
import type { SignalName } from '../vocabulary.js'

/** What a case is told without an answer, by signal name. */
export interface CaseSignals extends Record<SignalName, object> {
  decideAsync: DecideMessage
  sightingAdded: SightingAddedMessage
  noticeFailed: NoticeFailedMessage
  listingGone: ListingGoneMessage
}

/** A `decide` for later: nobody waits for its answer. */
const decideAsync: SignalRule<DecideMessage> = {
  form: decideForm,
  isPromised: true,
  isOnRecord: ({ answers }, { decisionId }) =>
    answers.some((answer) => answer.decisionId === decisionId),
  traceOf: (signal) => `decision ${textAt(signal, 'decisionId')}`,
  happenings: asyncDecisionHappenings,
}

/** All there is to each: one row a signal. */
export const SIGNALS: { readonly [N in SignalName]: SignalRule<CaseSignals[N]> } = {
  decideAsync,
  sightingAdded,
  noticeFailed,
  listingGone,
}

/** A signal with its name, so that a `switch` narrows it. */
export type NamedSignal = { [N in SignalName]: { name: N; signal: CaseSignals[N] } }[SignalName]

/** The row of a signal, which takes that signal. */
export function signalRuleOf({
  name,
}: Pick<NamedSignal, 'name'>): SignalRule<NamedSignal['signal']> {
  return SIGNALS[name]
}

/** The signal if it has the form of its name, else what is wrong with it. */
export function readSignal<N extends SignalName>(
  name: N,
  given: unknown,
): { signal: CaseSignals[N] } | { problem: string } {
  const problem = SIGNALS[name].form(given, `"${name}"`)
  return problem === null ? { signal: given as CaseSignals[N] } : { problem }
}

/** So many signals that do not fit are put on record; whoever sends more has been seen. */
const MAX_IGNORED_SIGNALS = 10
const MAX_DETAIL = 300

/** Why a signal is not for this case, whoever sent it; `null` when it is. */
export function misfitOf(state: CaseState, name: SignalName, given: unknown): string | null {
  const read = readSignal(name, given)
  if ('problem' in read) return read.problem
  return signalRuleOf({ name }).misfit?.(state, read.signal) ?? null
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
