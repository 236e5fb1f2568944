import { randomUUID } from 'node:crypto'
import { type Connection, Schema } from 'mongoose'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import { isDuplicateKey } from '../transaction.js'
import type { MarketplacePause, MarketplacePauses } from './repository.js'

interface PauseDocument extends Omit<MarketplacePause, 'pauseId'> {
  _id: string
}

const reasonSchema = new Schema(
  { text: required(String), by: required(String), at: required(Date) },
  { _id: false, strict: 'throw' },
)

const pauseSchema = new Schema<PauseDocument>(
  {
    _id: required(String),
    marketplace: required(String),
    since: required(Date),
    reasons: [reasonSchema],
    resumed: { type: reasonSchema, default: null },
  },
  DOCUMENT_OPTIONS,
)
  .index({ marketplace: 1 }, { unique: true, partialFilterExpression: { resumed: null } })
  .index({ marketplace: 1, since: -1 })

/** Which marketplaces are sent nothing. */
export function marketplacePausesOf(connection: Connection): MarketplacePauses {
  const model = connection.model<PauseDocument>(
    'MarketplacePause',
    pauseSchema,
    'marketplacePauses',
  )

  const current = async (marketplace: string) => {
    const found = await model.findOne({ marketplace, resumed: null }).lean<PauseDocument>()
    return found && toPause(found)
  }

  return {
    current,

    async allCurrent() {
      const found = await model
        .find({ resumed: null })
        .sort({ marketplace: 1 })
        .lean<PauseDocument[]>()
      return found.map(toPause)
    },

    async pause(marketplace, reason) {
      const before = await current(marketplace)
      if (before?.reasons.at(-1)?.text === reason.text) return before
      const begun = {
        $setOnInsert: { _id: randomUUID(), since: reason.at },
        $push: { reasons: reason },
      }
      const save = () =>
        model
          .findOneAndUpdate({ marketplace, resumed: null }, begun, {
            upsert: true,
            returnDocument: 'after',
          })
          .lean<PauseDocument>()
      // Of two that begin one at once, the other adds its reason.
      const saved = await save().catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error
        return save()
      })
      return toPause(saved)
    },

    async resume(marketplace, reason) {
      const ended = await model
        .findOneAndUpdate(
          { marketplace, resumed: null },
          { $set: { resumed: reason } },
          { returnDocument: 'after' },
        )
        .lean<PauseDocument>()
      return ended && toPause(ended)
    },

    async list(marketplace, limit) {
      const found = await model
        .find({ marketplace })
        .sort({ since: -1 })
        .limit(limit)
        .lean<PauseDocument[]>()
      return found.map(toPause)
    },
  }
}

function toPause({ _id, ...fields }: PauseDocument): MarketplacePause {
  return { pauseId: _id, ...fields }
}
