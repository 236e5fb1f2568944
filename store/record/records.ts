import { type ClientSession, type Connection, type Model, trusted } from 'mongoose'
import type { ProcessEvent, ProcessKind, ProcessState } from '../../domain/record/record.js'
import { afterId, inScope } from '../scope.js'
import { type EventCollection, recordEventsOf } from './events.js'
import type { RecordRepository, RecordRow, SaveCommand } from './repository.js'
import { savingRecords } from './saving.js'

/** What every row has beside what its kind shows. */
export interface RowDocument<State> extends RecordRow<State> {
  /** The process's id. */
  _id: string
  brandId: string
  marketplace: string
  open: boolean
  /** When the row was written last, by the clock of whoever wrote it. */
  savedAt: Date
  /** `rev` after opening: how many events a retried opening gets back. */
  openingRev: number
}

/** How one kind of process is kept: its collections, its rows, and what is written with its events. */
export interface RecordCollections<
  State extends ProcessState,
  Event extends ProcessEvent,
  Row extends RecordRow<State>,
  Opening extends SaveCommand<State, Event>,
  Claim,
> {
  kind: ProcessKind<State, Event>
  events: EventCollection
  /** The model of its rows, whose documents have all that `RowDocument` names. */
  rows: unknown
  /** What a row says that follows from the state; the rest is set once, by `fixedFields`. */
  derivedFields: (state: State) => object
  /** Fields set when the row is inserted; `null`: somebody deleted it, and a save puts it back. */
  fixedFields: (opening: Opening | null) => object
  /** A row for its readers. */
  toRow: (document: never) => Row
  /** What the readers of a row must find, given its state. */
  shownFields: (state: State) => Partial<Row>
  /** Before a record begins, in its transaction: whose what it would claim already is, if another's. */
  claim?: (session: ClientSession, state: State) => Promise<Claim | null>
  /** The same without looking: fails with a duplicate key where it is claimed already. */
  claimAnew?: (session: ClientSession, state: State) => Promise<void>
  /** In the transaction that writes the first events, after them. */
  opened?: (session: ClientSession, state: State) => Promise<void>
  /** In the transaction that adds the event to a record. */
  added?: (session: ClientSession, state: State, event: Event) => Promise<void>
}

/** The records of one kind of process in MongoDB. */
export function recordsOf<
  State extends ProcessState,
  Event extends ProcessEvent,
  Row extends RecordRow<State>,
  Opening extends SaveCommand<State, Event>,
  Claim,
>(
  connection: Connection,
  collections: RecordCollections<State, Event, Row, Opening, Claim>,
): RecordRepository<State, Event, Row, Opening, Claim> {
  const events = recordEventsOf(connection, collections.kind, collections.events)
  const rows = collections.rows as Model<RowDocument<unknown>>
  const toRow = (document: RowDocument<unknown> | null) =>
    document && collections.toRow(document as never)

  async function idsOf(conditions: object, limit: number): Promise<string[]> {
    const found = await rows
      .find(conditions, { _id: 1 })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>()
    return found.map((row) => row._id)
  }

  return {
    ...savingRecords(connection, collections, rows, events),

    async get(scope, id) {
      return toRow(
        await rows.findOne({ $and: [{ _id: id }, inScope(scope)] }).lean<RowDocument<unknown>>(),
      )
    },

    events: (scope, id) => events.stored(inScope(scope), id),

    async recordOf(id) {
      const [row, recorded] = await Promise.all([
        rows.findById(id).lean<RowDocument<unknown>>(),
        events.recorded(id),
      ])
      return { row: toRow(row), events: recorded }
    },

    openIds: (after, limit) => idsOf({ $and: [{ open: true }, afterId(after)] }, limit),

    recordedAmong: (ids) => idsOf({ _id: trusted({ $in: [...ids] }) }, Math.max(1, ids.length)),

    async ids(after, limit) {
      const found = await Promise.all([idsOf(afterId(after), limit), events.ids(after, limit)])
      // Ids are ASCII, so this is also MongoDB's order.
      return [...new Set(found.flat())].sort().slice(0, limit)
    },
  }
}
