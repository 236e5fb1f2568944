import { type ProblemCode, PROBLEMS } from '../contract/problems.js'

/** The API refused a request. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal'
  readonly status: number
  /** The problem's stable code; `unknown` for one that this release does not know. */
  readonly code: ProblemCode | 'unknown'
  /** What RFC 9457 calls the problem's members, for who wants to know more. */
  readonly problem: Readonly<Record<string, unknown>>

  /** `because`: why no further attempt is made, where one could have helped. */
  constructor(
    what: string,
    status: number,
    problem: Readonly<Record<string, unknown>>,
    because = '',
  ) {
    super(`${what}: ${inWords(status, problem)}${because === '' ? '' : `; ${because}`}`)
    this.status = status
    this.code = codeOf(problem)
    this.problem = problem
  }
}

/** Nobody answered at the API's address, or something that is not the API. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable'
  /** Of an answer that is none of the API's. */
  readonly status: number | undefined

  constructor(message: string, { status, cause }: { status?: number; cause?: unknown } = {}) {
    super(message, { cause })
    this.status = status
  }
}

/** A refusal on one line: `HTTP 503 overloaded: Too much at once`. */
export function inWords(status: number, problem: Readonly<Record<string, unknown>> | null): string {
  if (!problem) return `HTTP ${status}`
  const { code, detail = 'no reason given' } = problem
  return `HTTP ${status} ${String(code)}: ${String(detail)}`
}

function codeOf({ code }: Readonly<Record<string, unknown>>): ProblemCode | 'unknown' {
  return typeof code === 'string' && Object.hasOwn(PROBLEMS, code)
    ? (code as ProblemCode)
    : 'unknown'
}
