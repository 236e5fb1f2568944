import { setTimeout as delay } from 'node:timers/promises'
import { types } from 'node:util'
import type { Case, CaseSummary } from '../contract/case.js'
import type { PresentedEvent } from '../contract/event.js'
import { parseJson } from '../platform/parse-json.js'

const PAGE = 200

/** The API refused a request; `code` is the problem's stable code. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal'
  readonly status: number
  readonly code: string
  /** What RFC 9457 calls the problem's members, for who wants to know more. */
  readonly problem: Readonly<Record<string, unknown>>

  constructor(what: string, status: number, problem: Readonly<Record<string, unknown>>) {
    const { code = 'unknown', detail = 'no reason given' } = problem
    super(`${what}: ${status} ${String(code)}: ${String(detail)}`)
    this.status = status
    this.code = String(code)
    this.problem = problem
  }
}

/** Nobody answered at the API's address, or something that is not the API. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable'
}

/** How long a client goes on while the service is busy or away. */
export interface Patience {
  /** Requests at most, the first included. */
  attempts: number
  /** Limit of one request. */
  timeoutMs: number
  /** Hears of every pause before the next request. */
  onWait?: (reason: string, waitMs: number) => void
}
const PATIENT: Patience = { attempts: 6, timeoutMs: 20_000 }

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What goes with a request beside its path. */
export interface RequestOptions {
  /** Sent as JSON. */
  body?: unknown
  /** Sent in the place of a `body`. */
  csv?: string
  /** The ETag a change is based on. */
  ifMatch?: string
  /** Makes a request that may be sent again out of one that may not. */
  idempotencyKey?: string
  /** Sent a single time: a second one would do a second thing. */
  once?: boolean
}

/** An answer below 300. */
export interface ApiAnswer<T> {
  status: number
  body: T
  etag: string | null
}

interface Page<T> {
  items: T[]
  next: string | null
}

/** The API under one key. Throws `ApiRefusal` and `ApiUnreachable`. */
export interface ApiClient {
  readonly key: string
  request<T>(method: Method, path: string, options?: RequestOptions): Promise<ApiAnswer<T>>
  get<T>(path: string): Promise<T>
  /** Send only what may be sent again: repeated when no answer came. */
  post<T>(path: string, body: unknown): Promise<T>
  /** Creates something; `false` when the id exists already. */
  create(path: string, body: unknown): Promise<boolean>
  /** The first `limit` items of a list, over its pages. `pageBy`: what the list's next page is asked by. */
  list<T>(
    path: string,
    query: Readonly<Record<string, string>>,
    pageBy: 'cursor' | 'after',
    limit?: number,
  ): Promise<T[]>
  /** The same, page by page. */
  pages<T>(
    path: string,
    query: Readonly<Record<string, string>>,
    pageBy: 'cursor' | 'after',
    limit?: number,
  ): AsyncGenerator<T[]>
  /** Cases that fit the query (`open=true&phase=…`), newest first. */
  cases(query?: Readonly<Record<string, string>>, limit?: number): Promise<CaseSummary[]>
  /** `null` when the key sees no such case. */
  readCase(caseId: string): Promise<Case | null>
  events(caseId: string): Promise<PresentedEvent[]>
}

/** Path of a case, below `/v1`. */
export function casePath(caseId: string, rest = ''): string {
  return `/cases/${encodeURIComponent(caseId)}${rest}`
}

/** Path of a brand, below `/v1`. */
export function brandPath(brandId: string, rest = ''): string {
  return `/brands/${encodeURIComponent(brandId)}${rest}`
}

/** The API at `baseUrl` (without `/v1` and a slash at the end) under `key`. */
export function createApiClient(baseUrl: string, key: string, patience = PATIENT): ApiClient {
  async function request<T>(method: Method, path: string, options: RequestOptions = {}) {
    const attempts = options.once ? 1 : patience.attempts
    for (let attempt = 1; ; attempt++) {
      const tried = await send(method, path, options).catch((error: unknown) => {
        if (attempt >= attempts || !(error instanceof ApiUnreachable)) throw error
        return error
      })
      const isLast = attempt >= attempts
      if (!(tried instanceof Error)) {
        const busy = tried.status === 429 || tried.status >= 500
        if (!busy || isLast) return resultOf<T>(`${method} ${path}`, tried)
      }
      const reason = tried instanceof Error ? 'it cannot be reached' : `it answers ${tried.status}`
      const retryAfterS = tried instanceof Error ? undefined : tried.retryAfterS
      const waitMs = (retryAfterS ?? 0.2 * 2 ** attempt) * 1000
      patience.onWait?.(reason, waitMs)
      await delay(waitMs)
    }
  }

  async function send(method: Method, path: string, options: RequestOptions) {
    const { body, csv, ifMatch, idempotencyKey } = options
    const sent = csv ?? (body === undefined ? undefined : JSON.stringify(body))
    const contentType = csv === undefined ? 'application/json' : 'text/csv'
    const url = `${baseUrl}/v1${path}`
    try {
      const response = await fetch(url, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(sent === undefined ? {} : { 'content-type': contentType }),
          ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
        ...(sent === undefined ? {} : { body: sent }),
        signal: AbortSignal.timeout(patience.timeoutMs),
      })
      const retryAfter = response.headers.get('retry-after')
      return {
        status: response.status,
        etag: response.headers.get('etag'),
        text: await response.text(),
        ...(retryAfter === null ? {} : { retryAfterS: Number(retryAfter) }),
      }
    } catch (cause) {
      throw new ApiUnreachable(`${method} ${url}: ${reasonOf(cause, patience.timeoutMs)}`, {
        cause,
      })
    }
  }

  const get = async <T>(path: string) => (await request<T>('GET', path)).body
  const post = async <T>(path: string, body: unknown) =>
    (await request<T>('POST', path, { body })).body

  async function* pages<T>(
    path: string,
    query: Readonly<Record<string, string>>,
    pageBy: 'cursor' | 'after',
    limit = Number.POSITIVE_INFINITY,
  ): AsyncGenerator<T[]> {
    let count = 0
    for (let next: string | null = ''; next !== null && count < limit;) {
      const params: Record<string, string> = {
        ...query,
        limit: String(Math.min(PAGE, limit - count)),
      }
      if (next !== '') params[pageBy] = next
      const page: Page<T> = await get(`${path}?${new URLSearchParams(params).toString()}`)
      yield page.items
      count += page.items.length
      next = page.next
    }
  }

  async function list<T>(...request: Parameters<ApiClient['list']>): Promise<T[]> {
    const found: T[] = []
    for await (const page of pages<T>(...request)) found.push(...page)
    return found
  }

  return {
    key,
    request,
    get,
    post,
    list,
    pages,
    async create(path, body) {
      try {
        await post(path, body)
        return true
      } catch (error) {
        if (error instanceof ApiRefusal && error.code === 'already-exists') return false
        throw error
      }
    },
    cases: (query = {}, limit) => list<CaseSummary>('/cases', query, 'cursor', limit),
    async readCase(caseId) {
      try {
        return await get<Case>(casePath(caseId))
      } catch (error) {
        if (error instanceof ApiRefusal && error.status === 404) return null
        throw error
      }
    },
    events: async (caseId) =>
      (await get<{ items: PresentedEvent[] }>(casePath(caseId, '/events'))).items,
  }
}

function resultOf<T>(
  what: string,
  { status, etag, text }: { status: number; etag: string | null; text: string },
): ApiAnswer<T> {
  if (status >= 300) {
    const problem = problemIn(text)
    if (!problem) throw new ApiUnreachable(`${what}: ${status}, but not as this API says it`)
    throw new ApiRefusal(what, status, problem)
  }
  const body = (text === '' ? undefined : parseJson(text)) as T | undefined
  if (body === undefined && text !== '') {
    throw new ApiUnreachable(`${what}: the answer is not that of this API`)
  }
  return { status, body: body as T, etag }
}

/** The problem an answer tells of; `null` when it comes from something else, such as a proxy. */
function problemIn(text: string): Record<string, unknown> | null {
  const problem = parseJson(text)
  const isOurs = typeof problem === 'object' && problem !== null && 'code' in problem
  return isOurs ? problem : null
}

/** `fetch` hides why it failed behind one or two causes, a `TimeoutError` aside. */
function reasonOf(error: unknown, timeoutMs: number): string {
  if (!types.isNativeError(error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`
  const { cause } = error
  const [first] = (cause as { errors?: unknown[] } | undefined)?.errors ?? []
  if (first !== undefined) return reasonOf(first, timeoutMs)
  return (types.isNativeError(cause) ? cause : error).message.trim()
}
