import { addNote, type AddNoteMessage } from './message/add-note.js'
import { type Addressed, type Caller, TEMPORAL_UI_CALLER } from './message/caller.js'
import { closeManually, type CloseManuallyMessage } from './message/close-manually.js'
import type { DecideMessage } from './message/decide-message.js'
import { decide } from './message/decide.js'
import { extendDeadline, type ExtendDeadlineMessage } from './message/extend-deadline.js'
import { reassign, type ReassignMessage } from './message/reassign.js'
import { retryTakedown, type RetryTakedownMessage } from './message/retry-takedown.js'
import { returnToBrand, type ReturnToBrandMessage } from './message/return-to-brand.js'
import type { MessageRule } from './message/rule.js'
import { undecide, type UndecideMessage } from './message/undecide.js'
import { withdraw, type WithdrawMessage } from './message/withdraw.js'
import { decisionRepeat, type Repeat, requestRepeat } from './repeats.js'
import type { CaseState } from './state.js'
import type { MessageName } from '../vocabulary.js'

/** What can be asked of an open case, by update name. */
export interface CaseMessages extends Record<MessageName, Partial<Addressed>> {
  decide: DecideMessage
  undecide: UndecideMessage
  extendDeadline: ExtendDeadlineMessage
  reassign: ReassignMessage
  returnToBrand: ReturnToBrandMessage
  retryTakedown: RetryTakedownMessage
  closeManually: CloseManuallyMessage
  withdraw: WithdrawMessage
  addNote: AddNoteMessage
}

/** All there is to each: one row a message. What else knows the messages is made from it. */
export const MESSAGES: { readonly [N in MessageName]: MessageRule<CaseMessages[N]> } = {
  decide,
  undecide,
  extendDeadline,
  reassign,
  returnToBrand,
  retryTakedown,
  closeManually,
  withdraw,
  addNote,
}

/**
 * A message with its name, so that a `switch` narrows it. `requestId` is that of `repeats.ts`;
 * decisions have an id of their own.
 */
export type NamedMessage = {
  [N in MessageName]: { name: N; message: CaseMessages[N]; requestId?: string }
}[MessageName]

/** The row of a message, which takes that message. */
export function ruleOf({ name }: NamedMessage): MessageRule<NamedMessage['message']> {
  return MESSAGES[name]
}

/** Who sent the message: without a caller the user of the Temporal UI. */
export function callerOf(named: NamedMessage): Caller {
  return named.message.caller ?? TEMPORAL_UI_CALLER
}

/** The message if it has the form of its name, else what is wrong with it. */
export function readMessage<N extends MessageName>(
  name: N,
  given: unknown,
): { message: CaseMessages[N] } | { problem: string } {
  const problem = MESSAGES[name].form(given, `"${name}"`)
  return problem === null ? { message: given as CaseMessages[N] } : { problem }
}

/** Has this message been applied to the case, or something else under its id? */
export function repeatOf(state: CaseState, named: NamedMessage): Repeat {
  return named.name === 'decide'
    ? decisionRepeat(state, named.message)
    : requestRepeat(state, named.requestId)
}
