import { retryAfterMs } from '../domain/form/retry-after.js'
import { ApiUnreachable } from './errors.js'

/** Whatever was answered, of any status. */
export interface Reply {
  status: number
  etag: string | null
  retryAfterMs: number | undefined
  text: string
}

/** Limits of one request. */
export interface ExchangeLimits {
  /** From connecting to the last byte of the answer. */
  timeoutMs: number
  maxReplyBytes: number
  signal: AbortSignal | undefined
}

/** Makes one request. Throws `ApiUnreachable` when no answer came, and the signal's reason. */
export async function exchange(
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string | FormData },
  { timeoutMs, maxReplyBytes, signal }: ExchangeLimits,
): Promise<Reply> {
  signal?.throwIfAborted()
  const expired = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(url, {
      ...init,
      signal: signal ? AbortSignal.any([signal, expired]) : expired,
    })
    return {
      status: response.status,
      etag: response.headers.get('etag'),
      retryAfterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()),
      text: await textOf(response, maxReplyBytes),
    }
  } catch (cause) {
    signal?.throwIfAborted()
    const reason = expired.aborted
      ? `no answer within ${timeoutMs} ms`
      : `cannot be reached (${reasonOf(cause)})`
    throw new ApiUnreachable(`${init.method} ${url}: ${reason}`, { cause })
  }
}

async function textOf({ body }: Response, maxBytes: number): Promise<string> {
  if (body === null) return ''
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let sizeBytes = 0
  for (;;) {
    const read: { done: boolean; value?: Uint8Array } = await reader.read()
    if (read.value === undefined) return text + decoder.decode()
    const bytes = read.value
    sizeBytes += bytes.byteLength
    if (sizeBytes > maxBytes) {
      await reader.cancel()
      throw new Error(`the answer is longer than ${maxBytes} bytes`)
    }
    text += decoder.decode(bytes, { stream: true })
  }
}

/** `fetch` hides why it failed behind one or two causes. */
function reasonOf(error: unknown): string {
  if (!hasMessage(error)) return String(error)
  const { cause } = error
  const [first] = (cause as { errors?: unknown[] } | undefined)?.errors ?? []
  if (first !== undefined) return reasonOf(first)
  return (hasMessage(cause) ? cause : error).message.trim()
}

/** An error; of whichever realm, which `instanceof` would ask about. */
function hasMessage(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'message' in error
}
