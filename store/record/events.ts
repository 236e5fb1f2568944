import { type ClientSession, type Connection, Schema, trusted } from 'mongoose'
import type { CaseEvent } from '../../domain/case/events.js'
import type { CaseState } from '../../domain/case/state.js'
import { canonicalJson } from '../../domain/record/canonical-json.js'
import { sha256Hex } from '../../platform/digest.js'
import { DOCUMENT_OPTIONS, required, storable } from '../documents.js'
import { oneOf, type ScopeFilter } from '../scope.js'
import { RecordConflict, type RecordedEvent, type StoredEvent } from '../store.js'

/**
 * One event of a case's record. `canonical` is what counts and what `hash` is taken over; the other
 * fields show the same to people and reports.
 */
interface CaseEventDocument {
  /** `<caseId>:<seq>` */
  _id: string
  caseId: string
  seq: number
  brandId: string
  marketplace: string
  at: Date
  type: CaseEvent['type']
  by: CaseEvent['by']
  data: CaseEvent['data']
  request?: string
  canonical: string
  prevHash: string
  hash: string
}

const caseEventSchema = new Schema<CaseEventDocument>(
  {
    _id: required(String),
    caseId: required(String),
    seq: required(Number),
    brandId: required(String),
    marketplace: required(String),
    at: required(Date),
    type: required(String),
    by: required(Schema.Types.Mixed),
    data: required(Schema.Types.Mixed),
    request: String,
    canonical: required(String),
    prevHash: required(String),
    hash: required(String),
  },
  DOCUMENT_OPTIONS,
)
  .index({ caseId: 1, seq: 1 }, { unique: true })
  // One entry per case: finds cases whose row is gone.
  .index({ seq: 1, caseId: 1 }, { partialFilterExpression: { seq: 1 } })

export type CaseEvents = ReturnType<typeof caseEventsOf>

/** The records of all cases: insert-only, one hash chain per case. */
export function caseEventsOf(connection: Connection) {
  const model = connection.model<CaseEventDocument>('CaseEvent', caseEventSchema, 'caseEvents')

  /**
   * Continues the chain of a case and returns the events that were not there yet. Events saved
   * before are compared: other content is a `RecordConflict`.
   */
  async function append(
    session: ClientSession,
    { caseId, brandId, marketplace }: Pick<CaseState, 'caseId' | 'brandId' | 'marketplace'>,
    events: readonly CaseEvent[],
  ): Promise<CaseEvent[]> {
    const [first] = events
    if (!first) return []
    const ids = [first.seq - 1, ...events.map((event) => event.seq)].map((n) => `${caseId}:${n}`)
    const stored = await model
      .find({ _id: oneOf(ids) }, { seq: 1, canonical: 1, hash: 1 })
      .session(session)
      .lean<Pick<CaseEventDocument, 'seq' | 'canonical' | 'hash'>[]>()
    const storedBySeq = new Map(stored.map((event) => [event.seq, event]))

    let prevHash = first.seq === 1 ? firstPrevHash(caseId) : storedBySeq.get(first.seq - 1)?.hash
    if (prevHash === undefined) {
      throw new RecordConflict(
        `case ${caseId}: event ${first.seq - 1} is missing from the record, so event ${first.seq} ` +
          'cannot follow; restore the record from a backup and verify it',
      )
    }
    const added: CaseEvent[] = []
    const documents: CaseEventDocument[] = []
    for (const event of events) {
      const canonical = canonicalEvent(caseId, prevHash, event)
      const hash = sha256Hex(canonical)
      const earlier = storedBySeq.get(event.seq)
      if (earlier && earlier.canonical !== canonical) {
        throw new RecordConflict(
          `case ${caseId}: event ${event.seq} is on record with other content; verify the record`,
        )
      }
      if (!earlier) {
        const { seq, at, type, by, data, request } = event
        const _id = `${caseId}:${seq}`
        const asked = request === undefined ? {} : { request: storable(request) }
        const shown = { at: new Date(at), type, by: storable(by), data: storable(data), ...asked }
        const chained = { canonical, prevHash, hash }
        documents.push({ _id, caseId, seq, brandId, marketplace, ...shown, ...chained })
        added.push(event)
      }
      prevHash = hash
    }
    if (documents.length > 0) {
      await model.bulkWrite(
        documents.map(({ _id, ...fields }) => ({
          updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true },
        })),
        { session, ordered: true },
      )
    }
    return added
  }

  /** The record as stored, in order, up to `maxSeq`. */
  async function recorded(
    caseId: string,
    options: { scope?: ScopeFilter; maxSeq?: number; session?: ClientSession } = {},
  ): Promise<RecordedEvent[]> {
    const documents = await model
      .find({ $and: [{ caseId }, options.scope ?? {}] })
      .sort({ seq: 1 })
      .limit(options.maxSeq ?? 0)
      .session(options.session ?? null)
      .lean<CaseEventDocument[]>()
    return documents.map(({ seq, at, type, by, data, request, canonical, prevHash, hash }) => ({
      caseId,
      seq,
      shown: {
        ...{ seq, at: at.getTime(), type, by, data },
        ...(request === undefined ? {} : { request }),
      },
      canonical,
      prevHash,
      hash,
    }))
  }

  return {
    append,
    recorded,

    async stored(scope: ScopeFilter, caseId: string): Promise<StoredEvent[]> {
      const events = await recorded(caseId, { scope })
      return events.map(({ canonical, prevHash, hash }) => ({
        event: parseCanonical(canonical).event,
        caseId,
        canonical,
        prevHash,
        hash,
      }))
    },

    /** Ids of cases that have a first event, ascending. */
    async caseIds(after: string | null, limit: number): Promise<string[]> {
      const later = after === null ? {} : { caseId: trusted({ $gt: after }) }
      const documents = await model
        .find({ seq: 1, ...later }, { _id: 0, caseId: 1 })
        .sort({ caseId: 1 })
        .limit(limit)
        .lean<{ caseId: string }[]>()
      return documents.map((document) => document.caseId)
    },
  }
}

/** What the first event of a case is chained to. */
export function firstPrevHash(caseId: string): string {
  return sha256Hex(caseId)
}

function canonicalEvent(caseId: string, prevHash: string, event: CaseEvent): string {
  return canonicalJson({ ...event, caseId, prevHash })
}

/** The event inside a canonical text, and what it is chained to. */
export function parseCanonical(canonical: string): {
  event: CaseEvent
  caseId: string
  prevHash: string
} {
  const { caseId, prevHash, ...event } = JSON.parse(canonical) as CaseEvent & {
    caseId: string
    prevHash: string
  }
  return { event, caseId, prevHash }
}
