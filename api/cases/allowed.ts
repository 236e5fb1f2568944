import { allowedMessages } from '../../domain/case/refusing.js'
import type { CaseAct } from '../../domain/vocabulary.js'
import { isReopenable } from '../../domain/case/reopening.js'
import { SUPERSEDED_MESSAGES } from '../../domain/case/superseding.js'
import type { CaseRow } from '../../store/store.js'
import { type ApiCaller, senderOf } from '../callers/caller.js'
import { mayUse, scopeOf } from '../callers/scopes.js'
import type { BrandStanding } from '../callers/brand-standing.js'

/**
 * What a caller can ask of a case now: by the case's rules, their role and their brand, and
 * while it waits for another case of its listing (`supersededBy`).
 */
export async function allowedFor(
  caller: ApiCaller,
  {
    state,
    reopenedBy,
    supersededBy = null,
  }: Pick<CaseRow, 'state' | 'reopenedBy'> & { supersededBy?: string | null },
  { standing, now }: { standing: BrandStanding; now: () => number },
): Promise<CaseAct[]> {
  if (!(await standing.mayAct(caller.role, state.brandId))) return []
  const isWaiting = supersededBy !== null && state.phase !== 'closed'
  const messages: CaseAct[] = allowedMessages(state, senderOf(caller), now()).filter(
    (name) => !isWaiting || SUPERSEDED_MESSAGES.includes(name),
  )
  const mayBeReopened = reopenedBy === null && isReopenable(state)
  return [...messages, ...(mayBeReopened ? (['reopen'] as const) : [])].filter((name) =>
    mayUse(caller.role, scopeOf(name)),
  )
}
