import { type Connection, Schema, trusted } from 'mongoose'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import { StaleRevision } from '../errors.js'
import { oneOf } from '../scope.js'
import type { SavedView, SavedViews, ViewReader } from './repository.js'

interface SavedViewDocument extends Omit<SavedView, 'viewId'> {
  _id: string
}

const savedViewSchema = new Schema<SavedViewDocument>(
  {
    _id: required(String),
    ownerId: required(String),
    brandId: { type: String, default: null },
    name: required(String),
    search: { type: String, default: '' },
    rev: required(Number),
    updatedAt: required(Date),
  },
  DOCUMENT_OPTIONS,
)
  .index({ ownerId: 1, brandId: 1 })
  .index({ brandId: 1 })

/** Lists of cases that were saved under a name. */
export function savedViewsOf(connection: Connection): SavedViews {
  const model = connection.model<SavedViewDocument>('SavedView', savedViewSchema, 'savedViews')

  const views: SavedViews = {
    async list(reader, limit) {
      const found = await model
        .find(seenBy(reader))
        .sort({ name: 1, _id: 1 })
        .limit(limit)
        .lean<SavedViewDocument[]>()
      return found.map(toView)
    },

    async find(reader, viewId) {
      const found = await model
        .findOne({ $and: [{ _id: viewId }, seenBy(reader)] })
        .lean<SavedViewDocument>()
      return found && toView(found)
    },

    async add({ viewId, ...fields }, most) {
      const kept = await model.countDocuments({ ownerId: fields.ownerId }, { limit: most })
      if (kept >= most) return false
      await model.create({ _id: viewId, ...fields })
      return true
    },

    async update(reader, viewId, rev, changes) {
      const changed = await model
        .findOneAndUpdate(
          { $and: [{ _id: viewId, rev }, seenBy(reader)] },
          { $set: changes, $inc: { rev: 1 } },
          { returnDocument: 'after' },
        )
        .lean<SavedViewDocument>()
      if (changed) return toView(changed)
      const current = await views.find(reader, viewId)
      if (!current) return null
      throw new StaleRevision(`view ${viewId} is at revision ${current.rev}`)
    },

    async remove(reader, viewId) {
      const { deletedCount } = await model.deleteOne({ $and: [{ _id: viewId }, seenBy(reader)] })
      return deletedCount === 1
    },
  }
  return views
}

/** What is shared within a brand is that brand's: whoever leaves it sees it no more, saved by them or not. */
function seenBy({ id, brandIds }: ViewReader) {
  const shared = { brandId: brandIds === '*' ? trusted({ $ne: null }) : oneOf(brandIds) }
  return { $or: [{ ownerId: id, brandId: null }, shared] }
}

function toView({ _id, ...fields }: SavedViewDocument): SavedView {
  return { viewId: _id, ...fields }
}
