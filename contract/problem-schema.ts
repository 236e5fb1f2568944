import { type Static, Type } from 'typebox'
import { ROLES, VERDICTS } from '../domain/vocabulary.js'
import { Instant, Named, Word } from './common.js'

/** Who decided, for somebody whose own answer came later. */
export const WinnerSchema = Named(
  'Winner',
  Type.Object(
    {
      decisionId: Type.String(),
      verdict: Word(VERDICTS),
      role: Word([...ROLES, 'system']),
      id: Type.String(),
      name: Type.Optional(Type.String()),
      former: Type.Optional(Type.Literal(true)),
      decidedAt: Instant,
    },
    { description: 'Whose decision stands; in refusals that came up against one.' },
  ),
)
export type Winner = Static<typeof WinnerSchema>

/** What every refusal looks like (RFC 9457). */
export const ProblemSchema = Named(
  'Problem',
  Type.Object(
    {
      type: Type.String(),
      title: Type.String(),
      status: Type.Integer(),
      code: Type.String(),
      detail: Type.String(),
      requestId: Type.Optional(Type.String()),
      winner: Type.Optional(WinnerSchema),
      errors: Type.Optional(
        Type.Array(Type.Object({ pointer: Type.String(), message: Type.String() })),
      ),
    },
    { additionalProperties: true, description: 'RFC 9457 problem; decide by `code`.' },
  ),
)
