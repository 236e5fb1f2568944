import type { ClientSession, Connection, Model } from 'mongoose'
import { idOf, type ProcessEvent, type ProcessState } from '../../domain/record/record.js'
import { insertAsTheyAre } from '../documents.js'
import { inTransaction } from '../transaction.js'
import { parseCanonical, type RecordEvents } from './events.js'
import type { RecordCollections, RowDocument } from './collections.js'
import {
  RecordConflict,
  type RecordRepository,
  type RecordRow,
  type SaveCommand,
} from './repository.js'

/** The writing half of a record's repository: each call is one transaction. */
export function savingRecords<
  State extends ProcessState,
  Event extends ProcessEvent,
  Row extends RecordRow<State>,
  Opening extends SaveCommand<State, Event>,
  Claim,
>(
  connection: Connection,
  collections: RecordCollections<State, Event, Row, Opening, Claim>,
  rows: Model<RowDocument<unknown>>,
  recordEvents: RecordEvents<State, Event>,
): Pick<RecordRepository<State, Event, Row, Opening, Claim>, 'open' | 'openingEvents' | 'save'> {
  const { kind, derivedFields, fixedFields, claim, claimAnew, opened, added } = collections

  async function openingEvents(id: string, session?: ClientSession): Promise<Event[] | null> {
    const row = await rows
      .findById(id, { openingRev: 1 })
      .session(session ?? null)
      .lean<{ openingRev: number }>()
    if (!row) return null
    const stored = await recordEvents.recorded(id, {
      maxSeq: row.openingRev,
      ...(session ? { session } : {}),
    })
    return stored.map(({ canonical }) => parseCanonical<Event>(kind.idName, canonical).event)
  }

  /** What a save writes into the row. */
  function saved(state: State) {
    return { ...derivedFields(state), savedAt: new Date() }
  }

  async function insertRow(
    session: ClientSession,
    { workflowId, state }: SaveCommand<State, Event>,
    fixed: object,
  ) {
    const fields = { workflowId, ...fixed, openingRev: state.rev, ...saved(state) }
    const row = { _id: idOf(kind, state), ...fields } as RowDocument<unknown>
    await insertAsTheyAre(session, rows, [row])
  }

  async function bringRowUpToDate(session: ClientSession, command: SaveCommand<State, Event>) {
    const { state } = command
    const _id = idOf(kind, state)
    const $set = saved(state) as Partial<RowDocument<unknown>>
    // A late retry never overwrites a newer state.
    const older: object = { _id, rev: { $lt: state.rev } }
    const { matchedCount } = await rows.collection.updateOne(older, { $set }, { session })
    if (matchedCount > 0) return
    const isThere = await rows.exists({ _id }).session(session)
    if (!isThere) await insertRow(session, command, fixedFields(null))
  }

  /** A state must be what its last events led to: a gap would be found only by the audit. */
  function assertComplete({ events, state }: SaveCommand<State, Event>) {
    const firstSeq = state.rev - events.length + 1
    if (events.every((event, index) => event.seq === firstSeq + index)) return
    throw new RecordConflict(
      `${kind.noun} ${idOf(kind, state)}: the events to save must be numbered without gaps up to ` +
        `the state's revision ${state.rev}; got [${events.map(({ seq }) => seq).join(', ')}]`,
    )
  }

  return {
    openingEvents: (id) => openingEvents(id),

    open: (command) =>
      inTransaction(connection, async (session, hasMetDuplicate) => {
        const { state, events } = command
        assertComplete(command)
        if (hasMetDuplicate) {
          const stored = await openingEvents(idOf(kind, state), session)
          if (stored) return { kind: 'opened', events: stored }
          const claimed = (await claim?.(session, state)) ?? null
          if (claimed !== null) return { kind: 'claimed', claim: claimed }
        } else {
          await claimAnew?.(session, state)
        }
        await recordEvents.append(session, state, events, { begins: !hasMetDuplicate })
        await insertRow(session, command, fixedFields(command))
        await opened?.(session, state)
        return { kind: 'opened', events }
      }),

    save: (command) =>
      inTransaction(connection, async (session) => {
        const { state, events } = command
        assertComplete(command)
        // What an event brings with it was done in the transaction that added the event.
        for (const event of await recordEvents.append(session, state, events)) {
          await added?.(session, state, event)
        }
        await bringRowUpToDate(session, command)
        return { savedRev: state.rev }
      }),
  }
}
