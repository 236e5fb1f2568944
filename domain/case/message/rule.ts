import type { Form } from '../../form/forms.js'
import type { Happening } from '../events.js'
import type { Actor, CaseState } from '../state.js'
import type { Addressed, Caller } from './caller.js'
import type { Refuse } from './reply.js'
import type { MessageScope } from './senders.js'

/** All there is to one message to an open case: a row of `MESSAGES` (domain/case/messages.ts). */
export interface MessageRule<M extends Partial<Addressed>> {
  /** Shown beside the update in the Temporal UI. */
  description: string
  /**
   * What it must look like. Whoever can reach Temporal can send anything, so nothing is read before
   * it has been compared; the limits are those of its route's schema.
   */
  form: Form
  /** The scope a key needs. */
  scope: MessageScope
  /** True where the unauthenticated user of the Temporal UI may send it, without a caller. */
  isForTemporalUi?: true
  /** What a repetition is recognised by: an answer's own id, or the id of its request (repeats.ts). */
  knownBy: 'decisionId' | 'requestId'
  /** True where it is taken while the takedown is being stopped. */
  isTakenWhileStopping?: true
  /** How a manager sends it, in Markdown, where it can unblock a case. */
  toUnblock?(caseId: string): string
  /** Of every such message the one that is refused least: by it is found out what is possible. */
  probes(state: CaseState, to: Addressed, now: number): M[]
  /** Why it may not be applied, or `null`. Access to the case was checked before. */
  refusal(state: CaseState, message: M, caller: Caller, now: number): Refuse | null
  /** What follows from one that was not refused. */
  happenings(state: CaseState, message: M, by: Actor, now: number): Happening[]
}

/** All there is to one signal: a row of `SIGNALS` (domain/case/signals.ts). It cannot be refused. */
export interface SignalRule<S> {
  form: Form
  /** Why one that has the form is not for this case; `null` when it is. */
  misfit?(state: CaseState, signal: S): string | null
  /** True for what somebody was told is kept: it is applied again where a run starts over. */
  isPromised?: true
  /** True when what is sent again from an earlier run is on record already. */
  isOnRecord?(state: CaseState, signal: S): boolean
  /** What the record knows it by; `null` for no id of its own. Anything may have been sent. */
  traceOf(signal: unknown): string | null
  /** What follows from it: what does not apply is recorded or ignored. */
  happenings(state: CaseState, signal: S, now: number): Happening[]
}

/** The text at that path; signals can have any content. */
export function textAt(given: unknown, ...path: readonly string[]): string {
  const found = path.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | null | undefined)?.[name],
    given,
  )
  return typeof found === 'string' ? found : ''
}
