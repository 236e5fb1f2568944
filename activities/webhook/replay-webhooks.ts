import type { ActivityDependencies } from '../dependencies.js'
import { whileBeating } from '../while-beating.js'
import { addressMessages } from './address-messages.js'

const CHANGES_AT_ONCE = 500

/**
 * Puts the messages of a span of time in line again for an endpoint, as its brand asked for, and
 * keeps how far it is: what is repeated after a crash is in line once.
 */
export function createReplayWebhooks({
  store,
  publicUrl,
  now = Date.now,
}: Pick<ActivityDependencies, 'store' | 'publicUrl' | 'now'>) {
  const { webhookEndpoints: endpoints, webhookDeliveries: deliveries, toldEvents } = store

  return async function replayWebhooks({ endpointId }: { endpointId: string }): Promise<void> {
    await whileBeating(async () => {
      for (;;) {
        const endpoint = await endpoints.get(endpointId)
        const replay = endpoint?.replay
        if (!endpoint || !replay || replay.endedAt !== null) return
        const { replayId, from, to } = replay
        const { caseIds, afterSeq, isEnd } = await toldEvents.changedSince(
          ...([endpoint.brandId, from, replay, CHANGES_AT_ONCE] as const),
        )
        const told = await toldEvents.read(caseIds, { from, to })
        const wanted = new Set<string>(endpoint.wanted.map(({ type }) => type))
        const messages = addressMessages(told, [endpoint], publicUrl, (_, type) => wanted.has(type))
        const found = await deliveries.addAgain(messages, replay, new Date(now()))
        await endpoints.moveReplay(endpointId, replayId, {
          afterSeq,
          found: replay.found + found,
          endedAt: isEnd ? new Date(now()) : null,
        })
      }
    })
  }
}
