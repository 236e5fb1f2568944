import type { ApiCaller } from './caller.js'
import type { RecentPeople } from './recent-people.js'

/** The account manager or lead that somebody who is signed in is; `null` for everybody else, and for keys. */
export async function ownStaffId(
  { persons }: Pick<RecentPeople, 'persons'>,
  { session }: Pick<ApiCaller, 'session'>,
): Promise<string | null> {
  if (!session) return null
  return (await persons.get(session.personId))?.accountManagerId ?? null
}
