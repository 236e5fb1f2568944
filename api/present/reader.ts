import { isBrandRole, type Role } from '../../domain/vocabulary.js'

/** Who reads: decides which internal texts and which names are shown. */
export type Reader = 'staff' | 'brand' | 'monitor'

/** The kind of reader a role is. */
export function readerOf(role: Role): Reader {
  if (role === 'monitor') return 'monitor'
  return isBrandRole(role) ? 'brand' : 'staff'
}

/** What somebody is called; `former` when they are not with us any more. */
export interface KnownName {
  name: string
  former?: true
}

/** Names of people, keys, contacts and account managers, by the id of who acted. */
export type Names = ReadonlyMap<string, KnownName>

/** Who acted, with their name where it is known. */
export function withName<A extends { id: string }>(actor: A, names: Names): A & Partial<KnownName> {
  return { ...actor, ...names.get(actor.id) }
}
