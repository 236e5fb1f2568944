import { type Connection, type Model, trusted } from 'mongoose'
import type { ProcessEvent, ProcessState } from '../../domain/record/record.js'
import { afterId, inScope } from '../scope.js'
import { recordEventsOf } from './events.js'
import type { RecordRepository, RecordRow, SaveCommand } from './repository.js'
import { savingRecords } from './saving.js'
import type { RecordCollections, RowDocument } from './collections.js'

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
