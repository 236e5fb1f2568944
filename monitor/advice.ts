import { ApiRefusal, ApiUnreachable } from '../client/errors.js'
import { messageOf } from '../platform/message-of.js'

const WHAT_TO_DO: Partial<Record<number, string>> = {
  401: 'the API key is missing, wrong or withdrawn; give a valid one',
  403: 'the API key may not report these cases; it needs the role "monitor"',
  404: 'there is no such service here; check the address',
}
const MAX_CHARS = 400

/** What stopped a run, and what whoever runs it can do about it. */
export function adviceFor(error: unknown): string {
  const isOfApi = error instanceof ApiRefusal || error instanceof ApiUnreachable
  const advice = isOfApi ? WHAT_TO_DO[error.status ?? 0] : undefined
  const why = messageOf(error).slice(0, MAX_CHARS)
  return advice === undefined ? why : `${why}; ${advice}`
}
