import { type Connection, Schema, trusted } from 'mongoose'
import { CODE_TRIES } from '../../domain/person/sign-in-links.js'
import { SIGN_IN_LINK_KINDS } from '../../domain/vocabulary.js'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import type { Redeeming, SignInLink, SignInLinkRepository } from './repository.js'

interface SignInLinkDocument extends Omit<SignInLink, 'hash'> {
  _id: string
  /** Wrong codes so far. */
  tries: number
}

const signInLinkSchema = new Schema<SignInLinkDocument>(
  {
    _id: required(String),
    personId: required(String),
    kind: { type: String, enum: SIGN_IN_LINK_KINDS, required: true },
    browserHash: String,
    codeHash: String,
    tries: required(Number),
    createdAt: required(Date),
    expiresAt: required(Date),
  },
  DOCUMENT_OPTIONS,
)
  .index({ personId: 1, createdAt: 1 })
  .index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

const SPENT: Redeeming = { outcome: 'spent' }

/** The links that let people in. */
export function signInLinksOf(connection: Connection): SignInLinkRepository {
  const model = connection.model<SignInLinkDocument>('SignInLink', signInLinkSchema, 'signInLinks')

  return {
    async add({ hash, ...fields }) {
      const { personId, kind } = fields
      if (kind === 'invitation') await model.deleteMany({ personId, kind })
      await model.create({ _id: hash, ...fields, tries: 0 })
    },

    async countAsked(personId, since) {
      return model.countDocuments({ personId, kind: 'asked', createdAt: trusted({ $gt: since }) })
    },

    async redeem(hash, { browserHash, codeHash }, at) {
      const usable = { _id: hash, expiresAt: trusted({ $gt: at }) }
      const browsers = browserHash === null ? [null] : [null, browserHash]
      const inItsBrowser = await model
        .findOneAndDelete({ ...usable, browserHash: trusted({ $in: browsers }) })
        .lean<SignInLinkDocument>()
      if (inItsBrowser) return redeemed(inItsBrowser)
      if (codeHash === null) {
        return (await model.exists(usable)) ? { outcome: 'codeNeeded' } : SPENT
      }
      // Counted before it is looked at: any number of guesses at once are as few as one by one.
      const tried = await model
        .findOneAndUpdate(
          { ...usable, tries: trusted({ $lt: CODE_TRIES }) },
          { $inc: { tries: 1 } },
          { returnDocument: 'after' },
        )
        .lean<SignInLinkDocument>()
      if (!tried) return SPENT
      if (tried.codeHash === codeHash) {
        const byCode = await model.findOneAndDelete(usable).lean<SignInLinkDocument>()
        return byCode ? redeemed(byCode) : SPENT
      }
      const triesLeft = CODE_TRIES - tried.tries
      return triesLeft > 0 ? { outcome: 'wrongCode', triesLeft } : SPENT
    },
  }
}

function redeemed({ _id, tries: _tries, ...fields }: SignInLinkDocument): Redeeming {
  return { outcome: 'redeemed', link: { hash: _id, ...fields } }
}
