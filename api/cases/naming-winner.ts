import type { Winner } from '../../domain/case/message/reply.js'
import type { Role } from '../../domain/vocabulary.js'
import type { NamesOf } from '../callers/actor-names.js'
import { ApiProblem } from '../errors.js'
import { type KnownName, readerOf, withName } from '../present/reader.js'

/** Who was first, by name where the reader may see it. */
export type NamedWinner = Winner & Partial<KnownName>

/** The refusal `error`, in which who was first has the name that `role` may see; anything else as it is. */
export async function namingWinner(error: Error, role: Role, namesOf: NamesOf): Promise<Error> {
  const winner = winnerIn(error)
  if (!(error instanceof ApiProblem) || winner === null) return error
  const names = await namesOf(readerOf(role), [winner])
  const { code, message, extensions, retryAfterS, cause } = error
  return new ApiProblem(code, message, {
    extensions: { ...extensions, winner: withName(winner, names) },
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
    cause,
  })
}

/** Who was first, as a refusal of the gateway tells of it: it knows before the record does. */
export function winnerIn(error: unknown): NamedWinner | null {
  if (!(error instanceof ApiProblem)) return null
  return (error.extensions['winner'] as NamedWinner | undefined) ?? null
}
