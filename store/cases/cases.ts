import { type Connection, trusted } from 'mongoose'
import type { CaseState } from '../../domain/case/state.js'
import type { AuthorisedSellers } from '../authorised-sellers/authorised-sellers.js'
import { closedSince } from './closed.js'
import { caseConditions, withCasesOfMail } from './filter.js'
import { caseCourse, countedCases } from './counted.js'
import { caseOrder, positionOf } from './order.js'
import { recordsOf } from '../record/records.js'
import { caseRecording } from './recording.js'
import { caseModel, toRow } from './row.js'
import type { CaseDocument } from './document.js'
import { deskFigures, undelivered } from './desk.js'
import { stuckGroups, takedownQueues, workloads } from './lead-desk.js'
import { caseStats, openByPhaseAndAge } from './stats.js'
import { inScope, oneOf } from '../scope.js'
import type { SentMails } from '../mails/repository.js'
import { sightingsOf } from './sightings.js'
import type { CaseFilter, CaseRepository, TenantScope } from '../store.js'

/** Earlier answers looked at: a listing that ended more often within 90 days is asked about again. */
const MAX_EARLIER = 20
/** More brands than one listing ever concerns. */
const MAX_OF_LISTING = 100
/** Any of them names the address of a picture. */
const MAX_SHOWING = 20
const STILL_REMOVED = { restoredAt: null }

/** The cases: rows to list and filter, and the record behind each. */
export function casesOf(
  connection: Connection,
  authorisedSellers: AuthorisedSellers,
  mails: Pick<SentMails, 'find'>,
): CaseRepository {
  const cases = caseModel(connection)
  const sightings = sightingsOf(connection)

  const conditionsOf = async (scope: TenantScope, filter: CaseFilter) =>
    caseConditions(scope, await withCasesOfMail(filter, mails))
  const openConditions = (scope: TenantScope, filter: CaseFilter) =>
    conditionsOf(scope, { ...filter, open: true })

  return {
    ...recordsOf(connection, caseRecording({ cases, sightings, authorisedSellers })),

    claimOf: (sightingId) => sightings.claimOf(sightingId),
    claimsOf: (sightingIds) => sightings.claimsOf(sightingIds),

    async getMany(scope, caseIds) {
      const documents = await cases
        .find({ $and: [{ _id: oneOf(caseIds) }, inScope(scope)] })
        .lean<CaseDocument[]>()
      const rows = new Map(documents.map((document) => [document._id, toRow(document)]))
      return caseIds.map((caseId) => rows.get(caseId)).filter((row) => row !== undefined)
    },

    async list(scope, filter, { limit, sort = '-openedAt', after }) {
      const order = caseOrder(sort, after)
      const documents = await cases
        .find({ $and: [await conditionsOf(scope, filter), order.condition] })
        .sort(order.sort)
        .limit(limit + 1)
        .lean<CaseDocument[]>()
      const items = documents.slice(0, limit).map(toRow)
      const last = items.at(-1)
      return { items, next: documents.length > limit && last ? positionOf(last, sort) : null }
    },

    async latestClosed({ brandId, marketplace, listingId }) {
      const answers = {
        open: false,
        outcome: trusted({ $ne: 'refused' as const }),
        reopenedBy: null,
      }
      const rows = await cases
        .find({ brandId, marketplace, listingId, ...answers })
        .sort({ closedAt: -1 })
        .limit(MAX_EARLIER)
        .lean<CaseDocument[]>()
      return rows.map(toRow)
    },

    async openOfListing({ marketplace, listingId }) {
      const rows = await cases
        .find({ marketplace, listingId, open: true })
        .limit(MAX_OF_LISTING)
        .lean<CaseDocument[]>()
      return rows.map(toRow)
    },

    async goneSince({ marketplace, listingId }, since) {
      const outcome = trusted({ $in: ['takenDown' as const, 'alreadyGone' as const] })
      const closedAt = trusted({ $gt: since })
      const row = await cases
        .findOne({ marketplace, listingId, outcome, closedAt, ...STILL_REMOVED })
        .lean<CaseDocument>()
      return row && toRow(row)
    },

    async pictureUrls(scope, sha256) {
      const shows = [
        { 'state.listing.pictures.sha256': sha256 },
        { 'state.shown.pictures.sha256': sha256 },
      ]
      const rows = await cases
        .find(
          { $and: [inScope(scope), { $or: shows }] },
          { 'state.listing.pictures': 1, 'state.shown.pictures': 1 },
        )
        .limit(MAX_SHOWING)
        .lean<{ state: Pick<CaseState, 'listing' | 'shown'> }[]>()
      if (rows.length === 0) return null
      const pictures = rows.flatMap(({ state }) =>
        [state.listing, state.shown].flatMap((listing) => listing?.pictures ?? []),
      )
      const urls = pictures.flatMap((picture) =>
        picture.sha256 === sha256 && picture.url !== undefined ? [picture.url] : [],
      )
      return [...new Set(urls)]
    },

    async openInOrder(scope, filter, after, limit) {
      const position = after && { value: new Date(after.openedAt), caseId: after.caseId }
      const { condition, sort } = caseOrder('openedAt', position ?? undefined)
      const rows = await cases
        .find({ $and: [await openConditions(scope, filter), condition] }, { openedAt: 1 })
        .sort(sort)
        .limit(limit)
        .lean<Pick<CaseDocument, '_id' | 'openedAt'>[]>()
      return rows.map(({ _id, openedAt }) => ({ caseId: _id, openedAt: openedAt.getTime() }))
    },

    countOthers: async (scope, filter, caseId, limit) =>
      cases.countDocuments(
        { $and: [await conditionsOf(scope, filter), { _id: trusted({ $ne: caseId }) }] },
        { limit },
      ),

    countOpen: async (scope, filter) => cases.countDocuments(await openConditions(scope, filter)),

    async sellerStats(scope, seller, since) {
      const ofSeller = [inScope(scope), seller]
      const ended = { outcome: 'takenDown' as const, closedAt: trusted({ $gte: since }) }
      const removed = { ...ended, ...STILL_REMOVED }
      const [open, removedCount] = await Promise.all([
        cases.countDocuments({ $and: [...ofSeller, { open: true }] }),
        cases.countDocuments({ $and: [...ofSeller, removed] }),
      ])
      return { open, removed: removedCount }
    },

    counted: (scope, query) => countedCases(cases, scope, query),
    course: (scope, query) => caseCourse(cases, scope, query),
    openByPhaseAndAge: (scope, now) => openByPhaseAndAge(cases, scope, now),
    closedSince: (scope, query) => closedSince(cases, scope, query),
    stats: (scope, query) => caseStats(cases, scope, query),
    deskFigures: (scope, period) => deskFigures(cases, scope, period),
    undelivered: (scope) => undelivered(cases, scope),
    workloads: (scope, period) => workloads(cases, scope, period),
    stuckGroups: (scope) => stuckGroups(cases, scope),
    takedownQueues: (scope) => takedownQueues(cases, scope),
  }
}
