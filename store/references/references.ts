import { type Connection, Schema, trusted } from 'mongoose'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import { AlreadyExists, StaleRevision } from '../errors.js'
import { afterId, oneOf } from '../scope.js'
import { mayUseBrand } from '../tenant-scope.js'
import { isDuplicateKey } from '../transaction.js'
import type { Reference, ReferencePicture, References } from './repository.js'

interface ReferenceDocument extends Omit<Reference, 'referenceId'> {
  _id: string
}

const pictureSchema = new Schema<ReferencePicture>(
  {
    sha256: required(String),
    phash: required(String),
    width: required(Number),
    height: required(Number),
  },
  { ...DOCUMENT_OPTIONS, _id: false },
)

const referenceSchema = new Schema<ReferenceDocument>(
  {
    _id: required(String),
    brandId: required(String),
    name: required(String),
    skus: required([String]),
    words: required([String]),
    features: required([String]),
    suggestedPrice: {
      type: new Schema({ amount: required(Number), currency: required(String) }, { _id: false }),
      default: null,
    },
    rights: { type: String, default: null },
    pictures: required([pictureSchema]),
    rev: required(Number),
    updatedAt: required(Date),
  },
  DOCUMENT_OPTIONS,
)
  .index({ brandId: 1, _id: 1 })
  .index({ 'pictures.sha256': 1, brandId: 1 })

/** The genuine products of brands. */
export function referencesOf(connection: Connection): References {
  const model = connection.model<ReferenceDocument>('Reference', referenceSchema, 'references')
  const latest = { returnDocument: 'after' } as const

  const references: References = {
    async list(scope, brandId, { limit, after }) {
      if (!mayUseBrand(scope, brandId)) return []
      const found = await model
        .find({ $and: [{ brandId }, afterId(after)] })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<ReferenceDocument[]>()
      return found.map(toReference)
    },

    async find(scope, brandId, referenceId) {
      if (!mayUseBrand(scope, brandId)) return null
      const found = await model.findOne({ _id: referenceId, brandId }).lean<ReferenceDocument>()
      return found && toReference(found)
    },

    async add({ referenceId, ...fields }, most) {
      const kept = await model.countDocuments({ brandId: fields.brandId }, { limit: most })
      if (kept >= most) return false
      try {
        await model.create({ _id: referenceId, ...fields })
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        throw new AlreadyExists(`there is a reference ${referenceId}; choose another id`, {
          cause: error,
        })
      }
      return true
    },

    async update(scope, brandId, referenceId, rev, changes) {
      if (!mayUseBrand(scope, brandId)) return null
      const change = { $set: changes, $inc: { rev: 1 } }
      const changed = await model
        .findOneAndUpdate({ _id: referenceId, brandId, rev }, change, latest)
        .lean<ReferenceDocument>()
      if (changed) return toReference(changed)
      const current = await references.find(scope, brandId, referenceId)
      if (!current) return null
      throw new StaleRevision(`reference ${referenceId} is at revision ${current.rev}`)
    },

    async addPicture(scope, brandId, referenceId, picture, { most, at }) {
      if (!mayUseBrand(scope, brandId)) return null
      const isRoom = {
        ...{ _id: referenceId, brandId, [`pictures.${most - 1}`]: trusted({ $exists: false }) },
        'pictures.sha256': trusted({ $ne: picture.sha256 }),
      }
      const change = { $push: { pictures: picture }, $set: { updatedAt: at }, $inc: { rev: 1 } }
      const changed = await model.findOneAndUpdate(isRoom, change, latest).lean<ReferenceDocument>()
      if (changed) return toReference(changed)
      const current = await references.find(scope, brandId, referenceId)
      const isThere = current?.pictures.some(({ sha256 }) => sha256 === picture.sha256)
      return current && !isThere ? 'full' : current
    },

    async removePicture(scope, brandId, referenceId, sha256, at) {
      if (!mayUseBrand(scope, brandId)) return null
      const change = {
        $pull: { pictures: { sha256 } },
        ...{ $set: { updatedAt: at }, $inc: { rev: 1 } },
      }
      const changed = await model
        .findOneAndUpdate({ _id: referenceId, brandId, 'pictures.sha256': sha256 }, change, latest)
        .lean<ReferenceDocument>()
      return changed && toReference(changed)
    },

    async remove(scope, brandId, referenceId) {
      if (!mayUseBrand(scope, brandId)) return false
      const { deletedCount } = await model.deleteOne({ _id: referenceId, brandId })
      return deletedCount === 1
    },

    async show({ brandIds }, sha256) {
      const ofBrands = brandIds === '*' ? {} : { brandId: oneOf(brandIds) }
      return (await model.exists({ 'pictures.sha256': sha256, ...ofBrands })) !== null
    },
  }
  return references
}

function toReference({ _id, ...fields }: ReferenceDocument): Reference {
  return { referenceId: _id, ...fields }
}
