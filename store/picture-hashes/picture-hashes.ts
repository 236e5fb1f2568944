import { type Connection, Schema } from 'mongoose'
import { hashParts, lookAlike } from '../../domain/listing/likeness.js'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import { oneOf } from '../scope.js'
import type { PictureHashRepository } from './repository.js'

interface PictureHashDocument {
  /** SHA-256 of the picture's bytes, in hex. */
  _id: string
  phash: string
  /** By which those that differ in few bits are found. */
  parts: string[]
}

const pictureHashSchema = new Schema<PictureHashDocument>(
  { _id: required(String), phash: required(String), parts: [String] },
  DOCUMENT_OPTIONS,
).index({ parts: 1 })

/** Pictures that share a part of their hash by chance are read, too. */
const MAX_COMPARED = 5_000
/** More than this are one picture that everybody shows. */
const MAX_ALIKE = 100

/** What pictures look like, as somebody has looked at them. */
export function pictureHashesOf(connection: Connection): PictureHashRepository {
  const model = connection.model<PictureHashDocument>(
    'PictureHash',
    pictureHashSchema,
    'pictureHashes',
  )
  return {
    async keep({ sha256, phash }) {
      const parts = hashParts(phash)
      await model.updateOne({ _id: sha256 }, { $setOnInsert: { phash, parts } }, { upsert: true })
    },

    async alike(sha256) {
      const known = await model.findById(sha256).lean<PictureHashDocument>()
      if (!known) return [sha256]
      const near = await model
        .find({ parts: oneOf(known.parts) })
        .limit(MAX_COMPARED)
        .lean<PictureHashDocument[]>()
      const alike = near.filter(({ phash }) => lookAlike(phash, known.phash))
      const others = alike.map(({ _id }) => _id).filter((each) => each !== sha256)
      return [sha256, ...others.slice(0, MAX_ALIKE - 1)]
    },
  }
}
