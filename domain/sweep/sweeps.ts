import type { Caller } from '../case/message/caller.js'
import type { ReassignMessage } from '../case/message/reassign.js'
import { type WithdrawMessage, withdrawRefusal } from '../case/message/withdraw.js'
import type { CaseState } from '../case/state.js'
import { STAFF_ROLES, type StaffRole, type SweepFailureReason } from '../vocabulary.js'

// A sweep sends one message to many open cases. The cases are found in the order in which they were
// opened, so that those which open while it runs come last and are reached, too.

/** Withdraws what rests on one rule in one version alone. */
export interface RecallTask {
  kind: 'recall'
  rule: NonNullable<WithdrawMessage['rule']>
  reason: string
}

/** Gives the cases that are named to somebody. */
export interface ReassignTask {
  kind: 'reassign'
  caseIds: string[]
  role: StaffRole
  to: string
  reason?: string
}

/** Gives what one person looks after to another. */
export interface HandOverTask {
  kind: 'handOver'
  from: string
  to: string
  /** As what they look after it; whichever it is when absent. */
  role?: StaffRole
  /** Only that of this brand. */
  brandId?: string
  reason?: string
  /** Begins once they have left this role, in a revision of their entry after this one. */
  leaving?: { role: StaffRole; rev: number }
}

/**
 * Gives a brand's cases of one account manager, or of none, to whoever is its account manager now. A
 * case that was given to somebody else by hand is left to them.
 */
export interface BrandManagerTask {
  kind: 'brandManager'
  brandId: string
  from: string | null
  /** Begins once the brand has a revision after this one. */
  rev: number
}

/** What a sweep is to do. */
export type SweepTask = RecallTask | ReassignTask | HandOverTask | BrandManagerTask

/** As many cases as are named to one sweep, and as many failures as it lists: of those, every one. */
export const MAX_SWEPT_BY_NAME = 300
/** So many cases are found, and sent to, at a time. */
export const SWEEP_PAGE = 100
/** How long it waits before it tries again what it could not reach; a case is repaired within 5 min. */
export const SWEEP_PAUSES_MS: readonly number[] = [60_000, 300_000]

/** One case that a sweep failed to do what it should with; `detail` in words for people. */
export interface SweepFailure {
  caseId: string
  reason: SweepFailureReason
  detail: string
}

/** What became of the cases so far. */
export interface SweepProgress {
  /** How many cases there were when it began; `null` until they are counted. */
  total: number | null
  done: number
  /** Left as they are: already so, decided or closed meanwhile, or resting on something else, too. */
  kept: number
  failed: number
  /** The first `MAX_SWEPT_BY_NAME` of those. */
  failures: SweepFailure[]
}

/** A place among open cases in the order in which they were opened (`openedAt`: epoch ms). */
export interface OpenedPosition {
  openedAt: number
  caseId: string
}

/** Everything a sweep knows of where it is. */
export interface SweepStanding {
  progress: SweepProgress
  /** The cases to send to next. */
  left: string[]
  /** Where to look for more; `null` when there are none. */
  look: { after: OpenedPosition | null } | null
  /** What could not be reached and is tried again, */
  again: SweepFailure[]
  /** and how often that was done. */
  rounds: number
}

/** What became of a page of cases. */
export interface SweptPage {
  done: number
  kept: number
  failures: SweepFailure[]
  /** Could not be reached at the moment. */
  again: SweepFailure[]
}

/** Where a sweep begins. */
export function sweepStart(task: SweepTask): SweepStanding {
  const progress = { total: null, done: 0, kept: 0, failed: 0, failures: [] }
  const begun = { progress, left: [], look: null, again: [], rounds: 0 }
  if (task.kind !== 'reassign') return { ...begun, look: { after: null } }
  const left = [...new Set(task.caseIds)]
  return { ...begun, left, progress: { ...progress, total: left.length } }
}

/** After a page was found; the first says how many cases there are in all. */
export function afterFinding(
  standing: SweepStanding,
  found: { caseIds: string[]; next: OpenedPosition | null; total?: number },
): SweepStanding {
  const { caseIds, next, total = standing.progress.total } = found
  return {
    ...standing,
    progress: { ...standing.progress, total },
    left: caseIds,
    look: next && { after: next },
  }
}

/** After something was sent to the first `sent` of the cases that were left. */
export function afterSending(
  standing: SweepStanding,
  sent: number,
  page: SweptPage,
): SweepStanding {
  const { progress, rounds } = standing
  const again = [...standing.again, ...page.again]
  const lost = rounds < SWEEP_PAUSES_MS.length ? again.slice(MAX_SWEPT_BY_NAME) : again
  const failures = [...page.failures, ...lost]
  return {
    ...standing,
    left: standing.left.slice(sent),
    again: again.slice(0, again.length - lost.length),
    progress: {
      ...progress,
      done: progress.done + page.done,
      kept: progress.kept + page.kept,
      failed: progress.failed + failures.length,
      failures: [...progress.failures, ...failures].slice(0, MAX_SWEPT_BY_NAME),
    },
  }
}

/** Begins anew with what could not be reached. */
export function onceMore(standing: SweepStanding): SweepStanding {
  const left = standing.again.map(({ caseId }) => caseId)
  return { ...standing, left, again: [], rounds: standing.rounds + 1 }
}

/** Does it concern cases that somebody named, and expects to hear of one by one? */
export function isByName({ kind }: SweepTask): boolean {
  return kind === 'reassign'
}

/**
 * What a sweep says to a case, or `null` when that has nothing to hear. `to` is who is given it. The
 * case itself judges again, by the same rules.
 */
export function sweepMessage(
  task: SweepTask,
  state: CaseState,
  caller: Caller,
  to: string | null,
):
  | { name: 'withdraw'; message: WithdrawMessage }
  | { name: 'reassign'; message: ReassignMessage }
  | null {
  const { caseId } = state
  if (task.kind === 'recall') {
    const message = { caseId, caller, reason: task.reason, rule: task.rule }
    return withdrawRefusal(state, message, caller) ? null : { name: 'withdraw', message }
  }
  const role = roleToGive(task, state)
  if (to === null || role === null || holderOf(state, role) === to) return null
  const reason = reasonOf(task)
  const message = { caseId, caller, role, to, ...(reason === undefined ? {} : { reason }) }
  return { name: 'reassign', message }
}

function roleToGive(
  task: ReassignTask | HandOverTask | BrandManagerTask,
  state: CaseState,
): StaffRole | null {
  if (task.kind === 'reassign') return task.role
  const roles = rolesOf(task)
  return roles.find((role) => holderOf(state, role) === task.from) ?? null
}

/** As what somebody may look after the cases that are theirs to give. */
export function rolesOf(task: HandOverTask | BrandManagerTask): readonly StaffRole[] {
  if (task.kind === 'brandManager') return ['accountManager']
  return task.role === undefined ? STAFF_ROLES : [task.role]
}

function holderOf({ parties }: CaseState, role: StaffRole): string | null {
  return role === 'lead' ? parties.leadId : parties.accountManagerId
}

function reasonOf(task: ReassignTask | HandOverTask | BrandManagerTask): string | undefined {
  if (task.kind !== 'brandManager') return task.reason
  return `${task.brandId} has another account manager`
}
