import { type Static, Type } from 'typebox'
import {
  CASE_EVENT_TYPES,
  CLAUSES,
  OWNERS,
  PHASES,
  SILENCE_POLICIES,
  WINDOW_OWNERS,
} from '../domain/vocabulary.js'
import { ActorSchema } from './actor.js'
import { Instant, Named, Nullable, Word } from './common.js'

/** What of the brand's policy led to an entry. */
const ClauseSchema = Named(
  'Clause',
  Type.Object({
    name: Word(CLAUSES),
    policyVersion: Type.Integer(),
    path: Nullable(Type.String()),
    owner: Type.Optional(Word(WINDOW_OWNERS)),
    ms: Type.Optional(Type.Integer()),
    time: Type.Optional(Word(['clock', 'working'])),
    silence: Type.Optional(Word(SILENCE_POLICIES)),
  }),
)

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
    phase: Nullable(Word(PHASES)),
    owner: Nullable(Word(OWNERS)),
    clause: Nullable(
      ClauseSchema,
      'Why it happened, by the policy of the case; `null` where somebody did it or saw it, and for monitors.',
    ),
    hash: Type.String({ description: 'SHA-256 of the entry and its predecessor’s hash.' }),
  }),
)
export type PresentedEvent = Static<typeof EventSchema>
