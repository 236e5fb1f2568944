/** When somebody is away, and who stands in for them meanwhile. Instants are epoch ms; `until` is the first they are back. */
export interface Absence {
  from: number
  until: number
  /** The account manager or lead who stands in, by their id. */
  coverId: string
}

/** What of an account manager or lead it depends on who stands in for them. */
export interface Coverable {
  accountManagerId: string
  role: string
  active: boolean
  absence?: Absence | null
}

/** So many stand in for one another before somebody is asked who is away, too. */
const MAX_COVERS = 5

/** True while somebody is away. */
export function isAway({ absence }: Pick<Coverable, 'absence'>, now: number): boolean {
  return absence != null && absence.from <= now && now < absence.until
}

/**
 * Who acts in the place of `person` at `now`, where `find` knows the others: themselves while they are
 * there; else whoever covers for them, or for that one. Somebody who has left, does something else or
 * is away with nobody else to ask covers for nobody. It depends on nothing but the moment, so that
 * everything goes back to `person` by itself.
 */
export function inCharge<P extends Coverable>(
  person: P,
  find: (accountManagerId: string) => P | undefined,
  now: number,
): P {
  const seen = new Set([person.accountManagerId])
  let present = person
  while (isAway(present, now) && seen.size <= MAX_COVERS) {
    const next = find(present.absence?.coverId ?? '')
    const canCover = next?.active && next.role === person.role
    if (!next || !canCover || seen.has(next.accountManagerId)) break
    seen.add(next.accountManagerId)
    present = next
  }
  return isAway(present, now) ? person : present
}

/** For whom somebody acts at `now` besides themselves, by what `inCharge` says of each. */
export function coveredBy<P extends Coverable>(
  accountManagerId: string,
  everybody: readonly P[],
  now: number,
): P[] {
  const byId = new Map(everybody.map((one) => [one.accountManagerId, one]))
  const find = (id: string) => byId.get(id)
  return everybody.filter(
    (one) =>
      one.accountManagerId !== accountManagerId &&
      inCharge(one, find, now).accountManagerId === accountManagerId,
  )
}

/** Why an absence cannot be meant, or `null`. */
export function absenceProblem(
  { accountManagerId, role }: Pick<Coverable, 'accountManagerId' | 'role'>,
  { from, until }: Pick<Absence, 'from' | 'until'>,
  cover: Coverable | null,
  now: number,
): string | null {
  if (until <= from) return '"until" must lie after "from"'
  if (until <= now) return '"until" must lie ahead'
  if (cover?.accountManagerId === accountManagerId) return 'nobody covers for themselves'
  if (!cover?.active || cover.role !== role) return `the cover must be another active ${role}`
  return null
}
