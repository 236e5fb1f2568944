import { type Connection, Schema } from 'mongoose'
import type { CaseState } from '../../domain/case/state.js'
import { ruleIdsOfCase } from '../../domain/listing/sighting-list.js'
import { deadlineOf } from '../../domain/case/waiting/overdue.js'
import { ownerOf } from '../../domain/case/waiting/owner.js'
import { priceBand, titleShape } from '../../domain/listing/likeness.js'
import { shownListing } from '../../domain/case/shown.js'
import { knownSeverity, OUTCOMES, OWNERS, PHASES, SEVERITIES } from '../../domain/vocabulary.js'
import { rulesVersionOf } from '../../domain/case/case-policy.js'
import { DOCUMENT_OPTIONS, required, storable } from '../documents.js'
import {
  OPEN_CASE_INDEX,
  PERIOD_INDEXES,
  REMINDED_INDEX,
  UNDELIVERED_INDEX,
} from './report-indexes.js'
import { RecordConflict } from '../record/repository.js'
import type { CaseDocument, CaseRow } from './document.js'
import { searchable } from './search-text.js'

/** The fields that follow from a state; the others are set once, at opening. */
export type DerivedFields = Omit<
  CaseDocument,
  '_id' | 'workflowId' | 'externalIds' | 'openingRev' | 'savedAt' | 'reopenedBy' | 'restoredAt'
>

const OF_OPEN_CASES = { partialFilterExpression: { open: true } }
const OF_CLOSED_CASES = { partialFilterExpression: { open: false } }
const word = (words: readonly string[]) => ({ type: String, enum: words })

const caseSchema = new Schema<CaseDocument>(
  {
    _id: required(String),
    workflowId: required(String),
    brandId: required(String),
    marketplace: required(String),
    listingId: required(String),
    title: String,
    sellerId: String,
    severity: word(SEVERITIES),
    phase: word(PHASES),
    outcome: word(OUTCOMES),
    owner: word(OWNERS),
    accountManagerId: String,
    assignees: [String],
    dueAt: Date,
    openedAt: required(Date),
    updatedAt: required(Date),
    closedAt: Date,
    decidedAt: Date,
    removedAt: Date,
    restoredAt: Date,
    reopenedBy: String,
    missed: [
      new Schema({ owner: required(String), who: String, at: required(Date) }, { _id: false }),
    ],
    open: required(Boolean),
    ruleIds: [String],
    externalIds: [String],
    searchText: String,
    titleShape: String,
    pictureSha256s: [String],
    priceBand: String,
    openingRev: required(Number),
    savedAt: required(Date),
    rev: required(Number),
    state: required(Schema.Types.Mixed),
  },
  DOCUMENT_OPTIONS,
)
  // Lists: newest first. Filters with few values (marketplace, severity) ride on these.
  // A search for words reads the texts in the index, not the cases.
  .index({ openedAt: -1, _id: -1, searchText: 1 })
  .index({ brandId: 1, openedAt: -1, _id: -1, searchText: 1 })
  .index({ brandId: 1, phase: 1, openedAt: -1, _id: -1 })
  .index({ phase: 1, openedAt: -1, _id: -1 })
  .index({ assignees: 1, openedAt: -1, _id: -1 })
  .index({ outcome: 1, openedAt: -1, _id: -1 })
  .index({ sellerId: 1, openedAt: -1, _id: -1 })
  .index({ ruleIds: 1, openedAt: -1, _id: -1 })
  .index({ externalIds: 1 })
  // What is to be done, in each order; of everybody, of a brand, of whoever looks after it.
  .index({ openedAt: 1, _id: 1 }, OF_OPEN_CASES)
  .index({ brandId: 1, openedAt: 1, _id: 1 }, OF_OPEN_CASES)
  .index({ dueAt: 1, _id: 1 }, OF_OPEN_CASES)
  .index({ brandId: 1, dueAt: 1, _id: 1 }, OF_OPEN_CASES)
  .index({ assignees: 1, dueAt: 1, _id: 1 }, OF_OPEN_CASES)
  .index({ phase: 1, dueAt: 1, _id: 1 }, OF_OPEN_CASES)
  .index({ severity: 1, _id: 1 }, OF_OPEN_CASES)
  .index({ brandId: 1, severity: 1, _id: 1 }, OF_OPEN_CASES)
  .index({ closedAt: -1, _id: -1 }, OF_CLOSED_CASES)
  .index({ brandId: 1, closedAt: -1, _id: -1 }, OF_CLOSED_CASES)
  .index({ brandId: 1, outcome: 1, openedAt: -1, _id: -1 }, OF_CLOSED_CASES)
  .index({ savedAt: 1, _id: 1 })
  // Who looks after open cases.
  .index({ accountManagerId: 1, openedAt: 1, _id: 1 }, OF_OPEN_CASES)
  .index({ 'state.parties.leadId': 1, openedAt: 1, _id: 1 }, OF_OPEN_CASES)
  // Who may see a picture, and which cases show the same one.
  .index({ 'state.listing.pictures.sha256': 1, brandId: 1 })
  .index({ 'state.shown.pictures.sha256': 1 }, { sparse: true })
  // Open cases that are alike, of a brand above all.
  .index({ titleShape: 1, brandId: 1, openedAt: -1, _id: -1 }, OF_OPEN_CASES)
  .index({ pictureSha256s: 1, brandId: 1, openedAt: -1, _id: -1 }, OF_OPEN_CASES)
  .index({ priceBand: 1, brandId: 1, openedAt: -1, _id: -1 }, OF_OPEN_CASES)
  // Earlier answers, recalls, the reconciler and reports.
  .index({ listingId: 1, marketplace: 1, brandId: 1, closedAt: -1 })
  .index({ open: 1, _id: 1 })
  .index({ ruleIds: 1, openedAt: 1, _id: 1 }, OF_OPEN_CASES)
  .index(OPEN_CASE_INDEX)
  .index(PERIOD_INDEXES.openedAt)
  .index(PERIOD_INDEXES.decidedAt)
  .index(PERIOD_INDEXES.removedAt)
  .index({ 'missed.at': 1, brandId: 1 })
  // The desk of whoever looks after brands.
  .index(REMINDED_INDEX.fields, { partialFilterExpression: REMINDED_INDEX.of })
  .index(UNDELIVERED_INDEX.fields, { partialFilterExpression: UNDELIVERED_INDEX.of })

export type CaseModel = ReturnType<typeof caseModel>

/** Registers the collection of cases on a connection. */
export function caseModel(connection: Connection) {
  const known = connection.models['Case'] as ReturnType<typeof register> | undefined
  return known ?? register(connection)
}

function register(connection: Connection) {
  return connection.model<CaseDocument>('Case', caseSchema, 'cases')
}

/** What a case's row says of its state. Throws `RecordConflict` for a case never opened. */
export function derivedFields(given: CaseState): DerivedFields {
  const state = storable(given)
  const { caseId, brandId, marketplace, listing, ending, parties, takedown } = state
  if (!listing) {
    throw new RecordConflict(`case ${caseId}: it has no listing; its first event must be "opened"`)
  }
  const { listingId } = listing
  // From version 3 of the rules on a case is of the seller whose offer it asked about last.
  const offer = (rulesVersionOf(state) >= 3 && shownListing(state)) || listing
  const { title, seller } = offer
  const searched = [title, listingId, seller.id, listing.title, listing.seller.id]
  const owner = ownerOf(state)
  const assignees = [parties.accountManagerId, owner === 'lead' ? parties.leadId : null]
  return {
    brandId,
    marketplace,
    listingId,
    title,
    sellerId: seller.id,
    severity: knownSeverity(state.severity),
    phase: state.phase,
    outcome: ending?.outcome ?? null,
    owner,
    accountManagerId: parties.accountManagerId,
    assignees: assignees.filter((id) => id !== null),
    dueAt: dateOf(deadlineOf(state) ?? undefined),
    openedAt: new Date(state.openedAt),
    updatedAt: new Date(state.updatedAt),
    closedAt: dateOf(ending?.at),
    decidedAt: dateOf(state.decision?.decidedAt),
    removedAt: dateOf(takedown?.result === 'removed' ? takedown.removedAt : undefined),
    missed: (state.missed ?? []).map(({ owner, who, at }) => ({ owner, who, at: new Date(at) })),
    open: ending === null,
    ruleIds: ruleIdsOfCase(state),
    searchText: searchable([...new Set(searched)].join(' ')),
    ...likenessOf(state),
    rev: state.rev,
    state,
  }
}

/** What a case is alike others in: as it is shown now, and by its pictures also as it was at first. */
export function likenessOf(
  state: CaseState,
): Pick<CaseDocument, 'titleShape' | 'pictureSha256s' | 'priceBand'> {
  const shown = shownListing(state) ?? state.listing
  const pictures = [shown, state.listing].flatMap((listing) => listing?.pictures ?? [])
  return {
    titleShape: titleShape(shown?.title ?? ''),
    pictureSha256s: [...new Set(pictures.map(({ sha256 }) => sha256))],
    priceBand: shown && priceBand(shown),
  }
}

function dateOf(at: number | undefined): Date | null {
  return at === undefined ? null : new Date(at)
}

/** The row without what only the store uses. */
export function toRow({ _id, openingRev, savedAt, ...fields }: CaseDocument): CaseRow {
  const { open, searchText, assignees, decidedAt, removedAt, restoredAt, missed, ...rest } = fields
  const { titleShape, pictureSha256s, priceBand, ...row } = rest
  return { caseId: _id, ...row, reopenedBy: row.reopenedBy ?? null }
}

/** What readers of a case's row must find, given its state; for the audit. */
export function shownFields(state: CaseState): Partial<CaseRow> {
  const { open, searchText, assignees, decidedAt, removedAt, missed, ...rest } =
    derivedFields(state)
  const { titleShape, pictureSha256s, priceBand, ...shown } = rest
  return shown
}
