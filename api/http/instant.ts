import { parseInstant } from '../../domain/form/instants.js'
import { ApiProblem } from '../errors.js'

/** An instant of a request; what is kept of it is `toISOString()`, never the text. */
export function instant(text: string, field: string): Date {
  const at = parseInstant(text)
  if (at !== null) return new Date(at)
  throw new ApiProblem('invalid-request', `${field} is not a moment that exists.`, {
    extensions: { errors: [{ pointer: `/${field}`, message: 'must be an ISO 8601 instant' }] },
  })
}
