import { Type } from 'typebox'
import { isBrandRole, type Role, ROLES, VIAS } from '../domain/vocabulary.js'
import { Word } from './common.js'

/** Who reads: decides which internal texts and which names are shown. */
export type Reader = 'staff' | 'brand' | 'monitor'

/** The kind of reader a role is. */
export function readerOf(role: Role): Reader {
  if (role === 'monitor') return 'monitor'
  return isBrandRole(role) ? 'brand' : 'staff'
}

/** Names of keys, contacts and account managers, by the id of who acted. */
export type Names = ReadonlyMap<string, string>

/** Who did something, and by which way. */
export const ActorSchema = Type.Object({
  role: Word([...ROLES, 'system']),
  id: Type.String(),
  name: Type.Optional(Type.String()),
  via: Word(VIAS),
})

/** The same of an answer that came too late. */
export const LateActorSchema = Type.Object({
  role: Word(ROLES),
  id: Type.String(),
  name: Type.Optional(Type.String()),
})

/** Who acted, with their name where it is known. */
export function withName<A extends { id: string }>(actor: A, names: Names): A & { name?: string } {
  const name = names.get(actor.id)
  return name === undefined ? actor : { ...actor, name }
}
