import { allowedMessages } from '../../domain/case/refusing.js'
import type { CaseAct } from '../../domain/vocabulary.js'
import { isReopenable } from '../../domain/case/reopening.js'
import { SUPERSEDED_MESSAGES } from '../../domain/case/superseding.js'
import type { CaseRow } from '../../store/store.js'
import { callerOf, type KeyHolder } from '../callers/authenticate.js'
import { mayUse, scopeOf } from '../callers/scopes.js'
import type { BrandStanding } from '../callers/brand-standing.js'

/**
 * What the holder of a key can ask of a case now: by the case's rules, their role and their brand, and
 * while it waits for another case of its listing (`supersededBy`).
 */
export async function allowedFor(
  holder: KeyHolder,
  {
    state,
    reopenedBy,
    supersededBy = null,
  }: Pick<CaseRow, 'state' | 'reopenedBy'> & { supersededBy?: string | null },
  { standing, now }: { standing: BrandStanding; now: () => number },
): Promise<CaseAct[]> {
  if (!(await standing.mayAct(holder.role, state.brandId))) return []
  const isWaiting = supersededBy !== null && state.phase !== 'closed'
  const messages: CaseAct[] = allowedMessages(state, callerOf(holder), now()).filter(
    (name) => !isWaiting || SUPERSEDED_MESSAGES.includes(name),
  )
  const mayBeReopened = reopenedBy === null && isReopenable(state)
  return [...messages, ...(mayBeReopened ? (['reopen'] as const) : [])].filter((name) =>
    mayUse(holder.role, scopeOf(name)),
  )
}
