import { Type } from 'typebox'
import { Named } from './common.js'

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
      errors: Type.Optional(
        Type.Array(Type.Object({ pointer: Type.String(), message: Type.String() })),
      ),
    },
    { additionalProperties: true, description: 'RFC 9457 problem; decide by `code`.' },
  ),
)
