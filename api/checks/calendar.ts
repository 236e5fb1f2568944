import { type Calendar, calendarProblem } from '../../domain/brand/calendar.js'
import { hasPublicDays } from '../../platform/public-days.js'
import { ApiProblem } from '../errors.js'

function countryProblem({ country }: Calendar): string | null {
  if (country === undefined || hasPublicDays(country)) return null
  return `no public holidays of "${country}" are known; name them as "holidays"`
}

/** Throws `invalid-value` when the rules could not work with this calendar. */
export function checkCalendar(calendar: Calendar): void {
  const problem = calendarProblem(calendar) ?? countryProblem(calendar)
  if (problem === null) return
  throw new ApiProblem('invalid-value', problem, {
    extensions: { errors: [{ pointer: '/calendar', message: problem }] },
  })
}
