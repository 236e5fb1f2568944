import { Readable } from 'node:stream'
import type { LiveEvent } from '../../contract/live.js'
import type { TenantScope } from '../../store/store.js'
import type { LiveReader } from './reader.js'

/** What may wait for a reader who reads slower than cases are saved. */
const MAX_WAITING_BYTES = 256 * 1024
/** What a reader may still take after the end was written. */
const ENDING_MS = 1_000
/** What clients wait before they come back. */
const RETRY_MS = 2_000

/** Why a stream ended: its reader left or was too slow, may no longer read, or the process ends. */
export type EndReason = 'left' | 'slow' | 'refused' | 'shutdown'

/** The answer to one who looks on, as Server-Sent Events. */
export interface EventStream extends LiveReader {
  /** The body of the answer. */
  body: Readable
  /** Ends it; the first reason is the one that counts. */
  end(reason: EndReason): void
}

/** `onEvent` hears of each event that is written, `onEnd`, once, why it was the last. */
export function createEventStream({
  scope,
  onEvent,
  onEnd,
}: {
  scope: TenantScope
  onEvent: (event: LiveEvent) => void
  onEnd: (reason: EndReason) => void
}): EventStream {
  const body = new Readable({ read: () => undefined })
  let reason: EndReason | null = null
  body.once('close', () => onEnd(reason ?? 'left'))

  function write(frame: string): void {
    if (reason !== null || body.destroyed) return
    body.push(frame)
    if (body.readableLength > MAX_WAITING_BYTES) end('slow')
  }

  function send(event: LiveEvent, token: string, data: object, before = ''): void {
    write(`${before}id: ${token}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    onEvent(event)
  }

  function end(why: EndReason): void {
    if (reason !== null) return
    reason = why
    if (why === 'slow') {
      body.destroy()
      return
    }
    body.push(null)
    setTimeout(() => body.destroy(), ENDING_MS).unref()
  }

  return {
    scope,
    body,
    end,
    ready: (token) => send('ready', token, {}, `retry: ${RETRY_MS}\n`),
    saved: (cases, token) => send('cases', token, { cases }),
    reset: (token) => send('reset', token, {}),
    beat(token) {
      if (token === null) write(': beat\n\n')
      else send('synced', token, {}, ': beat\n')
    },
  }
}
