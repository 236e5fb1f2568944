import { type Calendar, workingIntervals } from '../../domain/brand/calendar.js'
import type { NewOwner } from '../../domain/case/waiting/new-owner.js'
import type { WorkingIntervals } from '../../domain/brand/working-intervals.js'
import { publicDaysOf } from '../../platform/public-days.js'
import type { ActivityDependencies } from '../dependencies.js'

/** When somebody with that calendar works, from `fromMs` on, as UTC instants. */
export function workingTimeFrom(calendar: Calendar, fromMs: number): WorkingIntervals {
  return workingIntervals(calendar, fromMs, publicDaysOf(calendar, fromMs))
}

/** Reads when an account manager or lead works; `null` when nobody by that id is known. */
export function createReadWorkingTime({ store }: Pick<ActivityDependencies, 'store'>) {
  return async function readWorkingTime({
    who,
    fromMs,
  }: Omit<NewOwner, 'role'>): Promise<WorkingIntervals | null> {
    const person = await store.accountManagers.find(who)
    return person && workingTimeFrom(person.calendar, fromMs)
  }
}
