import type { ProcessEvent, ProcessState } from '../../domain/record/record.js'
import type { TenantScope } from '../tenant-scope.js'

/** An event of a record with its link in the chain. */
export interface StoredEvent<Event> {
  event: Event
  /** RFC 8785 text that `hash` is taken over, with `prevHash` in it. */
  canonical: string
  prevHash: string
  hash: string
}

/** An event exactly as it lies in the database, for verifying it. */
export interface RecordedEvent {
  seq: number
  /** The event as shown to people beside `canonical`; unequal only if somebody changed one. */
  shown: { seq: number; at: number; type: string; by: unknown; data: unknown; request?: string }
  canonical: string
  prevHash: string
  hash: string
}

/** What every row of a recorded process has, whatever else its kind shows. */
export interface RecordRow<State> {
  workflowId: string
  rev: number
  state: State
}

/** What has happened to a process since it was saved last, or, to open it, so far. */
export interface SaveCommand<State, Event> {
  workflowId: string
  /** The events not saved yet, in order. Saving the same again changes nothing. */
  events: Event[]
  /** What they lead to. */
  state: State
}

/**
 * The record cannot be continued as asked: an event was saved before with other content, or its
 * predecessor is missing. Trying again does not help; somebody must look (store/record/audit.ts).
 */
export class RecordConflict extends Error {
  override name = 'RecordConflict'
}

/**
 * The records of one kind of process, and a row of each for lists and filters. `Opening` is what a
 * record is opened with, `Claim` what another record may have claimed before it.
 */
export interface RecordRepository<
  State extends ProcessState,
  Event extends ProcessEvent,
  Row extends RecordRow<State> = RecordRow<State>,
  Opening extends SaveCommand<State, Event> = SaveCommand<State, Event>,
  Claim = never,
> {
  /**
   * Writes row and first events in one transaction, with what the record claims. On a retry the
   * stored first events are the answer. When another record has the claim, nothing is written.
   */
  open(
    command: Opening,
  ): Promise<{ kind: 'opened'; events: Event[] } | { kind: 'claimed'; claim: Claim }>
  /** The stored first events, when it was opened before; for retries of `open`. */
  openingEvents(id: string): Promise<Event[] | null>
  /**
   * One transaction: events, what they bring with them, and the row if `state` is newer.
   * `savedRev`: every event up to it is on record. Throws `RecordConflict`; any other error is worth
   * a retry.
   */
  save(command: SaveCommand<State, Event>): Promise<{ savedRev: number }>
  get(scope: TenantScope, id: string): Promise<Row | null>
  /** The record, also when its row is gone. */
  events(scope: TenantScope, id: string): Promise<StoredEvent<Event>[]>
  /** Everything on record, unread and unchecked, for the audit. */
  recordOf(id: string): Promise<{ row: Row | null; events: RecordedEvent[] }>
  /** All ids whose row is open, ascending, for the reconciler. */
  openIds(after: string | null, limit: number): Promise<string[]>
  /** Those of these that have a row. */
  recordedAmong(ids: readonly string[]): Promise<string[]>
  /** All ids with a row or a first event, ascending, for the audit. */
  ids(after: string | null, limit: number): Promise<string[]>
}
