import { usageError } from './exit.js'
import { readJson, type Session } from './session.js'

/**
 * The body of a request: the fields of `file`, if one was given, and on top those given as options.
 * Throws a usage error when the file holds no object, or when there is nothing at all.
 */
export async function bodyOf(
  session: Session,
  file: string | undefined,
  fields: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const content = file === undefined ? {} : await readJson(session, file)
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw usageError(`${file ?? ''} does not hold a JSON object`)
  }
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  const body = { ...content, ...Object.fromEntries(given) }
  if (Object.keys(body).length === 0) throw usageError('Say what: --help lists the options.')
  return body
}
