import { type Connection, Schema, trusted } from 'mongoose'
import { BRAKE_PERIOD_MS, type Brake, type Hold, holdOf } from '../../domain/brand/brake.js'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { DOCUMENT_OPTIONS, required } from '../documents.js'

/** A decision that confirms an infringement, as it was sent. */
interface Confirmation {
  caseId: string
  decisionId: string
  brandId: string
  at: Date
}

/** The confirmations sent of late, by brand. */
export interface Confirmations {
  /**
   * Counts a confirmation and tells whether it is held. The same one, sent again, is counted once
   * and told the same. However many come at once, and through however many processes, of those
   * within the period no more than `brake.perHour` are told `null`.
   */
  count(confirmation: Confirmation, brake: Brake): Promise<Hold | null>
}

interface ConfirmationDocument extends Omit<Confirmation, 'caseId' | 'decisionId'> {
  /** `<caseId>:<decisionId>` */
  _id: string
  /** Absent until it was counted. */
  hold?: Hold | null
}

const KEPT_S = DAY_MS / 1000

const confirmationSchema = new Schema<ConfirmationDocument>(
  {
    _id: required(String),
    brandId: required(String),
    at: required(Date),
    hold: Schema.Types.Mixed,
  },
  DOCUMENT_OPTIONS,
)
  .index({ brandId: 1, at: 1 })
  .index({ at: 1 }, { expireAfterSeconds: KEPT_S })

/** Kept for a day, longer than anybody goes on sending the same. */
export function confirmationsOf(connection: Connection): Confirmations {
  const model = connection.model<ConfirmationDocument>(
    'Confirmation',
    confirmationSchema,
    'confirmations',
  )
  return {
    async count({ caseId, decisionId, brandId, at }, brake) {
      const _id = `${caseId}:${decisionId}`
      // Kept before it is counted: of two at once at least one sees both.
      const kept = await model
        .findOneAndUpdate(
          { _id },
          { $setOnInsert: { brandId, at } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean<ConfirmationDocument>()
      if (kept.hold !== undefined) return kept.hold
      const since = new Date(at.getTime() - BRAKE_PERIOD_MS)
      const confirmations = await model.countDocuments({ brandId, at: trusted({ $gt: since }) })
      const hold = holdOf(brake, confirmations)
      await model.updateOne({ _id }, { $set: { hold } })
      return hold
    },
  }
}
