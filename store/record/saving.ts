import type { ClientSession, Connection } from 'mongoose'
import type { CaseEvent } from '../../domain/case/events.js'
import type { CaseState } from '../../domain/case/state.js'
import type { AuthorisedSellers } from '../authorised-sellers/authorised-sellers.js'
import type { CaseEvents } from './events.js'
import { parseCanonical } from './events.js'
import { type CaseDocument, type CaseModel, derivedFields } from '../cases/row.js'
import { newerThan } from '../scope.js'
import type { Sightings } from '../cases/sightings.js'
import { type CaseRepository, RecordConflict, type SaveCaseCommand } from '../store.js'
import { inTransaction } from '../transaction.js'

interface Collections {
  connection: Connection
  cases: CaseModel
  caseEvents: CaseEvents
  sightings: Sightings
  authorisedSellers: AuthorisedSellers
}

/** The writing half of the case repository: each call is one transaction. */
export function savingCases(
  collections: Collections,
): Pick<CaseRepository, 'open' | 'openingEvents' | 'save'> {
  const { connection, cases, caseEvents, sightings, authorisedSellers } = collections

  async function openingEvents(caseId: string, session?: ClientSession) {
    const row = await cases
      .findById(caseId, { openingRev: 1 })
      .session(session ?? null)
      .lean<{ openingRev: number }>()
    if (!row) return null
    const stored = await caseEvents.recorded(caseId, {
      maxSeq: row.openingRev,
      ...(session ? { session } : {}),
    })
    return stored.map((event) => parseCanonical(event.canonical).event)
  }

  async function insertRow(
    session: ClientSession,
    { workflowId, state }: Pick<SaveCaseCommand, 'workflowId' | 'state'>,
    externalIds: string[],
  ) {
    const fields = { workflowId, externalIds, openingRev: state.rev, ...saved(state) }
    await cases.insertMany([{ _id: state.caseId, ...fields }], { session })
  }

  async function bringRowUpToDate(session: ClientSession, command: SaveCaseCommand) {
    const { caseId, state } = command
    const row = await cases.findById(caseId, { rev: 1 }).session(session).lean<{ rev: number }>()
    if (!row) return insertRow(session, command, [])
    if (row.rev >= state.rev) return
    await cases.updateOne(
      { _id: caseId, rev: newerThan(state.rev) },
      { $set: saved(state) },
      { session },
    )
  }

  /** On the row of the case that this one takes up again; its record has ended. */
  async function markReopened(
    session: ClientSession,
    { reopens }: CaseState,
    mark: Pick<CaseDocument, 'reopenedBy'> | Pick<CaseDocument, 'restoredAt' | 'removedAt'>,
  ) {
    if (!reopens) return
    const $set = { ...mark, savedAt: new Date() }
    await cases.updateOne({ _id: reopens.caseId }, { $set }, { session })
  }

  return {
    openingEvents: (caseId) => openingEvents(caseId),

    open: (command) =>
      inTransaction(connection, async (session) => {
        const { state, events, externalId } = command
        assertComplete(state.caseId, events, state)
        const stored = await openingEvents(state.caseId, session)
        if (stored) return { kind: 'opened', events: stored }
        const isRefused = state.ending?.outcome === 'refused'
        if (!isRefused && !state.reopens) {
          const claim = await sightings.claim(session, state, firstSighting(state))
          if (claim.caseId !== state.caseId) return { kind: 'claimed', claim }
        }
        await caseEvents.append(session, state, events)
        const externalIds = externalId === null ? [] : [externalId]
        await insertRow(session, command, externalIds)
        if (!isRefused) await markReopened(session, state, { reopenedBy: state.caseId })
        return { kind: 'opened', events }
      }),

    save: (command) =>
      inTransaction(connection, async (session) => {
        const { state, events } = command
        assertComplete(command.caseId, events, state)
        // What an event brings with it was done in the transaction that added the event.
        const added = await caseEvents.append(session, state, events)
        for (const event of added) {
          // A refused case asks nobody: what it would claim could never be reported again.
          if (event.type === 'sightingAdded' && state.ending?.outcome !== 'refused') {
            await sightings.claim(session, state, event.data.sighting)
          }
          if (event.type === 'restored' && event.data.result === 'restored') {
            const restoredAt = new Date(event.data.restoredAt)
            await markReopened(session, state, { restoredAt, removedAt: null })
          }
          if (event.type === 'closed') await authorisedSellers.addFromCase(session, state, event)
        }
        await bringRowUpToDate(session, command)
        return { savedRev: state.rev }
      }),
  }
}

/** What a save writes into the row. */
function saved(state: CaseState) {
  return { ...derivedFields(state), savedAt: new Date() }
}

function firstSighting({ caseId, sightings }: CaseState) {
  const [sighting] = sightings
  if (sighting) return sighting
  throw new RecordConflict(`case ${caseId}: its first event must be "opened", with a sighting`)
}

/** A state must be what its last events led to: a gap would be found only by the audit. */
function assertComplete(caseId: string, events: readonly CaseEvent[], state: CaseState) {
  const firstSeq = state.rev - events.length + 1
  const isNumbered = events.every((event, index) => event.seq === firstSeq + index)
  if (isNumbered && caseId === state.caseId) return
  throw new RecordConflict(
    `case ${caseId}: the events to save must be numbered without gaps up to the state's revision ` +
      `${state.rev}; got [${events.map((event) => event.seq).join(', ')}] for ${state.caseId}`,
  )
}
