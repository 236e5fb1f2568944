import { type Static, Type } from 'typebox'
import { CASE_EVENT_TYPES } from '../domain/vocabulary.js'
import { ActorSchema } from './actor.js'
import { Instant, Named, Word } from './common.js'

/** One entry of a case's record. */
export const EventSchema = Named(
  'CaseEvent',
  Type.Object({
    seq: Type.Integer(),
    at: Instant,
    type: Word(CASE_EVENT_TYPES),
    by: ActorSchema,
    data: Type.Record(Type.String(), Type.Unknown(), {
      description: 'The facts, by type; instants are ISO 8601.',
    }),
    hash: Type.String({ description: 'SHA-256 of the entry and its predecessor’s hash.' }),
  }),
)
export type PresentedEvent = Static<typeof EventSchema>
