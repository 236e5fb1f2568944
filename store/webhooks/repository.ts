import type { CaseEvent } from '../../domain/case/events.js'
import type {
  DeliveryState,
  DisabledReason,
  ReplayedEvents,
  WebhookEvent,
  WebhookType,
} from '../../domain/vocabulary.js'
import type { EndpointStanding } from '../../domain/webhook/retrying.js'
import type { FeedPosition } from '../feed/changes.js'
import type { TenantScope } from '../tenant-scope.js'

/** A secret that signs, unreadable without a key that is not kept beside it. */
export interface SealedSecret {
  sealed: string
  createdAt: Date
  /** Until when it signs beside the one that replaced it; `null`: until it is replaced. */
  endsAt: Date | null
}

/** An event that an endpoint wants, of what happened from `since` on. */
export interface WantedEvent {
  type: WebhookEvent
  since: Date
}

/** Events of a span of time that are sent again, and how far that is. */
export interface WebhookReplay {
  replayId: string
  from: Date
  to: Date
  events: ReplayedEvents
  startedAt: Date
  /** `null` while it is under way. */
  endedAt: Date | null
  /** Messages that it has put in line so far. */
  found: number
  /** The changes up to this number were looked through, `null` at the beginning, of those up to `lastSeq`. */
  afterSeq: number | null
  lastSeq: number
}

/** Where a brand's own system is told of its cases. */
export interface WebhookEndpoint {
  endpointId: string
  brandId: string
  url: string
  description: string | null
  wanted: WantedEvent[]
  /** The newest first. */
  secrets: SealedSecret[]
  /** Why nothing is sent, or `null`. */
  disabled: { at: Date; reason: DisabledReason; detail: string } | null
  standing: EndpointStanding
  lastDeliveredAt: Date | null
  /** When its deliveries are looked at again, unless something comes; `null`: nothing waits. */
  nextLookAt: Date | null
  replay: WebhookReplay | null
  createdAt: Date
  /** The id of the key or person. */
  createdBy: string
}

/** One attempt of a delivery. */
export interface DeliveryAttempt {
  at: Date
  durationMs: number
  /** The receiver's status; `null` where there is none, for which `error` is why. */
  status: number | null
  error: string | null
}

/** One message to one endpoint. */
export interface WebhookDelivery {
  deliveryId: string
  endpointId: string
  brandId: string
  /** Names the message, at every endpoint and attempt. */
  messageId: string
  type: WebhookType
  /** Messages of one case go out in this order; what has no case stands alone. */
  caseId: string | null
  order: number
  occurredAt: Date
  body: string
  state: DeliveryState
  /** In this round; being sent again begins another. */
  attempts: number
  firstAttemptAt: Date | null
  nextAttemptAt: Date | null
  deliveredAt: Date | null
  /** The latest attempts of all rounds. */
  log: DeliveryAttempt[]
  createdAt: Date
}

/** A message before it is put in line. */
export type NewDelivery = Pick<
  WebhookDelivery,
  'endpointId' | 'brandId' | 'messageId' | 'type' | 'caseId' | 'order' | 'occurredAt' | 'body'
>

/** What a brand changes of an endpoint. */
export type EndpointChanges = Partial<
  Pick<
    WebhookEndpoint,
    'url' | 'description' | 'wanted' | 'secrets' | 'disabled' | 'standing' | 'replay'
  >
>

/** Thrown when a brand has as many endpoints as it may have. */
export class TooManyEndpoints extends Error {
  override name = 'TooManyEndpoints'
}
/** Thrown when a replay of the endpoint is under way. */
export class ReplayRunning extends Error {
  override name = 'ReplayRunning'
}

type Scope = Pick<TenantScope, 'brandIds'>

/** The endpoints of the brands. A brand outside the scope is as if absent. */
export interface WebhookEndpoints {
  list(
    scope: Scope,
    brandId: string,
    page: { limit: number; after?: string },
  ): Promise<WebhookEndpoint[]>
  find(scope: Scope, brandId: string, endpointId: string): Promise<WebhookEndpoint | null>
  /** Throws `TooManyEndpoints` where the brand has `most`. */
  create(endpoint: WebhookEndpoint, most: number): Promise<void>
  change(
    scope: Scope,
    brandId: string,
    endpointId: string,
    changes: EndpointChanges,
  ): Promise<WebhookEndpoint | null>
  /** With its deliveries. */
  remove(scope: Scope, brandId: string, endpointId: string): Promise<boolean>
  /** Throws `ReplayRunning`. */
  startReplay(
    scope: Scope,
    brandId: string,
    endpointId: string,
    replay: Pick<WebhookReplay, 'replayId' | 'from' | 'to' | 'events' | 'startedAt'>,
  ): Promise<WebhookEndpoint | null>

  /** For the service itself, whatever the brand. */
  get(endpointId: string): Promise<WebhookEndpoint | null>
  /** Those of these brands to which something is sent. */
  activeOf(brandIds: readonly string[]): Promise<WebhookEndpoint[]>
  /** Keeps how it answers now. */
  settle(
    endpointId: string,
    now: Partial<Pick<WebhookEndpoint, 'standing' | 'lastDeliveredAt' | 'nextLookAt'>>,
  ): Promise<void>
  /** Unless something else has disabled it already. */
  disable(endpointId: string, disabled: NonNullable<WebhookEndpoint['disabled']>): Promise<void>
  moveReplay(
    endpointId: string,
    replayId: string,
    moved: Pick<WebhookReplay, 'afterSeq' | 'found' | 'endedAt'>,
  ): Promise<void>
}

/** The messages to the endpoints: what waits, and the log of what was sent. */
export interface WebhookDeliveries {
  list(
    endpointId: string,
    filter: { state?: DeliveryState; caseId?: string },
    page: { limit: number; after?: string },
  ): Promise<WebhookDelivery[]>
  find(endpointId: string, deliveryId: string): Promise<WebhookDelivery | null>
  findMessage(endpointId: string, messageId: string): Promise<WebhookDelivery | null>
  /**
   * Puts them in line; one that was there before stays as it is. Returns the endpoints for which one
   * of them was not tried yet: whoever put it there may not have come to say so.
   */
  add(messages: readonly NewDelivery[], now: Date): Promise<string[]>
  /**
   * Puts them in line once more, by one replay each once; with `events` `undelivered` only those
   * that were not delivered. Returns how many.
   */
  addAgain(
    messages: readonly NewDelivery[],
    replay: Pick<WebhookReplay, 'replayId' | 'events'>,
    now: Date,
  ): Promise<number>
  /** Puts one in line once more. */
  again(endpointId: string, deliveryId: string, now: Date): Promise<WebhookDelivery | null>
  /** All that wait begin another round: their endpoint takes messages again. */
  restart(endpointId: string, now: Date): Promise<void>
  /** Those whose turn it is by `now`: of each case the first that waits. */
  due(endpointId: string, now: Date, limit: number): Promise<WebhookDelivery[]>
  /** When the next turn is; `null` when nothing waits. */
  nextDue(endpointId: string): Promise<Date | null>
  /** Keeps an attempt and what follows from it. */
  record(
    deliveryId: string,
    attempt: DeliveryAttempt,
    then: Pick<WebhookDelivery, 'state' | 'nextAttemptAt'>,
  ): Promise<void>
  /** Endpoints whose deliveries should have been looked at before `before`, and were not. */
  neglected(before: Date): Promise<{ endpointId: string; brandId: string }[]>
}

/** What cases tell, read from their records. */
export interface ToldEvents {
  /** Events of these cases that may be told, of `from` until `to`, in order of case and number. */
  read(
    caseIds: readonly string[],
    span: { from: Date; to?: Date },
  ): Promise<{ caseId: string; brandId: string; marketplace: string; event: CaseEvent }[]>
  /** The number of the latest change. */
  latestSeq(): Promise<number>
  /** Cases of the brand that changed from `from` on, after the change `afterSeq`, up to `lastSeq`. */
  changedSince(
    brandId: string,
    from: Date,
    range: { afterSeq: number | null; lastSeq: number },
    limit: number,
  ): Promise<{ caseIds: string[]; afterSeq: number; isEnd: boolean }>
}

/** How far the changes of cases were told, and by whom they are. */
export interface WebhookProgress {
  /** Takes or renews the lease for `holder`; `null` while another process has it. */
  lease(holder: string, now: Date): Promise<{ position: FeedPosition | null } | null>
  /** Everything up to `position` is in line. */
  move(holder: string, position: FeedPosition): Promise<void>
  release(holder: string): Promise<void>
}
