import type { ClientSession } from 'mongoose'
import type { CaseEvent } from '../../domain/case/events.js'
import { CASE_KIND } from '../../domain/case/kind.js'
import type { CaseState } from '../../domain/case/state.js'
import type { AuthorisedSellers } from '../authorised-sellers/authorised-sellers.js'
import type { RecordCollections } from '../record/collections.js'
import { type CaseRow, type OpenCaseCommand, RecordConflict, type SightingClaim } from '../store.js'
import { type CaseModel, derivedFields, shownFields, toRow } from './row.js'
import type { CaseDocument } from './document.js'
import type { Sightings } from './sightings.js'

/** How cases are kept, and what is written in the transactions of their events. */
export function caseRecording({
  cases,
  sightings,
  authorisedSellers,
}: {
  cases: CaseModel
  sightings: Sightings
  authorisedSellers: AuthorisedSellers
}): RecordCollections<CaseState, CaseEvent, CaseRow, OpenCaseCommand, SightingClaim> {
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
    kind: CASE_KIND,
    events: { model: 'CaseEvent', collection: 'caseEvents' },
    rows: cases,
    derivedFields,
    fixedFields(opening) {
      const externalId = opening?.externalId ?? null
      return { externalIds: externalId === null ? [] : [externalId] }
    },
    toRow,
    shownFields,

    // A refused case claims nothing; one that takes up another leaves the claim with that.
    async claim(session, state) {
      if (isRefused(state) || state.reopens) return null
      const claim = await sightings.claim(session, state, firstSighting(state))
      return claim.caseId === state.caseId ? null : claim
    },

    async claimAnew(session, state) {
      if (isRefused(state) || state.reopens) return
      await sightings.claimAnew(session, state, firstSighting(state))
    },

    async opened(session, state) {
      if (!isRefused(state)) await markReopened(session, state, { reopenedBy: state.caseId })
    },

    async added(session, state, event) {
      // A refused case asks nobody: what it would claim could never be reported again.
      if (event.type === 'sightingAdded' && !isRefused(state)) {
        await sightings.claim(session, state, event.data.sighting)
      }
      if (event.type === 'restored' && event.data.result === 'restored') {
        const restoredAt = new Date(event.data.restoredAt)
        await markReopened(session, state, { restoredAt, removedAt: null })
      }
      if (event.type === 'closed') await authorisedSellers.addFromCase(session, state, event)
    },
  }
}

function isRefused({ ending }: CaseState): boolean {
  return ending?.outcome === 'refused'
}

function firstSighting({ caseId, sightings }: CaseState) {
  const [sighting] = sightings
  if (sighting) return sighting
  throw new RecordConflict(`case ${caseId}: its first event must be "opened", with a sighting`)
}
