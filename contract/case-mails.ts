import { type Static, Type } from 'typebox'
import { MAIL_RESULTS, NOTICE_KINDS } from '../domain/vocabulary.js'
import { Instant, Named, Word } from './common.js'

/** A mail about a case. */
export const CaseMailSchema = Named(
  'CaseMail',
  Type.Object({
    kind: Word(NOTICE_KINDS),
    sentAt: Instant,
    to: Type.Object({
      id: Type.String(),
      name: Type.Optional(Type.String()),
      former: Type.Optional(Type.Boolean()),
    }),
    result: Word(MAIL_RESULTS),
    resultAt: Instant,
    detail: Type.Optional(Type.String()),
  }),
)
export type CaseMail = Static<typeof CaseMailSchema>
