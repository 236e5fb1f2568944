import { isDeepStrictEqual } from 'node:util'
import { canonicalJson } from '../../domain/record/canonical-json.js'
import {
  type ProcessEvent,
  type ProcessKind,
  type ProcessState,
  replay,
  UnknownEvent,
} from '../../domain/record/record.js'
import type { RecordProblem } from '../../domain/vocabulary.js'
import { sha256Hex } from '../../platform/digest.js'
import { storable } from '../documents.js'
import { firstPrevHash, parseCanonical } from './events.js'
import type { RecordedEvent, RecordRepository, RecordRow } from './repository.js'

/** The first thing wrong with a record. `seq` is `null` when it is the row. */
export interface RecordFinding {
  seq: number | null
  problem: RecordProblem
  detail: string
}

/** What a verification went through and found. */
export interface AuditedRecord {
  id: string
  eventCount: number
  /** Hash of the last event; keep it elsewhere to notice later that the whole chain was rewritten. */
  headHash: string | null
  /** `null`: the record is whole. */
  finding: RecordFinding | null
}

/** What a verification goes by: the rules of the kind, and what its rows must show of a state. */
export interface Audited<State extends ProcessState, Event extends ProcessEvent, Row> {
  kind: ProcessKind<State, Event>
  shownFields: (state: State) => Partial<Row>
}

/** Where it reads. */
export interface AuditSource<State> {
  recordOf(id: string): Promise<{ row: RecordRow<State> | null; events: RecordedEvent[] }>
  ids: RecordRepository<never, never>['ids']
}

/**
 * Verifies a record: every event is there, unchanged and chained to the one before, and the row is
 * what the events lead to. It finds tampering within the chain; somebody who rewrites chain and row
 * as a whole is found only by comparing `headHash` with a copy kept outside the database.
 */
export async function verifyRecord<State extends ProcessState, Event extends ProcessEvent>(
  audited: Audited<State, Event, object>,
  source: AuditSource<State>,
  id: string,
): Promise<AuditedRecord> {
  const { row, events } = await source.recordOf(id)
  const finding = findProblem(audited, id, row, events)
  return { id, eventCount: events.length, headHash: events.at(-1)?.hash ?? null, finding }
}

/** Verifies all records in the order of their ids, one at a time, whatever their number. */
export async function* verifyAllRecords<State extends ProcessState, Event extends ProcessEvent>(
  audited: Audited<State, Event, object>,
  source: AuditSource<State>,
  pageSize = 100,
): AsyncGenerator<AuditedRecord> {
  let after: string | null = null
  for (;;) {
    const ids: string[] = await source.ids(after, pageSize)
    for (const id of ids) yield verifyRecord(audited, source, id)
    const last = ids.at(-1)
    if (last === undefined) return
    after = last
  }
}

/** Where a finding is and what it is, in one line; `null` when there is none. */
export function findingInWords(noun: string, finding: RecordFinding | null): string | null {
  if (!finding) return null
  const { seq, problem, detail } = finding
  const where = seq === null ? `the row of the ${noun}` : `event ${seq}`
  return `${where} (${problem}): ${detail}`
}

function findProblem<State extends ProcessState, Event extends ProcessEvent>(
  audited: Audited<State, Event, object>,
  id: string,
  row: RecordRow<State> | null,
  recorded: readonly RecordedEvent[],
): RecordFinding | null {
  const events: Event[] = []
  let prevHash = firstPrevHash(id)
  for (const [index, stored] of recorded.entries()) {
    const seq = index + 1
    if (stored.seq !== seq) {
      return { seq, problem: 'gap', detail: `event ${seq} is expected, ${stored.seq} follows` }
    }
    const checked = checkEvent(audited.kind, stored, id, prevHash)
    if ('problem' in checked) return { seq, ...checked }
    events.push(checked.event)
    prevHash = stored.hash
  }
  return findRowProblem(audited, id, row, events)
}

function checkEvent<State extends ProcessState, Event extends ProcessEvent>(
  kind: ProcessKind<State, Event>,
  stored: RecordedEvent,
  id: string,
  prevHash: string,
): Omit<RecordFinding, 'seq'> | { event: Event } {
  if (sha256Hex(stored.canonical) !== stored.hash) {
    return { problem: 'hash', detail: 'the hash is not that of the canonical text' }
  }
  const parsed = parseOrNull<Event>(kind.idName, stored.canonical)
  if (!parsed || parsed.id !== id || parsed.event.seq !== stored.seq) {
    return { problem: 'canonical', detail: 'the canonical text is not that of this event' }
  }
  if (parsed.prevHash !== prevHash || stored.prevHash !== prevHash) {
    return { problem: 'chain', detail: `the event before has the hash ${prevHash}` }
  }
  if (!isDeepStrictEqual(stored.shown, storable(parsed.event))) {
    return { problem: 'shown', detail: 'what is shown of the event is not its canonical text' }
  }
  if (stored.seq === 1 && parsed.event.type !== kind.beginsWith) {
    return { problem: 'canonical', detail: `the first event is not "${kind.beginsWith}"` }
  }
  return { event: parsed.event }
}

function parseOrNull<Event extends ProcessEvent>(idName: string, canonical: string) {
  try {
    const parsed = parseCanonical<Event>(idName, canonical)
    const { event, id, prevHash } = parsed
    return canonicalJson({ ...event, [idName]: id, prevHash }) === canonical ? parsed : null
  } catch {
    return null
  }
}

function findRowProblem<State extends ProcessState, Event extends ProcessEvent>(
  { kind, shownFields }: Audited<State, Event, object>,
  id: string,
  row: RecordRow<State> | null,
  events: readonly Event[],
): RecordFinding | null {
  const problem = (detail: string): RecordFinding => ({ seq: null, problem: 'row', detail })
  if (!row) {
    return { seq: null, problem: 'rowMissing', detail: `${events.length} events have no row` }
  }
  if (events.length === 0) return { seq: 1, problem: 'gap', detail: 'the row has no events' }
  let state: State
  try {
    state = replay(kind, id, events)
  } catch (error) {
    if (!(error instanceof UnknownEvent)) throw error
    return { seq: null, problem: 'unknownEvent', detail: error.message }
  }
  if (row.rev !== state.rev) {
    return problem(`the row is at revision ${row.rev}, the events lead to ${state.rev}`)
  }
  const found = row as unknown as Record<string, unknown>
  const expected: Record<string, unknown> = { ...row, ...shownFields(state) }
  const differing = Object.keys(expected).filter(
    (name) => !isDeepStrictEqual(found[name], expected[name]),
  )
  return differing.length === 0
    ? null
    : problem(`the events lead to other values of: ${differing.join(', ')}`)
}
