import type { Caller, CaseMessages } from './messages.js'
import type { MessageName } from '../vocabulary.js'

/**
 * A message with its name, so that a `switch` narrows it. `requestId` is that of `repeats.ts`;
 * decisions have an id of their own.
 */
export type NamedMessage = {
  [N in MessageName]: { name: N; message: CaseMessages[N]; requestId?: string }
}[MessageName]

/** The user of the Temporal UI, whom nobody has authenticated (docs/operations.md). */
const TEMPORAL_UI_CALLER: Caller = {
  role: 'accountManager',
  id: 'temporal-ui',
  via: 'temporalUi',
  brandIds: '*',
  marketplaces: '*',
}

/** Who sent the message: without a caller the user of the Temporal UI. */
export function callerOf(named: NamedMessage): Caller {
  return named.message.caller ?? TEMPORAL_UI_CALLER
}
