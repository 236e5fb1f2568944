import { isDeepStrictEqual } from 'node:util'
import type { CaseEvent } from '../../domain/case/events.js'
import { canonicalJson } from '../../domain/record/canonical-json.js'
import type { CaseState } from '../../domain/case/state.js'
import { rebuild, UnknownEvent } from '../../domain/case/evolve.js'
import { sha256Hex } from '../../platform/digest.js'
import { firstPrevHash, parseCanonical } from './events.js'
import { shownFields } from '../cases/row.js'
import { storable } from '../documents.js'
import type { CaseRow, RecordedEvent, Store } from '../store.js'

/** What can be wrong with a record, in the order it is looked for. */
export const AUDIT_PROBLEMS = [
  /** An event is missing, or stands twice. */
  'gap',
  /** The hash is not that of the canonical text. */
  'hash',
  /** The canonical text is not the canonical text of an event with that number in that case. */
  'canonical',
  /** The event does not name the hash of the event before it. */
  'chain',
  /** What people are shown of the event differs from its canonical text. */
  'shown',
  /** An event is of a type this version does not know; a later one wrote it. */
  'unknownEvent',
  /** The case has events but no row. */
  'rowMissing',
  /** The row is not what the events lead to. */
  'row',
] as const
export type AuditProblem = (typeof AUDIT_PROBLEMS)[number]

/** The first thing wrong with a case's record. `seq` is `null` when it is the row. */
export interface AuditFinding {
  caseId: string
  seq: number | null
  problem: AuditProblem
  detail: string
}

/** What a verification went through and found. */
export interface AuditedCase {
  caseId: string
  eventCount: number
  /** Hash of the last event; keep it elsewhere to notice later that the whole chain was rewritten. */
  headHash: string | null
  /** `null`: the record is whole. */
  finding: AuditFinding | null
}

/**
 * Verifies a case's record: every event is there, unchanged and chained to the one before, and the
 * row is what the events lead to. It finds tampering within the chain; somebody who rewrites chain
 * and row as a whole is found only by comparing `headHash` with a copy kept outside the database.
 */
export async function verifyCase(store: Store, caseId: string): Promise<AuditedCase> {
  const { row, events } = await store.cases.recordOf(caseId)
  const finding = findProblem(caseId, row, events)
  return {
    caseId,
    eventCount: events.length,
    headHash: events.at(-1)?.hash ?? null,
    finding: finding && { caseId, ...finding },
  }
}

/** Verifies all cases in the order of their ids, one at a time, whatever their number. */
export async function* verifyAllCases(store: Store, pageSize = 100): AsyncGenerator<AuditedCase> {
  let after: string | null = null
  for (;;) {
    const caseIds: string[] = await store.cases.caseIds(after, pageSize)
    for (const caseId of caseIds) yield verifyCase(store, caseId)
    const last = caseIds.at(-1)
    if (last === undefined) return
    after = last
  }
}

type Finding = Omit<AuditFinding, 'caseId'>

function findProblem(
  caseId: string,
  row: CaseRow | null,
  recorded: readonly RecordedEvent[],
): Finding | null {
  const events: CaseEvent[] = []
  let prevHash = firstPrevHash(caseId)
  for (const [index, stored] of recorded.entries()) {
    const seq = index + 1
    if (stored.seq !== seq) {
      return { seq, problem: 'gap', detail: `event ${seq} is expected, ${stored.seq} follows` }
    }
    const checked = checkEvent(stored, caseId, prevHash)
    if ('problem' in checked) return { seq, ...checked }
    events.push(checked.event)
    prevHash = stored.hash
  }
  return findRowProblem(caseId, row, events)
}

function checkEvent(
  stored: RecordedEvent,
  caseId: string,
  prevHash: string,
): Omit<Finding, 'seq'> | { event: CaseEvent } {
  if (sha256Hex(stored.canonical) !== stored.hash) {
    return { problem: 'hash', detail: 'the hash is not that of the canonical text' }
  }
  const parsed = parseOrNull(stored.canonical)
  if (!parsed || parsed.caseId !== caseId || parsed.event.seq !== stored.seq) {
    return { problem: 'canonical', detail: 'the canonical text is not that of this event' }
  }
  if (parsed.prevHash !== prevHash || stored.prevHash !== prevHash) {
    return { problem: 'chain', detail: `the event before has the hash ${prevHash}` }
  }
  if (!isDeepStrictEqual(stored.shown, storable(parsed.event))) {
    return { problem: 'shown', detail: 'what is shown of the event is not its canonical text' }
  }
  if (stored.seq === 1 && parsed.event.type !== 'opened') {
    return { problem: 'canonical', detail: 'the first event is not "opened"' }
  }
  return { event: parsed.event }
}

function parseOrNull(canonical: string) {
  try {
    const parsed = parseCanonical(canonical)
    const { event, caseId, prevHash } = parsed
    return canonicalJson({ ...event, caseId, prevHash }) === canonical ? parsed : null
  } catch {
    return null
  }
}

function findRowProblem(
  caseId: string,
  row: CaseRow | null,
  events: readonly CaseEvent[],
): Finding | null {
  const problem = (detail: string): Finding => ({ seq: null, problem: 'row', detail })
  if (!row) {
    return { seq: null, problem: 'rowMissing', detail: `${events.length} events have no row` }
  }
  if (events.length === 0) return { seq: 1, problem: 'gap', detail: 'the row has no events' }
  let state: CaseState
  try {
    state = rebuild(caseId, events)
  } catch (error) {
    if (!(error instanceof UnknownEvent)) throw error
    return { seq: null, problem: 'unknownEvent', detail: error.message }
  }
  if (row.rev !== state.rev) {
    return problem(`the row is at revision ${row.rev}, the events lead to ${state.rev}`)
  }
  const expected = { ...row, ...shownFields(state) }
  const names = Object.keys(expected) as (keyof CaseRow)[]
  const differing = names.filter((name) => !isDeepStrictEqual(row[name], expected[name]))
  return differing.length === 0
    ? null
    : problem(`the events lead to other values of: ${differing.join(', ')}`)
}
