import type { CaseEvent } from '../events.js'
import type { CaseState, MissedDeadline } from '../state.js'
import { rulesVersionOf } from '../case-policy.js'

/** As many missed deadlines as a case remembers; one returned again and again has more. */
const MAX_MISSED = 20

/**
 * The deadlines a case has seen pass without an answer, with the one that `event` says was missed:
 * the end of a window, or the first reminder of somebody whose attention it needs. Since rules
 * version 3.
 */
export function missedAfter(before: CaseState, event: CaseEvent): MissedDeadline[] | undefined {
  const { wait, missed = [] } = before
  const owner = wait?.owner
  const isTheirs = owner === 'brand' || owner === 'accountManager' || owner === 'lead'
  if (!wait || !isTheirs || rulesVersionOf(before) < 3 || !isMiss(before, event))
    return before.missed
  return [...missed, { owner, who: whoOf(before, owner), dueAt: wait.dueAt, at: event.at }].slice(
    -MAX_MISSED,
  )
}

/** The deadline that an open case has missed and nobody has made good; `null` while none is. */
export function overdueDeadline({
  phase,
  attention,
  missed = [],
}: CaseState): MissedDeadline | null {
  if (phase !== 'needsAttention' || !attention) return null
  return missed.find(({ at }) => at >= attention.since) ?? null
}

/** By when a case is to be dealt with: what was missed, however often somebody is reminded of it. */
export function deadlineOf(state: CaseState): number | null {
  return overdueDeadline(state)?.dueAt ?? state.wait?.dueAt ?? null
}

function isMiss(before: CaseState, event: CaseEvent): boolean {
  const isPast = (before.wait?.dueAt ?? Infinity) <= event.at
  switch (event.type) {
    case 'escalated':
      return event.data.cause === 'silence'
    case 'attentionNeeded':
      return event.data.attention.reason === 'silence' && isPast
    case 'closed':
      return event.data.ending.outcome === 'expired'
    case 'reminderSent':
      return before.phase === 'needsAttention' && isPast && overdueDeadline(before) === null
    default:
      return false
  }
}

function whoOf({ parties }: CaseState, owner: MissedDeadline['owner']): string | null {
  if (owner === 'brand') return null
  return owner === 'lead' ? parties.leadId : parties.accountManagerId
}
