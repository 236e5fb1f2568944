import { caseMessages } from '../../domain/webhook/body.js'
import { base32Sha256 } from '../../platform/digest.js'
import type { NewDelivery, ToldEvents, WebhookEndpoint } from '../../store/store.js'

type ToldEvent = Awaited<ReturnType<ToldEvents['read']>>[number]

const ID_LENGTH = 26

/** Names a message, the same for all endpoints and however often it is made. */
function messageIdOf(caseId: string, seq: number, type: string): string {
  return `msg_${base32Sha256(JSON.stringify([caseId, seq, type])).slice(0, ID_LENGTH)}`
}

/**
 * The messages of these events to those of the endpoints that want them. `wants` says which events
 * an endpoint is told of. `publicUrl` is where people reach the portal.
 */
export function addressMessages(
  told: readonly ToldEvent[],
  endpoints: readonly WebhookEndpoint[],
  publicUrl: string,
  wants: (endpoint: WebhookEndpoint, type: string, at: number) => boolean,
): NewDelivery[] {
  return told.flatMap((of) => {
    const { caseId, brandId, event } = of
    const theirs = endpoints.filter((endpoint) => endpoint.brandId === brandId)
    if (theirs.length === 0) return []
    return caseMessages(of, publicUrl).flatMap(({ type, order, body }) =>
      theirs
        .filter((endpoint) => wants(endpoint, type, event.at))
        .map(({ endpointId }) => ({
          ...{ endpointId, brandId, caseId, type, order, body },
          messageId: messageIdOf(caseId, event.seq, type),
          occurredAt: new Date(event.at),
        })),
    )
  })
}
