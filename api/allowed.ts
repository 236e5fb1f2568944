import { allowedMessages } from '../domain/refusing.js'
import { type CaseAct, isReopenable } from '../domain/reopening.js'
import type { CaseRow } from '../store/store.js'
import { callerOf, type KeyHolder } from './authenticate.js'
import { MESSAGE_SCOPES, mayUse } from './scopes.js'
import type { BrandStanding } from './standing.js'

/** What the holder of a key can ask of a case now: by the case's rules, their role and their brand. */
export async function allowedFor(
  holder: KeyHolder,
  { state, reopenedBy }: Pick<CaseRow, 'state' | 'reopenedBy'>,
  { standing, now }: { standing: BrandStanding; now: () => number },
): Promise<CaseAct[]> {
  if (!(await standing.mayAct(holder.role, state.brandId))) return []
  const messages: CaseAct[] = allowedMessages(state, callerOf(holder), now())
  const mayBeReopened = reopenedBy === null && isReopenable(state)
  return [...messages, ...(mayBeReopened ? (['reopen'] as const) : [])].filter((name) =>
    mayUse(holder.role, MESSAGE_SCOPES[name]),
  )
}
