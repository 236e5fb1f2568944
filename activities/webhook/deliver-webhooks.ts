import { cancellationSignal } from '@temporalio/activity'
import {
  afterAttempt,
  type EndpointStanding,
  mayBeSent,
  standingAfter,
} from '../../domain/webhook/retrying.js'
import type { DeliveryRound } from '../../workflows/messages.js'
import type { WebhookDelivery, WebhookEndpoint } from '../../store/store.js'
import type { ActivityDependencies } from '../dependencies.js'
import { whileBeating } from '../while-beating.js'

/** One round goes on for so long while there is something to send, and others get their turn. */
const ROUND_MS = 20_000

/** What an endpoint is disabled for, when an answer disables it. */
type Disabled = NonNullable<WebhookEndpoint['disabled']>

/**
 * Sends what is due for an endpoint: of each case the first message that waits, some at once. Keeps
 * each attempt, and what follows from it, when it was made; after a crash in between the same message
 * is sent again under the same id.
 */
export function createDeliverWebhooks({
  store,
  webhooks,
  now = Date.now,
}: Pick<ActivityDependencies, 'store' | 'webhooks' | 'now'>) {
  const { webhookEndpoints: endpoints, webhookDeliveries: deliveries } = store

  return async function deliverWebhooks({
    endpointId,
  }: {
    endpointId: string
  }): Promise<DeliveryRound> {
    return whileBeating(async () => {
      const round = await deliver(endpointId)
      if (!('ended' in round)) {
        const { next } = round
        await endpoints.settle(endpointId, { nextLookAt: next === null ? null : new Date(next) })
      }
      return round
    })
  }

  async function deliver(endpointId: string): Promise<DeliveryRound> {
    const untilMs = now() + ROUND_MS
    let endpoint = await endpoints.get(endpointId)
    for (;;) {
      if (!endpoint) return { ended: 'removed' }
      if (endpoint.disabled) return { ended: 'disabled' }
      if (endpoint.replay?.endedAt === null) return { next: null, resting: false, replaying: true }
      const { standing } = endpoint
      const atOnce = mayBeSent(standing, now())
      if (atOnce === 0) {
        const waits = await deliveries.nextDue(endpointId)
        return { next: waits && standing.restUntil, resting: true, replaying: false }
      }
      const due = await deliveries.due(endpointId, new Date(now()), atOnce)
      const isLast = due.length === 0 || now() >= untilMs || cancellationSignal().aborted
      if (isLast) {
        const next = await deliveries.nextDue(endpointId)
        return { next: next && next.getTime(), resting: false, replaying: false }
      }
      const disabled = await sendAll(endpoint, due)
      if (disabled) {
        await endpoints.disable(endpointId, disabled)
        return { ended: 'givenUp' }
      }
      // As it is now: it may have been changed while something was on its way.
      endpoint = await endpoints.get(endpointId)
    }
  }

  /** Sends these at once; why the endpoint takes nothing any more, or `null`. */
  async function sendAll(
    endpoint: WebhookEndpoint,
    due: readonly WebhookDelivery[],
  ): Promise<Disabled | null> {
    const { endpointId } = endpoint
    const secrets = signingSecrets(endpoint)
    let { standing } = endpoint
    let disabled: Disabled | null = null
    const settled = await Promise.allSettled(
      due.map(async (delivery) => {
        const outcome = await send(endpoint, delivery, secrets, () => standing)
        standing = outcome.standing
        disabled ??= outcome.disabled
      }),
    )
    const isTaken = standing.failures === 0
    await endpoints.settle(endpointId, {
      standing,
      ...(isTaken ? { lastDeliveredAt: new Date(now()) } : {}),
    })
    const failed = settled.find(({ status }) => status === 'rejected')
    if (failed?.status === 'rejected') throw failed.reason
    return disabled
  }

  async function send(
    endpoint: WebhookEndpoint,
    delivery: WebhookDelivery,
    secrets: readonly string[],
    standingNow: () => EndpointStanding,
  ): Promise<{ standing: EndpointStanding; disabled: Disabled | null }> {
    const { deliveryId, messageId, body } = delivery
    const at = now()
    const startedMs = performance.now()
    const answer = await webhooks.sender.send({ url: endpoint.url, messageId, body, secrets, at })
    const durationMs = Math.round(performance.now() - startedMs)
    const standing = standingAfter(standingNow(), answer, now())
    const tries = {
      attempts: delivery.attempts + 1,
      firstAttemptAt: delivery.firstAttemptAt?.getTime() ?? at,
    }
    const after = afterAttempt(tries, answer, standing, now(), Math.random())
    const attempt = {
      ...{ at: new Date(at), durationMs },
      status: 'status' in answer ? answer.status : null,
      error: 'error' in answer ? answer.error : null,
    }
    const nextAttemptAt = after.state === 'waiting' ? new Date(after.again) : null
    await deliveries.record(deliveryId, attempt, { state: after.state, nextAttemptAt })
    const reason = after.state === 'failed' ? after.disables : null
    if (reason === null) return { standing, disabled: null }
    return { standing, disabled: { at: new Date(now()), reason, detail: inWords(attempt) } }
  }

  function signingSecrets({ endpointId, secrets }: WebhookEndpoint): string[] {
    return secrets
      .filter(({ endsAt }) => endsAt === null || endsAt.getTime() > now())
      .map(({ sealed }) => webhooks.secrets.open(sealed, endpointId))
  }
}

function inWords({ status, error }: { status: number | null; error: string | null }): string {
  return error ?? `the receiver answered ${status ?? 'nothing'}`
}
