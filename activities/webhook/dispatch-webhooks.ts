import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { parseCaseId } from '../../domain/case/identity.js'
import { SENT_WITHIN_DAYS } from '../../domain/webhook/limits.js'
import { EVERYTHING, type FeedPosition, PositionExpired, type Store } from '../../store/store.js'
import { WEBHOOK_DELIVERY } from '../../workflows/messages.js'
import { wakingEndpoint } from '../../workflows/webhook/start.js'
import { addressMessages } from './address-messages.js'

const CHANGES_AT_ONCE = 500
const LOOK_EVERY_MS = 1_000
const WAKE_WITHIN_MS = 10_000
/** How late deliveries may be before somebody asks after them, and how often that is. */
const NEGLECTED_MS = 120_000
const CHECK_EVERY_MS = 60_000

/** What puts the messages of cases in line. */
export interface DispatchOptions {
  store: Store
  temporal: Client
  /** Where people reach the portal, for links in messages; no slash at the end. */
  publicUrl: string
  /** Ends it; the lease is given back. */
  signal: AbortSignal
  log: { warn(message: string): void }
  now?: () => number
}

/**
 * Follows the feed of changes and puts the messages that follow from them in line, until `signal`
 * ends it. Of all processes that do, one at a time has the lease. How far it is moves only when
 * everything before is in line and its endpoints' workflows know; a message is in line once, however
 * often it is found. Survives outages of the database and of Temporal.
 */
export async function dispatchWebhooks(options: DispatchOptions): Promise<void> {
  const { store, signal, log, now = Date.now } = options
  const progress = store.webhookProgress
  const holder = randomUUID()
  let checkedAtMs = 0
  while (!signal.aborted) {
    try {
      const lease = await progress.lease(holder, new Date(now()))
      if (lease) {
        const isMore = await dispatchPage(options, holder, lease.position)
        if (now() - checkedAtMs >= CHECK_EVERY_MS) {
          checkedAtMs = now()
          await wake(
            options,
            await store.webhookDeliveries.neglected(new Date(now() - NEGLECTED_MS)),
          )
        }
        if (isMore) continue
      }
    } catch (error) {
      log.warn(`webhooks wait to be put in line: ${String(error)}`)
    }
    await setTimeout(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
  await progress.release(holder).catch(() => undefined)
}

/** Puts the messages of the next changes in line; whether there are more of them. */
async function dispatchPage(
  options: DispatchOptions,
  holder: string,
  position: FeedPosition | null,
): Promise<boolean> {
  const { store, publicUrl, log, now = Date.now } = options
  const at = new Date(now())
  if (position === null) {
    // The first time: no endpoint is older.
    await store.webhookProgress.move(holder, await store.changes.latest(at))
    return true
  }
  const page = await store.changes
    .read(EVERYTHING, position, CHANGES_AT_ONCE, at)
    .catch((error: unknown) => {
      if (!(error instanceof PositionExpired)) throw error
      log.warn(`webhooks begin with the oldest change that is kept: ${error.message}`)
      return store.changes.read(EVERYTHING, null, CHANGES_AT_ONCE, at)
    })
  const caseIds = [...new Set(page.subjectIds)]
  const brandIds = new Set(caseIds.flatMap((caseId) => parseCaseId(caseId)?.brandId ?? []))
  // Read after the changes: what an endpoint wants of them, it has wanted since before.
  const endpoints = caseIds.length > 0 ? await store.webhookEndpoints.activeOf([...brandIds]) : []
  if (endpoints.length > 0) {
    const theirs = new Set(endpoints.map(({ brandId }) => brandId))
    const from = new Date(now() - SENT_WITHIN_DAYS * DAY_MS)
    const told = await store.toldEvents.read(
      caseIds.filter((caseId) => theirs.has(parseCaseId(caseId)?.brandId ?? '')),
      { from },
    )
    const messages = addressMessages(told, endpoints, publicUrl, ({ wanted }, type, happenedAt) =>
      wanted.some((want) => want.type === type && want.since.getTime() <= happenedAt),
    )
    const ids = new Set(await store.webhookDeliveries.add(messages, at))
    await wake(
      options,
      endpoints.filter(({ endpointId }) => ids.has(endpointId)),
    )
  }
  if (page.next.seq !== position.seq || page.next.epoch !== position.epoch) {
    await store.webhookProgress.move(holder, page.next)
  }
  return !page.isEnd
}

async function wake(
  { temporal }: DispatchOptions,
  endpoints: readonly { endpointId: string; brandId: string }[],
): Promise<void> {
  for (const endpoint of endpoints) {
    await temporal.withDeadline(Date.now() + WAKE_WITHIN_MS, () =>
      temporal.workflow.signalWithStart(WEBHOOK_DELIVERY, wakingEndpoint(endpoint)),
    )
  }
}
