import { isBrandRole, type Role } from '../../domain/vocabulary.js'

/** Who reads: decides which internal texts and which names are shown. */
export type Reader = 'staff' | 'brand' | 'monitor'

/** The kind of reader a role is. */
export function readerOf(role: Role): Reader {
  if (role === 'monitor') return 'monitor'
  return isBrandRole(role) ? 'brand' : 'staff'
}

/** Names of keys, contacts and account managers, by the id of who acted. */
export type Names = ReadonlyMap<string, string>

/** Who acted, with their name where it is known. */
export function withName<A extends { id: string }>(actor: A, names: Names): A & { name?: string } {
  const name = names.get(actor.id)
  return name === undefined ? actor : { ...actor, name }
}
