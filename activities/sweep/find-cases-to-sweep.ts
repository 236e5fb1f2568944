import { activityInfo, ApplicationFailure } from '@temporalio/activity'
import { ApplicationFailureCategory } from '@temporalio/common'
import { MINUTE_MS } from '../../domain/brand/calendar.js'
import type { Caller } from '../../domain/case/message/caller.js'
import {
  type OpenedPosition,
  rolesOf,
  SWEEP_PAGE,
  type SweepTask,
} from '../../domain/sweep/sweeps.js'
import { type CaseFilter, EVERYTHING } from '../../store/store.js'
import type { ActivityDependencies } from '../dependencies.js'

/** A change that has not been saved by then was refused, or never came. */
const SAVED_WITHIN_MS = MINUTE_MS

/** The next open cases that a sweep concerns, within the caller's brands and marketplaces. */
export function createFindCasesToSweep({ store }: Pick<ActivityDependencies, 'store'>) {
  return async function findCasesToSweep(
    task: SweepTask,
    caller: Caller,
    after: OpenedPosition | null,
  ): Promise<{ caseIds: string[]; next: OpenedPosition | null; total?: number }> {
    const isFirst = after === null
    if (isFirst && !(await isUnderWay(task))) return { caseIds: [], next: null, total: 0 }
    const filter = filterOf(task)
    const found = await store.cases.openInOrder(caller, filter, after, SWEEP_PAGE)
    return {
      caseIds: found.map(({ caseId }) => caseId),
      next: found.length < SWEEP_PAGE ? null : (found.at(-1) ?? null),
      ...(isFirst ? { total: await store.cases.countOpen(caller, filter) } : {}),
    }
  }

  /** Has the change come that the sweep follows? Throws while it still may. */
  async function isUnderWay(task: SweepTask): Promise<boolean> {
    if (task.kind === 'brandManager') {
      const brand = await store.brands.find(EVERYTHING, task.brandId)
      return isSaved(brand, task)
    }
    if (task.kind !== 'handOver' || !task.leaving) return true
    const { leaving, from } = task
    const person = await store.accountManagers.find(from)
    if (!isSaved(person, leaving)) return false
    return !person?.active || person.role !== leaving.role
  }
}

function isSaved(entry: { rev: number } | null, { rev }: { rev: number }): boolean {
  if (!entry || entry.rev > rev) return entry !== null
  const { scheduledTimestampMs } = activityInfo()
  if (Date.now() - scheduledTimestampMs > SAVED_WITHIN_MS) return false
  throw ApplicationFailure.create({
    message: 'the change that this follows is not saved yet',
    type: 'NotSavedYet',
    category: ApplicationFailureCategory.BENIGN,
  })
}

function filterOf(task: SweepTask): CaseFilter {
  switch (task.kind) {
    case 'recall':
      return { ruleId: task.rule.ruleId }
    case 'handOver':
    case 'brandManager':
      return {
        holder: { id: task.from, roles: rolesOf(task) },
        ...(task.brandId === undefined ? {} : { brandId: task.brandId }),
      }
    case 'reassign':
      throw ApplicationFailure.nonRetryable('its cases are named; there are none to find')
  }
}
