import { parseJson } from '../platform/parse-json.js'
import { ApiRefusal, ApiUnreachable, inWords } from './errors.js'
import { exchange, type Reply } from './exchange.js'
import { type Attempt, PATIENT, retrying, type RetryPolicy } from './retrying.js'

// Runs in Node.js and in a browser alike: no Node modules here, nor in what it uses.

const PAGE = 200

/** How a client behaves; what is left out is as it usually is. */
export interface ClientOptions {
  retry?: Partial<RetryPolicy>
  /** Limit of one request. */
  timeoutMs?: number
  maxReplyBytes?: number
  /** Stops everything that is under way. */
  signal?: AbortSignal | undefined
  /** Hears of every pause before the next attempt. */
  onWait?: (why: string, waitMs: number) => void
}
const TIMEOUT_MS = 20_000
/** A page of 200 whole cases is a tenth of it. */
const MAX_REPLY_BYTES = 16 * 1024 * 1024

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What goes with a request beside its path. */
export interface RequestOptions {
  /** Sent as JSON. */
  body?: unknown
  /** Sent in the place of a `body`. */
  csv?: string
  /** The same, with files in it. */
  form?: FormData
  /** The ETag a change is based on. */
  ifMatch?: string
  /** Makes a request that may be sent again out of one that may not. */
  idempotencyKey?: string
  /** Sent a single time: a second one would do a second thing. */
  once?: boolean
  /** Stops this request; the client's own signal does too. */
  signal?: AbortSignal | undefined
}

/** An answer below 300. */
export interface ApiAnswer<T> {
  status: number
  body: T
  etag: string | null
}

/** What a list is asked by; words of one parameter go together. */
export type Query = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>

interface Page<T> {
  items: T[]
  next: string | null
}

/** Requests to the API by one caller. They throw `ApiRefusal` and `ApiUnreachable`. */
export interface Connection {
  request<T>(method: Method, path: string, options?: RequestOptions): Promise<ApiAnswer<T>>
  get<T>(path: string): Promise<T>
  /** Send only what may be sent again: repeated when no answer came. */
  post<T>(path: string, body: unknown): Promise<T>
  /** Creates something; `false` when the id exists already. */
  create(path: string, body: unknown): Promise<boolean>
  /** The first `limit` items of a list, over its pages. `pageBy`: what the list's next page is asked by. */
  list<T>(path: string, query: Query, pageBy: 'cursor' | 'after', limit?: number): Promise<T[]>
  /** The same, page by page. */
  pages<T>(
    path: string,
    query: Query,
    pageBy: 'cursor' | 'after',
    limit?: number,
  ): AsyncGenerator<T[]>
  /** One attempt, and what goes on with attempts until there is a result: for what repeats in parts. */
  attempt: <T>(
    method: Method,
    path: string,
    options: RequestOptions,
  ) => Promise<Attempt<ApiAnswer<T>>>
  repeat: <T>(one: () => Promise<Attempt<T>>) => Promise<T>
}

/** The API at `baseUrl` (with or without `/v1`) under `key`; `null`: by the session of the browser. */
export function createConnection(
  baseUrl: string,
  key: string | null,
  options: ClientOptions = {},
): Connection {
  const { timeoutMs = TIMEOUT_MS, maxReplyBytes = MAX_REPLY_BYTES, signal, onWait } = options
  const policy = { ...PATIENT, ...options.retry }
  const root = `${baseUrl.replace(/\/+(v1\/*)?$/, '')}/v1`
  const seed = String(Math.random())

  async function attempt<T>(
    method: Method,
    path: string,
    { body, csv, form, ifMatch, idempotencyKey, signal: own }: RequestOptions,
  ): Promise<Attempt<ApiAnswer<T>>> {
    const what = `${method} ${path}`
    const sent = form ?? csv ?? (body === undefined ? undefined : JSON.stringify(body))
    const contentType = csv === undefined ? 'application/json' : 'text/csv'
    const headers = {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      // A form names its type by itself, with what parts it.
      ...(typeof sent === 'string' ? { 'content-type': contentType } : {}),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    }
    const init = { method, headers, ...(sent === undefined ? {} : { body: sent }) }
    const reply = await exchange(`${root}${path}`, init, {
      timeoutMs,
      maxReplyBytes,
      signal: eitherOf(signal, own),
    }).catch((error: unknown) => {
      if (error instanceof ApiUnreachable) return error
      throw error
    })
    if (reply instanceof ApiUnreachable) {
      const { message, cause } = reply
      return {
        notNow: message,
        retryAfterMs: undefined,
        giveUp(because) {
          throw because === '' ? reply : new ApiUnreachable(`${message}; ${because}`, { cause })
        },
      }
    }
    const { status, text, retryAfterMs } = reply
    if (status !== 429 && status < 500) return { result: resultOf<T>(what, reply) }
    return {
      notNow: `${what}: ${inWords(status, problemIn(text))}`,
      retryAfterMs,
      giveUp: (because) => resultOf<T>(what, reply, because),
    }
  }

  function repeat<T>(
    one: () => Promise<Attempt<T>>,
    { once = false, signal: own }: Pick<RequestOptions, 'once' | 'signal'> = {},
  ): Promise<T> {
    const tries = once ? { ...policy, attempts: 1 } : policy
    return retrying(one, { policy: tries, seed, signal: eitherOf(signal, own), onWait })
  }

  const request = <T>(method: Method, path: string, given: RequestOptions = {}) =>
    repeat(() => attempt<T>(method, path, given), given)

  const get = async <T>(path: string) => (await request<T>('GET', path)).body
  const post = async <T>(path: string, body: unknown) =>
    (await request<T>('POST', path, { body })).body

  async function* pages<T>(
    path: string,
    query: Query,
    pageBy: 'cursor' | 'after',
    limit = Number.POSITIVE_INFINITY,
  ): AsyncGenerator<T[]> {
    let count = 0
    for (let next: string | null = ''; next !== null && count < limit;) {
      const paging = { limit: Math.min(PAGE, limit - count), ...(next && { [pageBy]: next }) }
      const page: Page<T> = await get(`${path}?${inQuery({ ...query, ...paging })}`)
      yield page.items
      count += page.items.length
      next = page.next
    }
  }

  async function list<T>(...request: Parameters<Connection['list']>): Promise<T[]> {
    const found: T[] = []
    for await (const page of pages<T>(...request)) found.push(...page)
    return found
  }

  return {
    request,
    get,
    post,
    list,
    pages,
    attempt,
    repeat,
    async create(path, body) {
      try {
        await post(path, body)
        return true
      } catch (error) {
        if (error instanceof ApiRefusal && error.code === 'already-exists') return false
        throw error
      }
    },
  }
}

function resultOf<T>(what: string, { status, etag, text }: Reply, because = ''): ApiAnswer<T> {
  if (status >= 300) {
    const problem = problemIn(text)
    if (problem) throw new ApiRefusal(what, status, problem, because)
    const why = because === '' ? '' : `; ${because}`
    throw new ApiUnreachable(`${what}: HTTP ${status}, but not as this API says it${why}`, {
      status,
    })
  }
  const body = (text === '' ? undefined : parseJson(text)) as T | undefined
  if (body === undefined && text !== '') {
    throw new ApiUnreachable(`${what}: the answer is not that of this API`, { status })
  }
  return { status, body: body as T, etag }
}

/** The problem an answer tells of; `null` when it comes from something else, such as a proxy. */
function problemIn(text: string): Record<string, unknown> | null {
  const problem = parseJson(text)
  const isOurs = typeof problem === 'object' && problem !== null && 'code' in problem
  return isOurs ? problem : null
}

function inQuery(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  )
  return new URLSearchParams(Object.fromEntries(given)).toString()
}

function eitherOf(one?: AbortSignal, other?: AbortSignal): AbortSignal | undefined {
  return one && other ? AbortSignal.any([one, other]) : (one ?? other)
}
