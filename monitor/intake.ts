import { setTimeout as wait } from 'node:timers/promises'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { Agent, request } from 'undici'
import { parseJson } from '../platform/parse-json.js'
import type { ReportedCase } from './new-case.js'

/** What the API takes in one request. */
export const MAX_BATCH = 1000
/** Far more than 1,000 answers need. */
const MAX_REPLY_BYTES = 16 * 1024 * 1024
const MAX_ERROR_CHARS = 300

const ItemSchema = Type.Object({
  index: Type.Integer({ minimum: 0 }),
  result: Type.Union([
    Type.Literal('opened'),
    Type.Literal('duplicate'),
    Type.Literal('alreadyAnswered'),
    Type.Literal('rejected'),
  ]),
  caseId: Type.Optional(Type.String()),
  previousCaseId: Type.Optional(Type.String()),
  problem: Type.Optional(
    Type.Object({ status: Type.Integer(), code: Type.String(), detail: Type.String() }),
  ),
})
const isReply = Compile(Type.Object({ results: Type.Array(ItemSchema) }))
const isProblem = Compile(Type.Object({ code: Type.String(), detail: Type.String() }))

/** What became of one reported case. */
export type IntakeAnswer = Omit<Static<typeof ItemSchema>, 'index'>

/** The API did not take a batch; the message says why and what to do. Nothing of it is certain. */
class IntakeError extends Error {
  override readonly name = 'IntakeError'
}

/** How long a batch is tried while the service is busy or away. */
export interface RetryPolicy {
  /** Requests for one batch, the first included. */
  attempts: number
  /** Wait before the second request; it doubles each time, up to `maxWaitMs`. */
  firstWaitMs: number
  maxWaitMs: number
  /** A `Retry-After` beyond this ends the run instead of holding it. */
  maxRetryAfterMs: number
}

const DEFAULT_RETRY: RetryPolicy = {
  attempts: 8,
  firstWaitMs: 500,
  maxWaitMs: 15_000,
  maxRetryAfterMs: 120_000,
}

/** Where the API is, and as whom to report. */
export interface IntakeOptions {
  /** Where the API is, without `/v1`. */
  url: string
  /** API key of the monitor. */
  key: string
  /** Limit of one request. */
  timeoutMs?: number
  retry?: Partial<RetryPolicy>
  /** Told before each wait: why, and how long it is. */
  onWait?: (why: string, waitMs: number) => void
}

/** The way into the service. */
export interface Intake {
  /**
   * Reports cases and gives an answer for each, in their order. Asks again while the service is
   * busy, cannot be reached or answers an item "not now"; safe because every case has an
   * `externalId`. Throws `IntakeError` when it gives up, and the signal's reason when aborted.
   */
  report(cases: readonly ReportedCase[], signal?: AbortSignal): Promise<IntakeAnswer[]>
  close(): Promise<void>
}

type Attempt = { answers: IntakeAnswer[] } | { busy: string; retryAfterMs?: number }

/** A way in; `close` it after use. */
export function openIntake(options: IntakeOptions): Intake {
  const { key, timeoutMs = 60_000 } = options
  const retry = { ...DEFAULT_RETRY, ...options.retry }
  const address = `${options.url.replace(/\/+$/, '')}/v1/cases:batch`
  const agent = new Agent({ connections: 1, maxResponseSize: MAX_REPLY_BYTES })

  async function report(cases: readonly ReportedCase[], signal?: AbortSignal) {
    const answers = new Map<number, IntakeAnswer>()
    let open = cases.map((_, index) => index)
    for (let attempt = 1; open.length > 0; attempt += 1) {
      const tried = await send(
        open.flatMap((index) => cases[index] ?? []),
        signal,
      )
      if ('answers' in tried) {
        tried.answers.forEach((answer, place) => answers.set(open[place] ?? 0, answer))
        open = open.filter((index) => isTemporary(answers.get(index)))
      } else if (attempt >= retry.attempts) {
        throw new IntakeError(`${address}: ${tried.busy}; gave up after ${attempt} attempts`)
      }
      if (attempt >= retry.attempts || open.length === 0) break
      const waitMs = pause(attempt, 'busy' in tried ? tried : {})
      const why = 'busy' in tried ? tried.busy : `${open.length} cases could not be taken yet`
      options.onWait?.(`${address}: ${why}`, waitMs)
      await wait(waitMs, undefined, signal && { signal })
    }
    return cases.map((_, index) => answers.get(index) ?? fail('left out an answer'))
  }

  function pause(
    attempt: number,
    { busy, retryAfterMs }: { busy?: string; retryAfterMs?: number },
  ) {
    if (retryAfterMs === undefined) {
      return Math.min(retry.firstWaitMs * 2 ** (attempt - 1), retry.maxWaitMs)
    }
    if (retryAfterMs <= retry.maxRetryAfterMs) return retryAfterMs
    const seconds = Math.ceil(retryAfterMs / 1000)
    throw new IntakeError(`${address}: ${busy}; it asks to come back in ${seconds} s`)
  }

  async function send(cases: ReportedCase[], signal?: AbortSignal): Promise<Attempt> {
    signal?.throwIfAborted()
    const expired = AbortSignal.timeout(timeoutMs)
    let status: number
    let retryAfter: string | string[] | undefined
    let text: string
    try {
      const response = await request(address, {
        dispatcher: agent,
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ cases }),
        signal: signal ? AbortSignal.any([signal, expired]) : expired,
      })
      status = response.statusCode
      retryAfter = response.headers['retry-after']
      text = await response.body.text()
    } catch (error) {
      signal?.throwIfAborted()
      return { busy: expired.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error) }
    }
    if (status === 200) return { answers: answersIn(text, cases.length) }
    if (status === 413) return tooLarge(cases, text, signal)
    if (status === 429 || status >= 500) {
      const retryAfterMs = millisecondsOf(retryAfter)
      return { busy: told(status, text), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
    }
    return fail(told(status, text))
  }

  /** A batch over the size limit goes in two halves; a single case over it can only be rejected. */
  async function tooLarge(cases: ReportedCase[], text: string, signal?: AbortSignal) {
    if (cases.length === 1) {
      const detail = told(413, text)
      const problem = { status: 413, code: 'body-too-large', detail }
      return { answers: [{ result: 'rejected' as const, problem }] }
    }
    const middle = Math.ceil(cases.length / 2)
    const first = await report(cases.slice(0, middle), signal)
    return { answers: [...first, ...(await report(cases.slice(middle), signal))] }
  }

  function answersIn(text: string, count: number): IntakeAnswer[] {
    const reply = parseJson(text)
    if (!isReply.Check(reply)) return fail('the answer is not that of this API; check the address')
    const byIndex = new Map(reply.results.map(({ index, ...answer }) => [index, answer]))
    return Array.from({ length: count }, (_, i) => byIndex.get(i) ?? fail('left out an answer'))
  }

  function fail(why: string): never {
    throw new IntakeError(`${address}: ${why}`)
  }

  return { report, close: () => agent.close() }
}

/** True for an item the service could not take at that moment, though it took the request. */
function isTemporary(answer: IntakeAnswer | undefined): boolean {
  const { status } = answer?.problem ?? {}
  return answer?.result === 'rejected' && (status === 429 || (status ?? 0) >= 500)
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3). */
function millisecondsOf(header: string | string[] | undefined): number | undefined {
  const value = Array.isArray(header) ? header[0] : header
  if (value === undefined) return undefined
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now())
}

const WHAT_TO_DO: Partial<Record<number, string>> = {
  401: 'the API key is missing, wrong or withdrawn; give a valid one',
  403: 'the API key may not report these cases; it needs the role "monitor"',
  404: 'there is no such service here; check the address',
}

function told(status: number, text: string): string {
  const body = parseJson(text)
  const said = isProblem.Check(body) ? `${body.code}: ${body.detail}` : WHAT_TO_DO[status]
  const advice = WHAT_TO_DO[status] ?? ''
  const words = [said, advice].filter((part, place, all) => part && all.indexOf(part) === place)
  return `HTTP ${status} ${words.join('; ')}`.trim().slice(0, MAX_ERROR_CHARS)
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }
  return `cannot be reached (${code ?? message ?? String(error)})`
}
