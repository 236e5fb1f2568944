import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import {
  AlreadyExists,
  LastAdmin,
  LastOperator,
  MakerRevoked,
  PositionExpired,
  ReplayRunning,
  StaleRevision,
  TooManyEndpoints,
  TooManyKeys,
} from '../store/store.js'
import { type FieldError, PROBLEM_TYPE, type ProblemCode, PROBLEMS } from '../contract/problems.js'
import { isDatabaseOutage, isTemporalOutage } from './outage.js'

/** What RFC 9457 calls extension members: what a caller needs to do better. */
export type Extensions = Record<string, unknown> & { errors?: FieldError[] }

/** A request that cannot be fulfilled; `detail` says what to do. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: ProblemCode
  readonly extensions: Extensions
  /** Seconds after which trying again makes sense. */
  readonly retryAfterS: number | undefined

  constructor(
    code: ProblemCode,
    detail: string,
    {
      extensions = {},
      retryAfterS,
      cause,
    }: { extensions?: Extensions; retryAfterS?: number; cause?: unknown } = {},
  ) {
    super(detail, { cause })
    this.code = code
    this.extensions = extensions
    this.retryAfterS = retryAfterS ?? (PROBLEMS[code].status === 503 ? 5 : undefined)
  }

  get status(): number {
    return PROBLEMS[this.code].status
  }

  /** The problem document (RFC 9457). */
  toBody(requestId?: string) {
    const { status, title } = PROBLEMS[this.code]
    return {
      type: `urn:joint-force:problem:${this.code}`,
      title,
      status,
      code: this.code,
      detail: this.message,
      ...(requestId ? { requestId } : {}),
      ...this.extensions,
    }
  }
}

/** The answer for whatever is absent or belongs to someone else; both look the same. */
export function notFound(what: string): ApiProblem {
  return new ApiProblem('not-found', `There is no such ${what}, or it is not yours to see.`)
}

/** The answer for something else under an id that was used before. */
export function otherContent(): ApiProblem {
  return new ApiProblem('other-content', 'This id was used for something else; use a new one.')
}

/** What was looked up. Throws `not-found` where there is nothing that the caller may see. */
export async function found<T>(what: string, lookUp: Promise<T | null>): Promise<T> {
  const thing = await lookUp
  if (thing === null) throw notFound(what)
  return thing
}

/** The problem behind any error. What we did not foresee becomes `internal` and tells nothing. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  if (error instanceof StaleRevision) {
    return new ApiProblem(
      'stale-revision',
      'Read it again, look at what changed, and send the new ETag as If-Match.',
    )
  }
  if (error instanceof LastOperator) {
    return new ApiProblem('last-operator', 'Make another operator’s key for everything first.')
  }
  if (error instanceof LastAdmin) {
    return new ApiProblem('last-admin', 'Make somebody else an administrator of the brand first.')
  }
  if (error instanceof TooManyKeys) {
    return new ApiProblem('too-many-keys', 'Revoke keys of the brand that are no longer needed.')
  }
  if (error instanceof TooManyEndpoints) {
    return new ApiProblem('too-many-webhooks', 'Remove endpoints that are no longer needed.')
  }
  if (error instanceof ReplayRunning) {
    return new ApiProblem(
      'replay-running',
      'Wait until it has ended; the endpoint shows how far it is.',
    )
  }
  if (error instanceof MakerRevoked) {
    return new ApiProblem('unauthenticated', 'This API key was revoked.')
  }
  if (error instanceof AlreadyExists) {
    return new ApiProblem(
      'already-exists',
      'Choose another id or address, or change the existing entry.',
    )
  }
  if (error instanceof PositionExpired) {
    return new ApiProblem(
      'cursor-expired',
      `${capitalised(error.message)}. List the cases once (GET /v1/cases), then go on with after=latest.`,
    )
  }
  if (isDatabaseOutage(error)) {
    return new ApiProblem(
      'record-unavailable',
      'The database does not answer; try again shortly.',
      {
        cause: error,
      },
    )
  }
  if (isTemporalOutage(error)) {
    return new ApiProblem('workflows-unavailable', 'Temporal does not answer; try again shortly.', {
      cause: error,
    })
  }
  return (
    fromFastify(error) ?? new ApiProblem('internal', 'Report the request id.', { cause: error })
  )
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function fromFastify(error: unknown): ApiProblem | null {
  if (!(error instanceof Error)) return null
  const { code, statusCode, validation, validationContext } = error as FastifyError
  if (validation) {
    return new ApiProblem(
      'invalid-request',
      `The ${validationContext ?? 'request'} does not fit.`,
      {
        extensions: { errors: fieldErrors(validation) },
      },
    )
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new ApiProblem('unsupported-media-type', 'Send the content type the contract names.')
  }
  if (code === 'FST_ERR_BAD_URL') {
    return new ApiProblem('invalid-request', 'The URL is not well-formed.')
  }
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') return notFound('path')
  if (statusCode === 413) return new ApiProblem('body-too-large', 'Send less at once.')
  if (statusCode === 400) {
    return new ApiProblem('malformed-body', 'Send a well-formed body.')
  }
  return null
}

/** Validation errors as field errors; the noise of alternatives that were not meant is left out. */
export function fieldErrors(
  errors: readonly {
    keyword: string
    instancePath: string
    message?: string
    params: Record<string, unknown>
  }[],
): FieldError[] {
  const [first] = errors
  const telling = errors.filter(({ keyword }) => keyword !== 'boolean')
  return (telling.length > 0 ? telling : first ? [first] : []).map((error) => ({
    pointer: error.instancePath,
    message: fieldMessage(error),
  }))
}

function fieldMessage({
  keyword,
  message = 'does not fit',
  params,
}: {
  keyword: string
  message?: string
  params: Record<string, unknown>
}): string {
  const list = (key: string) => (Array.isArray(params[key]) ? (params[key] as unknown[]) : [])
  switch (keyword) {
    case 'enum':
      return `must be one of: ${list('allowedValues').join(', ')}`
    case 'additionalProperties':
      return `has unknown fields: ${list('additionalProperties').join(', ')}`
    case 'required':
      return `lacks: ${list('requiredProperties').join(', ')}`
    default:
      return message
  }
}

/** Sends a problem as `application/problem+json`; errors on our side are logged with their cause. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const problem = problemOf(error)
  if (problem.status >= 500) {
    request.log.error({ err: problem.cause ?? problem, code: problem.code }, 'request failed')
  }
  if (problem.retryAfterS !== undefined) reply.header('retry-after', problem.retryAfterS)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply
    .code(problem.status)
    .header('content-type', `${PROBLEM_TYPE}; charset=utf-8`)
    .serializer(JSON.stringify)
    .send(problem.toBody(request.id))
}

/** For bytes that are no request, or one with too long headers: there is nothing yet to reply to. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const problem = new ApiProblem('invalid-request', 'Send HTTP, with headers of at most 16 KB.')
  const body = JSON.stringify(problem.toBody())
  const head = [
    'HTTP/1.1 400 Bad Request',
    `content-type: ${PROBLEM_TYPE}; charset=utf-8`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
