import type { Connection } from 'mongoose'
import type { CaseEvent } from '../../domain/case/events.js'
import { TOLD_EVENTS } from '../../domain/webhook/messages.js'
import type { ToldEvents } from './repository.js'

interface EventDocument {
  caseId: string
  brandId: string
  marketplace: string
  seq: number
  at: Date
  type: CaseEvent['type']
  by: CaseEvent['by']
  data: CaseEvent['data']
}

interface ChangeDocument {
  _id: number
  subjectId: string
}

/** Of an opening only what it takes up again is told. */
const LARGE = ['listing', 'policy', 'signals', 'sighting', 'parties', 'shown']

/** What cases tell, from their records and the feed of their changes. */
export function toldEventsOf(connection: Connection): ToldEvents {
  const events = () => connection.collection<EventDocument>('caseEvents')
  const changes = () => connection.collection<ChangeDocument>('caseChanges')

  return {
    async read(caseIds, { from, to }) {
      const at = { $gte: from, ...(to === undefined ? {} : { $lt: to }) }
      const found = await events()
        .find(
          { caseId: { $in: [...caseIds] }, at, type: { $in: [...TOLD_EVENTS] } },
          { projection: Object.fromEntries(LARGE.map((name) => [`data.${name}`, 0])) },
        )
        .sort({ caseId: 1, seq: 1 })
        .toArray()
      return found.map(({ caseId, brandId, marketplace, seq, at, type, by, data }) => ({
        ...{ caseId, brandId, marketplace },
        event: { seq, at: at.getTime(), type, by, data } as CaseEvent,
      }))
    },

    async latestSeq() {
      const [last] = await changes().find().sort({ _id: -1 }).limit(1).toArray()
      return last?._id ?? 0
    },

    async changedSince(brandId, from, { afterSeq, lastSeq }, limit) {
      const first =
        afterSeq === null
          ? await changes()
              .find({ at: { $gte: from } } as object)
              .sort({ at: 1, _id: 1 })
              .limit(1)
              .next()
          : null
      const after = afterSeq ?? (first ? first._id - 1 : lastSeq)
      const found = await changes()
        .find({ brandId, _id: { $gt: after, $lte: lastSeq } } as object)
        .sort({ _id: 1 })
        .limit(limit)
        .toArray()
      const isEnd = found.length < limit
      return {
        caseIds: [...new Set(found.map(({ subjectId }) => subjectId))],
        afterSeq: isEnd ? lastSeq : (found.at(-1)?._id ?? lastSeq),
        isEnd,
      }
    },
  }
}
