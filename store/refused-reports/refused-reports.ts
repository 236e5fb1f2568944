import { type Connection, Schema } from 'mongoose'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { REFUSAL_REASONS } from '../../domain/vocabulary.js'
import { sha256Hex } from '../../platform/digest.js'
import { DOCUMENT_OPTIONS, required, storable } from '../documents.js'
import { afterId, inScope } from '../scope.js'
import type { RefusedReport, RefusedReports } from '../store.js'
import { isDuplicateKey } from '../transaction.js'

interface RefusedReportDocument extends Omit<RefusedReport, 'refusalId'> {
  _id: string
  /** What makes two refusals the same. */
  key: string
}

const KEPT_S = (90 * DAY_MS) / 1000
/** Digits of a moment in base 36, enough until the year 5188. */
const MOMENT_DIGITS = 9
const KEY_DIGITS = 16

const refusedReportSchema = new Schema<RefusedReportDocument>(
  {
    _id: required(String),
    key: required(String),
    reason: { type: String, enum: REFUSAL_REASONS, required: true },
    detail: required(String),
    refusedAt: required(Date),
    times: required(Number),
    keyId: required(String),
    brandId: required(String),
    marketplace: required(String),
    listingId: required(String),
    externalId: String,
    caseId: String,
    report: required(Schema.Types.Mixed),
  },
  DOCUMENT_OPTIONS,
)
  .index({ key: 1 }, { unique: true })
  .index({ marketplace: 1, _id: 1 })
  .index({ refusedAt: 1 }, { expireAfterSeconds: KEPT_S })

/** The reports that were refused though they were well-formed. */
export function refusedReportsOf(connection: Connection): RefusedReports {
  const model = connection.model<RefusedReportDocument>(
    'RefusedReport',
    refusedReportSchema,
    'refusedReports',
  )
  return {
    async add({ reason, detail, at, keyId, caseId, sighting }) {
      const { sightingId: _, reporter: _key, ...report } = sighting
      const { brandId, listing, externalId = null } = report
      const { marketplace, listingId } = listing
      const same = [keyId, reason, brandId, marketplace, listingId, externalId]
      const key = sha256Hex(JSON.stringify(same))
      const first = at.getTime().toString(36).padStart(MOMENT_DIGITS, '0')
      const update = {
        $setOnInsert: {
          _id: `${first}-${key.slice(0, KEY_DIGITS)}`,
          ...{ reason, keyId, brandId, marketplace, listingId, externalId },
        },
        $set: { detail, refusedAt: at, caseId, report: storable(report) },
        $inc: { times: 1 },
      }
      try {
        await model.updateOne({ key }, update, { upsert: true })
      } catch (error) {
        // Two of them at once: the other one has made the entry.
        if (!isDuplicateKey(error)) throw error
        await model.updateOne({ key }, update)
      }
    },

    async list(scope, { limit, after }) {
      const found = await model
        .find({ $and: [inScope(scope), afterId(after)] })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<RefusedReportDocument[]>()
      return found.map(toRefusedReport)
    },

    async get(scope, refusalId) {
      const found = await model
        .findOne({ $and: [inScope(scope), { _id: refusalId }] })
        .lean<RefusedReportDocument>()
      return found && toRefusedReport(found)
    },
  }
}

function toRefusedReport({ _id, key: _, ...fields }: RefusedReportDocument): RefusedReport {
  return { refusalId: _id, ...fields }
}
