import { HOUR_MS } from '../../domain/brand/calendar.js'
import type { WebhookEvent } from '../../domain/vocabulary.js'
import { WEBHOOK_PORTS } from '../../domain/webhook/limits.js'
import { IN_GOOD_STANDING } from '../../domain/webhook/retrying.js'
import { ForbiddenAddress, reachableUrl } from '../../platform/public-internet.js'
import type { EndpointChanges, SealedSecret, WebhookEndpoint } from '../../store/store.js'
import { ApiProblem } from '../errors.js'

/** Secrets that sign at once, at most: what was replaced earlier stops. */
const MAX_SECRETS = 4

/** The address of an endpoint as it is called. Throws `invalid-value`. */
export function endpointUrl(text: string, localOrigins: readonly string[]): string {
  try {
    return reachableUrl(text, { localOrigins, ports: WEBHOOK_PORTS }).href
  } catch (error) {
    if (!(error instanceof ForbiddenAddress)) throw error
    throw new ApiProblem('invalid-value', `Choose another url: ${error.message}.`)
  }
}

/** The events an endpoint wants after a change: what it wanted before it still wants since then. */
export function wantedEvents(
  before: WebhookEndpoint['wanted'],
  types: readonly WebhookEvent[],
  now: Date,
): WebhookEndpoint['wanted'] {
  const since = new Map(before.map((want) => [want.type, want.since]))
  return types.map((type) => ({ type, since: since.get(type) ?? now }))
}

/** What switching an endpoint on or off changes; nothing where it is so already. */
export function switched(
  { disabled, wanted }: WebhookEndpoint,
  enabled: boolean,
  now: Date,
): EndpointChanges {
  if (enabled === (disabled === null)) return {}
  if (!enabled) return { disabled: { at: now, reason: 'byHand', detail: 'somebody disabled it' } }
  return {
    disabled: null,
    standing: IN_GOOD_STANDING,
    wanted: wanted.map(({ type }) => ({ type, since: now })),
  }
}

/** The secrets once a new one has come: the one before signs beside it for so long. */
export function rotated(
  secrets: readonly SealedSecret[],
  sealed: string,
  overlapHours: number,
  now: Date,
): SealedSecret[] {
  const endsAt = new Date(now.getTime() + overlapHours * HOUR_MS)
  const earlier = secrets
    .map((secret) => ({ ...secret, endsAt: earlierOf(secret.endsAt, endsAt) }))
    .filter((secret) => secret.endsAt > now)
  return [{ sealed, createdAt: now, endsAt: null }, ...earlier].slice(0, MAX_SECRETS)
}

function earlierOf(a: Date | null, b: Date): Date {
  return a !== null && a < b ? a : b
}
