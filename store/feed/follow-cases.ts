import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { type Connection, type mongo, trusted } from 'mongoose'
import { parseCaseId } from '../../domain/case/identity.js'
import type { CaseModel } from '../cases/row.js'
import { type Feed, type FeedEntry, type FeedHead, LEASE_MS, LeaseLost } from './feed.js'
import { OVERLAP_MS } from '../cases/filter.js'
import { isHistoryLost } from '../history-lost.js'
import type { FollowOptions } from '../store.js'

const MAX_BATCH = 500
const MAX_WAITING = 5_000
const RENEW_EVERY_MS = LEASE_MS / 3
const RETRY_MS = 1_000
/** How long changes are gathered before they are numbered together: each transaction costs as much as saving a case. */
const GATHER_MS = 200

/** Numbers the changes of cases in their feed, in the process that has the lease. */
export function followingCases(connection: Connection, cases: CaseModel, feed: Feed) {
  /** Everything saved since `from`, however often it is in the feed already. */
  async function catchUp(holder: string, from: Date, signal: AbortSignal): Promise<void> {
    // What is committed from here on is in the change stream.
    const startAt = await operationTime(connection)
    let after: { savedAt: Date; _id: string } | null = null
    for (;;) {
      signal.throwIfAborted()
      const page: { _id: string; savedAt: Date }[] = await cases
        .find(after === null ? { savedAt: trusted({ $gte: from }) } : later(after), { savedAt: 1 })
        .sort({ savedAt: 1, _id: 1 })
        .limit(MAX_BATCH)
        .lean<{ _id: string; savedAt: Date }[]>()
      const entries = page.flatMap(({ _id }) => entryOf(_id))
      if (entries.length > 0) await feed.append(holder, entries, {}, new Date())
      after = page.at(-1) ?? null
      if (page.length < MAX_BATCH) break
    }
    await feed.append(holder, [], { resumeToken: null, startAt }, new Date())
  }

  /** Numbers changes as they are committed, until `signal` ends it or something fails. */
  async function tail(holder: string, head: FeedHead, signal: AbortSignal): Promise<void> {
    const stream = watch(connection, cases, head)
    const close = () => void stream.close()
    signal.addEventListener('abort', close, { once: true })
    let waiting: { entries: FeedEntry[]; resumeToken: unknown }[] = []
    let failure: unknown
    let flushing = Promise.resolve()
    let isFlushing = false
    const flush = async () => {
      while (waiting.length > 0) {
        await pause(GATHER_MS, signal)
        const batch = waiting.slice(0, MAX_BATCH)
        const entries = batch.flatMap((change) => change.entries)
        const resumeToken = batch.at(-1)?.resumeToken
        await feed.append(holder, entries, { resumeToken, startAt: null }, new Date())
        waiting = waiting.slice(batch.length)
      }
    }
    const startFlushing = () => {
      if (isFlushing) return
      isFlushing = true
      flushing = flush()
        .catch((error: unknown) => {
          failure = error
          close()
        })
        .finally(() => {
          isFlushing = false
          if (waiting.length > 0 && failure === undefined) startFlushing()
        })
    }
    try {
      for await (const { _id: resumeToken, documentKey } of stream) {
        waiting.push({ entries: entryOf(documentKey._id), resumeToken })
        startFlushing()
        if (waiting.length > MAX_WAITING) await flushing
        if (failure !== undefined) break
      }
    } catch (error) {
      if (!signal.aborted && failure === undefined) throw error
    } finally {
      signal.removeEventListener('abort', close)
      await flushing
      await stream.close()
    }
    if (failure !== undefined) throw failure as Error
  }

  /** While this process has the lease; ends without an error when it loses it. */
  async function hold(holder: string, head: FeedHead, options: FollowOptions): Promise<void> {
    const lost = new AbortController()
    const signal = AbortSignal.any([options.signal, lost.signal])
    const renewal = setInterval(() => {
      feed.lease(holder, new Date()).then(
        (held) => held ?? lost.abort(),
        () => lost.abort(),
      )
    }, RENEW_EVERY_MS)
    try {
      if (head.resumeToken === null && head.startAt === null) {
        await catchUp(holder, since(head), signal)
      } else {
        await tail(holder, head, signal)
      }
    } catch (error) {
      if (error instanceof LeaseLost || signal.aborted) return
      if (!isHistoryLost(error)) throw error
      options.log.warn(
        'the oplog does not reach back far enough: the feed catches up from the rows',
      )
      await catchUp(holder, since(head), signal)
    } finally {
      clearInterval(renewal)
    }
  }

  return async function followCases(options: FollowOptions): Promise<void> {
    const holder = randomUUID()
    const { signal, log } = options
    while (!signal.aborted) {
      try {
        const head = await feed.lease(holder, new Date())
        if (head) await hold(holder, head, options)
        else await pause(RETRY_MS, signal)
      } catch (error) {
        if (signal.aborted) break
        log.warn(`the feed of cases is interrupted: ${String(error)}`)
        await pause(RETRY_MS, signal)
      }
    }
    await feed.release(holder).catch(() => undefined)
  }
}

function watch(connection: Connection, cases: CaseModel, { resumeToken, startAt }: FeedHead) {
  const changes = [{ $match: { operationType: { $in: ['insert', 'update', 'replace'] } } }]
  return connection
    .collection<{ _id: string }>(cases.collection.collectionName)
    .watch<{ _id: string }, mongo.ChangeStreamInsertDocument<{ _id: string }>>(
      [...changes, { $project: { documentKey: 1, operationType: 1 } }],
      {
        ...(resumeToken === null
          ? { startAtOperationTime: startAt as mongo.Timestamp }
          : { resumeAfter: resumeToken }),
      },
    )
}

async function operationTime(connection: Connection): Promise<mongo.Timestamp> {
  const answer = await connection.db?.command({ ping: 1 }, { readPreference: 'primary' })
  const at = (answer as { operationTime?: mongo.Timestamp } | undefined)?.operationTime
  if (!at) throw new Error('MongoDB names no operation time: is it a replica set?')
  return at
}

/** A case's tenant is in its id: no look-up, and none could show a later state. */
function entryOf(caseId: string): FeedEntry[] {
  const parsed = parseCaseId(caseId)
  if (!parsed) return []
  return [{ subjectId: caseId, brandId: parsed.brandId, marketplace: parsed.marketplace }]
}

function later({ savedAt, _id }: { savedAt: Date; _id: string }) {
  const next = [{ savedAt: trusted({ $gt: savedAt }) }, { savedAt, _id: trusted({ $gt: _id }) }]
  return { savedAt: trusted({ $gte: savedAt }), $or: next }
}

/** What was in flight when the last entry was numbered may have been committed after it. */
function since(head: FeedHead): Date {
  return new Date(Math.max(0, head.lastAt.getTime() - OVERLAP_MS))
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => undefined)
}
