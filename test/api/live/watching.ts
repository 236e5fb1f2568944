import type { AddressInfo } from 'node:net'
import { type LiveMessage, openLiveStream } from '../../../client/live-stream.js'
import { until } from '../../../local/until.js'
import type { TestApi } from '../test-api.js'

const WITHIN_MS = 20_000

/** Somebody who looks on. */
export interface Watching {
  messages: LiveMessage[]
  /** Every case they were told of, in order, as often as they were told. */
  caseIds(): string[]
  /** Of the last message. */
  lastId(): string
  /** Resolves when all of them were told. */
  untilTold(caseIds: readonly string[]): Promise<void>
  untilEvent(event: LiveMessage['event']): Promise<void>
  /** Resolves when the API has ended the stream. */
  ended: Promise<void>
  leave(): Promise<void>
}

/** The address at which an API of the tests listens. */
export async function listen({ app }: TestApi): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

/** Opens a stream and keeps what it says. */
export async function watch(baseUrl: string, key: string, after?: string): Promise<Watching> {
  const leaving = new AbortController()
  const { signal } = leaving
  const stream = await openLiveStream(baseUrl, key, { after, signal })
  const messages: LiveMessage[] = []
  const caseIds = () => messages.flatMap(({ cases }) => cases.map(({ caseId }) => caseId))
  const ended = (async () => {
    try {
      for await (const message of stream) messages.push(message)
    } catch (error) {
      if (!signal.aborted) throw error
    }
  })()
  const standing = () => `told: ${JSON.stringify(messages)}`
  return {
    messages,
    caseIds,
    lastId: () => messages.at(-1)?.id ?? '',
    async untilTold(expected) {
      const areTold = () => expected.every((caseId) => caseIds().includes(caseId))
      await until('the cases are told', areTold, { withinMs: WITHIN_MS, standing })
    },
    async untilEvent(event) {
      const isThere = () => messages.some((message) => message.event === event)
      await until(`a message says ${event}`, isThere, { withinMs: WITHIN_MS, standing })
    },
    ended,
    async leave() {
      leaving.abort()
      await ended
    },
  }
}
