import { Type } from 'typebox'
import { ROLES, VIAS } from '../domain/vocabulary.js'
import { Word } from './common.js'

/** Who did something, and by which way. */
export const ActorSchema = Type.Object({
  role: Word([...ROLES, 'system']),
  id: Type.String(),
  name: Type.Optional(Type.String()),
  former: Type.Optional(Type.Boolean()),
  via: Word(VIAS),
})

/** The same of an answer that came too late. */
export const LateActorSchema = Type.Object({
  role: Word(ROLES),
  id: Type.String(),
  name: Type.Optional(Type.String()),
  former: Type.Optional(Type.Boolean()),
})
