import { randomUUID } from 'node:crypto'
import { type ClientSession, type Connection, type mongo, Schema, trusted } from 'mongoose'
import { CHANGES_KEPT_DAYS } from '../../domain/record/changes.js'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import { inScope } from '../scope.js'
import { type FeedPage, type FeedPosition, PositionExpired, type TenantScope } from '../store.js'
import { inTransaction } from '../transaction.js'

/** A tailer that has not renewed its lease for so long has lost it. */
export const LEASE_MS = 15_000

/** Another process has taken the lease over: nothing was written. */
export class LeaseLost extends Error {
  override name = 'LeaseLost'
}

/** One thing that changed; who may see it follows from its tenant. */
export interface FeedEntry {
  subjectId: string
  brandId: string
  marketplace: string
}

interface EntryDocument extends FeedEntry {
  /** The entry's number. Entries are numbered in the order of their commits, without gaps. */
  _id: number
  /** When it was numbered; never decreases. */
  at: Date
}

/** Where the change stream goes on, and who may number entries. */
interface HeadDocument {
  _id: string
  /** A new one each time the feed begins anew, so that positions of an earlier one are recognised. */
  epoch: string
  lastSeq: number
  lastAt: Date
  /** After which change of the collection to go on; `null` before the first. */
  resumeToken: unknown
  /** From which moment of the oplog to go on while there is no token. */
  startAt: mongo.Timestamp | null
  holder: string | null
  leaseUntil: Date
}

const entrySchema = new Schema<EntryDocument>(
  {
    _id: required(Number),
    at: required(Date),
    subjectId: required(String),
    brandId: required(String),
    marketplace: required(String),
  },
  DOCUMENT_OPTIONS,
)
  .index({ at: 1 }, { expireAfterSeconds: (CHANGES_KEPT_DAYS * DAY_MS) / 1000 })
  .index({ brandId: 1, _id: 1 })
  .index({ marketplace: 1, _id: 1 })

const headSchema = new Schema<HeadDocument>(
  {
    _id: required(String),
    epoch: required(String),
    lastSeq: required(Number),
    lastAt: required(Date),
    resumeToken: Schema.Types.Mixed,
    startAt: Schema.Types.Mixed,
    holder: String,
    leaseUntil: required(Date),
  },
  DOCUMENT_OPTIONS,
)

/** What a lease holder goes on from. */
export type FeedHead = Pick<HeadDocument, 'lastSeq' | 'lastAt' | 'resumeToken' | 'startAt'>
/** What a batch of entries moves the feed to, besides its number. */
export type Progress = Pick<HeadDocument, 'resumeToken' | 'startAt'>

export type Feed = ReturnType<typeof feedOf>

/**
 * A feed of what changed in a collection, in the order of the commits, for readers that must miss
 * nothing: one leased process numbers the changes after they were committed, so that whoever reads
 * up to a number has seen all below it. Entries name what changed and are kept for 90 days; each
 * change is in it at least once.
 */
export function feedOf(connection: Connection, name: string) {
  const entries = connection.model<EntryDocument>(`${name}Entry`, entrySchema.clone(), name)
  const heads =
    (connection.models['FeedHead'] as ReturnType<typeof headModel> | undefined) ??
    headModel(connection)

  async function head(): Promise<HeadDocument | null> {
    return heads.findById(name).lean<HeadDocument>()
  }

  async function create(): Promise<void> {
    const fresh = {
      epoch: randomUUID(),
      lastSeq: 0,
      lastAt: new Date(0),
      resumeToken: null,
      startAt: null,
      holder: null,
      leaseUntil: new Date(0),
    }
    await heads.updateOne({ _id: name }, { $setOnInsert: fresh }, { upsert: true })
  }

  return {
    /** Takes or renews the lease for `holder`; `null` while another process has it. */
    async lease(holder: string, now: Date): Promise<FeedHead | null> {
      await create()
      const free = [{ holder }, { leaseUntil: trusted({ $lt: now }) }]
      const leaseUntil = new Date(now.getTime() + LEASE_MS)
      return heads
        .findOneAndUpdate(
          { _id: name, $or: free },
          { $set: { holder, leaseUntil } },
          { returnDocument: 'after' },
        )
        .lean<HeadDocument>()
    },

    /** Gives the lease back, so that another process need not wait for its end. */
    async release(holder: string): Promise<void> {
      await heads.updateOne(
        { _id: name, holder },
        { $set: { holder: null, leaseUntil: new Date(0) } },
      )
    },

    /**
     * Numbers `changes` and moves the feed on, in one transaction. Throws `LeaseLost`, and writes
     * nothing, when `holder` no longer has the lease.
     */
    append: (
      holder: string,
      changes: readonly FeedEntry[],
      progress: Partial<Progress>,
      now: Date,
    ): Promise<void> =>
      inTransaction(connection, async (session: ClientSession) => {
        const count = changes.length
        const moved = await heads
          .findOneAndUpdate(
            { _id: name, holder },
            {
              $set: progress,
              ...(count > 0 ? { $inc: { lastSeq: count }, $max: { lastAt: now } } : {}),
            },
            { returnDocument: 'after', session },
          )
          .lean<HeadDocument>()
        if (!moved) throw new LeaseLost(`another process numbers the entries of ${name} now`)
        const { lastSeq, lastAt: at } = moved
        const numbered = changes.map(({ subjectId, brandId, marketplace }, index) => {
          return { _id: lastSeq - count + 1 + index, at, subjectId, brandId, marketplace }
        })
        if (count > 0) await entries.insertMany(numbered, { session })
      }),

    /** The position after everything numbered by `now`. */
    async latest(now: Date): Promise<FeedPosition> {
      await create()
      const { epoch, lastSeq, lastAt } = (await head()) as HeadDocument
      return { epoch, seq: lastSeq, at: lastAt > now ? lastAt : now }
    },

    /**
     * The entries after `after` (`null`: from the oldest kept) that `scope` may see, oldest first.
     * Throws `PositionExpired` for a position from which some are gone.
     */
    async read(
      scope: TenantScope,
      after: FeedPosition | null,
      limit: number,
      now: Date,
    ): Promise<FeedPage> {
      // Read first: what is numbered while the entries are read is for the next page.
      const end = await this.latest(now)
      if (after !== null) assertKept(after, end, now)
      const range = trusted({ $gt: after?.seq ?? 0, $lte: end.seq })
      const found = await entries
        .find({ $and: [{ _id: range }, inScope(scope)] })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<EntryDocument[]>()
      const last = found.at(-1)
      const isFull = found.length === limit && last !== undefined
      return {
        subjectIds: found.map((entry) => entry.subjectId),
        next: isFull ? { epoch: end.epoch, seq: last._id, at: last.at } : end,
        isEnd: !isFull,
      }
    },
  }
}

function headModel(connection: Connection) {
  return connection.model<HeadDocument>('FeedHead', headSchema, 'feeds')
}

function assertKept(after: FeedPosition, end: FeedPosition, now: Date): void {
  const isOfThisFeed = after.epoch === end.epoch && after.seq <= end.seq
  const oldestMs = now.getTime() - CHANGES_KEPT_DAYS * DAY_MS
  // Where nothing came since, nothing is gone, however old the position is.
  const isKept = after.seq === end.seq || after.at.getTime() >= oldestMs
  if (isOfThisFeed && isKept) return
  throw new PositionExpired(
    isOfThisFeed
      ? `changes are kept for ${CHANGES_KEPT_DAYS} days; this position is older`
      : 'this position is of another history of the feed, for instance of a restored database',
  )
}
