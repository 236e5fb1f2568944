import { type Connection, Schema, trusted } from 'mongoose'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import type { FeedPosition } from '../feed/changes.js'
import { isDuplicateKey } from '../transaction.js'
import type { WebhookProgress } from './repository.js'

/** Who has not renewed the lease for so long has lost it. */
const LEASE_MS = 15_000

interface ProgressDocument {
  _id: string
  position: FeedPosition | null
  holder: string | null
  leaseUntil: Date
}

const progressSchema = new Schema<ProgressDocument>(
  {
    _id: required(String),
    position: new Schema<FeedPosition>(
      { epoch: required(String), seq: required(Number), at: required(Date) },
      { _id: false },
    ),
    holder: String,
    leaseUntil: required(Date),
  },
  DOCUMENT_OPTIONS,
)

const ONLY = { _id: 'cases' }

/** How far the changes of cases were told. */
export function webhookProgressOf(connection: Connection): WebhookProgress {
  const model = connection.model<ProgressDocument>(
    'WebhookProgress',
    progressSchema,
    'webhookProgress',
  )
  return {
    async lease(holder, now) {
      const free = [{ holder }, { leaseUntil: trusted({ $lt: now }) }]
      const leaseUntil = new Date(now.getTime() + LEASE_MS)
      try {
        const held = await model
          .findOneAndUpdate(
            { ...ONLY, $or: free },
            { $set: { holder, leaseUntil } },
            { upsert: true, returnDocument: 'after' },
          )
          .lean<ProgressDocument>()
        return { position: held.position ?? null }
      } catch (error) {
        // There is one, and somebody else has it.
        if (isDuplicateKey(error)) return null
        throw error
      }
    },

    async move(holder, position) {
      await model.updateOne({ ...ONLY, holder }, { $set: { position } })
    },

    async release(holder) {
      await model.updateOne(
        { ...ONLY, holder },
        { $set: { holder: null, leaseUntil: new Date(0) } },
      )
    },
  }
}
