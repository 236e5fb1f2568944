import { type ClientSession, type Connection, Schema, trusted } from 'mongoose'
import { canonicalJson } from '../../domain/record/canonical-json.js'
import {
  idOf,
  type ProcessEvent,
  type ProcessKind,
  type ProcessState,
} from '../../domain/record/record.js'
import { sha256Hex } from '../../platform/digest.js'
import { DOCUMENT_OPTIONS, insertAsTheyAre, required, storable } from '../documents.js'
import type { ScopeFilter } from '../scope.js'
import { RecordConflict, type RecordedEvent, type StoredEvent } from './repository.js'

/**
 * One event of a record, beside its process's id under the name that has in its kind. `canonical` is
 * what counts and what `hash` is taken over; the other fields show the same to people and reports.
 */
interface EventDocument {
  /** `<id>:<seq>` */
  _id: string
  seq: number
  brandId: string
  marketplace: string
  at: Date
  type: string
  by: ProcessEvent['by']
  data: unknown
  request?: string
  canonical: string
  prevHash: string
  hash: string
}

type Link = Pick<EventDocument, 'seq' | 'canonical' | 'hash'>
const NO_LINKS: ReadonlyMap<number, Link> = new Map()

/** Where the events of a kind of process are kept. */
export interface EventCollection {
  model: string
  collection: string
}

function eventSchema(idName: string): Schema<EventDocument> {
  const schema = new Schema<EventDocument>(
    {
      _id: required(String),
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
  schema.add({ [idName]: required(String) })
  schema.index({ [idName]: 1, seq: 1 }, { unique: true })
  // One entry per record: finds those whose row is gone.
  schema.index({ seq: 1, [idName]: 1 }, { partialFilterExpression: { seq: 1 } })
  return schema
}

export type RecordEvents<State extends ProcessState, Event extends ProcessEvent> = ReturnType<
  typeof recordEventsOf<State, Event>
>

/** The records of all processes of a kind: insert-only, one hash chain per process. */
export function recordEventsOf<State extends ProcessState, Event extends ProcessEvent>(
  connection: Connection,
  kind: ProcessKind<State, Event>,
  { model: name, collection }: EventCollection,
) {
  const { idName, noun } = kind
  const model = connection.model<EventDocument>(name, eventSchema(idName), collection)

  /** Those of these events that are on record, and the one before them, by number. */
  async function linksOf(session: ClientSession, id: string, events: readonly [Event, ...Event[]]) {
    const [first] = events
    const ids = [first.seq - 1, ...events.map((event) => event.seq)].map((n) => `${id}:${n}`)
    const these: object = { _id: { $in: ids } }
    const projection = { seq: 1, canonical: 1, hash: 1 }
    const stored = await model.collection.find<Link>(these, { session, projection }).toArray()
    return new Map(stored.map((link) => [link.seq, link]))
  }

  /**
   * Continues the chain of a record and returns the events that were not there yet. Events saved
   * before are compared: other content is a `RecordConflict`. A record that `begins` is written
   * without looking: where one has begun already, a duplicate key says so.
   */
  async function append(
    session: ClientSession,
    state: State,
    events: readonly Event[],
    { begins = false } = {},
  ): Promise<Event[]> {
    const [first, ...others] = events
    if (!first) return []
    const id = idOf(kind, state)
    const { brandId, marketplace } = state
    const storedBySeq = begins ? NO_LINKS : await linksOf(session, id, [first, ...others])

    let prevHash = first.seq === 1 ? firstPrevHash(id) : storedBySeq.get(first.seq - 1)?.hash
    if (prevHash === undefined) {
      throw new RecordConflict(
        `${noun} ${id}: event ${first.seq - 1} is missing from the record, so event ${first.seq} ` +
          'cannot follow; restore the record from a backup and verify it',
      )
    }
    const added: Event[] = []
    const documents: EventDocument[] = []
    for (const event of events) {
      const canonical = canonicalJson({ ...event, [idName]: id, prevHash })
      const hash = sha256Hex(canonical)
      const earlier = storedBySeq.get(event.seq)
      if (earlier && earlier.canonical !== canonical) {
        throw new RecordConflict(
          `${noun} ${id}: event ${event.seq} is on record with other content; verify the record`,
        )
      }
      if (!earlier) {
        const { seq, at, type, by, data, request } = event
        const own = { _id: `${id}:${seq}`, [idName]: id }
        const asked = request === undefined ? {} : { request: storable(request) }
        const shown = { at: new Date(at), type, by: storable(by), data: storable(data), ...asked }
        const chained = { canonical, prevHash, hash }
        documents.push({ ...own, seq, brandId, marketplace, ...shown, ...chained })
        added.push(event)
      }
      prevHash = hash
    }
    if (documents.length > 0) await insertAsTheyAre(session, model, documents)
    return added
  }

  /** The record as stored, in order, up to `maxSeq`. */
  async function recorded(
    id: string,
    options: { scope?: ScopeFilter; maxSeq?: number; session?: ClientSession } = {},
  ): Promise<RecordedEvent[]> {
    const documents = await model
      .find({ $and: [{ [idName]: id }, options.scope ?? {}] })
      .sort({ seq: 1 })
      .limit(options.maxSeq ?? 0)
      .session(options.session ?? null)
      .lean<EventDocument[]>()
    return documents.map(({ seq, at, type, by, data, request, canonical, prevHash, hash }) => ({
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

    async stored(scope: ScopeFilter, id: string): Promise<StoredEvent<Event>[]> {
      const events = await recorded(id, { scope })
      return events.map(({ canonical, prevHash, hash }) => ({
        ...{ event: parseCanonical<Event>(idName, canonical).event, canonical, prevHash, hash },
      }))
    },

    /** Ids of records that have a first event, ascending. */
    async ids(after: string | null, limit: number): Promise<string[]> {
      const later = after === null ? {} : { [idName]: trusted({ $gt: after }) }
      const documents = await model
        .find({ seq: 1, ...later }, { _id: 0, [idName]: 1 })
        .sort({ [idName]: 1 })
        .limit(limit)
        .lean<Record<string, string>[]>()
      return documents.flatMap((document) => document[idName] ?? [])
    },
  }
}

/** What the first event of a record is chained to. */
export function firstPrevHash(id: string): string {
  return sha256Hex(id)
}

/** The event inside a canonical text, whose it is, and what it is chained to. */
export function parseCanonical<Event extends ProcessEvent>(
  idName: string,
  canonical: string,
): { event: Event; id: unknown; prevHash: unknown } {
  const all = JSON.parse(canonical) as Record<string, unknown>
  const { [idName]: id, prevHash, ...event } = all
  return { event: event as unknown as Event, id, prevHash }
}
