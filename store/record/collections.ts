import type { ClientSession } from 'mongoose'
import type { ProcessEvent, ProcessKind, ProcessState } from '../../domain/record/record.js'
import type { EventCollection } from './events.js'
import type { RecordRow, SaveCommand } from './repository.js'

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
