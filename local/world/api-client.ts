import { setTimeout as delay } from 'node:timers/promises'
import type { Case, CaseSummary } from '../../api/schemas/case.js'
import type { PresentedEvent } from '../../api/schemas/event.js'

const ATTEMPTS = 6
const TIMEOUT_MS = 20_000
const PAGE = 200

/** The API refused a request; `code` is the problem's stable code. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal'
  readonly status: number
  readonly code: string

  constructor(what: string, status: number, code: string, detail: string) {
    super(`${what}: ${status} ${code}: ${detail}`)
    this.status = status
    this.code = code
  }
}

interface CasePage {
  items: CaseSummary[]
  next: string | null
}

/** The API under one key. Every call waits and repeats while the service is busy or away. */
export interface ApiClient {
  readonly key: string
  get<T>(path: string): Promise<T>
  /** Send only what may be sent again: repeated when no answer came. Throws `ApiRefusal`. */
  post<T>(path: string, body: unknown): Promise<T>
  /** Creates something; `false` when the id exists already. */
  create(path: string, body: unknown): Promise<boolean>
  /** All cases that fit the query (`open=true&phase=…`), newest first. */
  cases(query?: Readonly<Record<string, string>>): Promise<CaseSummary[]>
  /** `null` when the key sees no such case. */
  readCase(caseId: string): Promise<Case | null>
  events(caseId: string): Promise<PresentedEvent[]>
}

export function createApiClient(baseUrl: string, key: string): ApiClient {
  async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const tried = await send(method, path, body).catch((error: unknown) => {
        if (attempt >= ATTEMPTS) throw error
        return null
      })
      const busy = !tried || tried.status === 429 || tried.status >= 500
      if (!busy || attempt >= ATTEMPTS) return resultOf<T>(`${method} ${path}`, tried)
      await delay((tried?.retryAfterS ?? 0.2 * 2 ** attempt) * 1000)
    }
  }

  async function send(method: string, path: string, body: unknown) {
    const response = await fetch(`${baseUrl}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const retryAfter = response.headers.get('retry-after')
    const text = await response.text()
    return {
      status: response.status,
      text,
      ...(retryAfter === null ? {} : { retryAfterS: Number(retryAfter) }),
    }
  }

  const get = <T>(path: string) => call<T>('GET', path)
  const at = (caseId: string) => `/cases/${encodeURIComponent(caseId)}`
  return {
    key,
    get,
    post: (path, body) => call('POST', path, body),
    async create(path, body) {
      try {
        await call('POST', path, body)
        return true
      } catch (error) {
        if (error instanceof ApiRefusal && error.code === 'already-exists') return false
        throw error
      }
    },
    async cases(query = {}) {
      const found: CaseSummary[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Record<string, string> = { ...query, limit: String(PAGE) }
        if (cursor !== '') page['cursor'] = cursor
        const answer: CasePage = await get(`/cases?${new URLSearchParams(page).toString()}`)
        found.push(...answer.items)
        cursor = answer.next
      }
      return found
    },
    async readCase(caseId) {
      try {
        return await get<Case>(at(caseId))
      } catch (error) {
        if (error instanceof ApiRefusal && error.status === 404) return null
        throw error
      }
    },
    events: async (caseId) =>
      (await get<{ items: PresentedEvent[] }>(`${at(caseId)}/events`)).items,
  }
}

function resultOf<T>(what: string, answer: { status: number; text: string } | null): T {
  if (!answer) throw new Error(`${what}: no answer`)
  const { status, text } = answer
  if (status < 300) return (text === '' ? undefined : JSON.parse(text)) as T
  const { code = 'unknown', detail = text } = problemOf(text)
  throw new ApiRefusal(what, status, code, detail)
}

function problemOf(text: string): { code?: string; detail?: string } {
  try {
    return JSON.parse(text) as { code?: string; detail?: string }
  } catch {
    return {}
  }
}
