import type { MessageName } from '../domain/case-messages.js'
import type { CaseState } from '../domain/case-state.js'
import { allowedMessages } from '../domain/refusing.js'
import { callerOf, type KeyHolder } from './authenticate.js'
import { MESSAGE_SCOPES, mayUse } from './scopes.js'
import type { BrandStanding } from './standing.js'

/** What the holder of a key can ask of a case now: by the case's rules, their role and their brand. */
export async function allowedFor(
  holder: KeyHolder,
  state: CaseState,
  { standing, now }: { standing: BrandStanding; now: () => number },
): Promise<MessageName[]> {
  if (!(await standing.mayAct(holder.role, state.brandId))) return []
  return allowedMessages(state, callerOf(holder), now()).filter((name) =>
    mayUse(holder.role, MESSAGE_SCOPES[name]),
  )
}
