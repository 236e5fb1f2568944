import { type ClientSession, type Connection, Schema, trusted } from 'mongoose'
import { MINUTE_MS } from '../../domain/brand/calendar.js'
import { BRAND_ROLES, ROLES, SEVERITIES } from '../../domain/vocabulary.js'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import { afterId, oneOf } from '../scope.js'
import { AlreadyExists } from '../errors.js'
import {
  type ApiKey,
  type ApiKeyRepository,
  LastOperator,
  MakerRevoked,
  TooManyKeys,
} from './repository.js'
import { inTransaction } from '../transaction.js'

interface ApiKeyDocument extends Omit<ApiKey, 'keyId'> {
  _id: string
  /** How many transactions that depend on this key have written it, so that they meet. */
  touched?: number
}

const apiKeySchema = new Schema<ApiKeyDocument>(
  {
    _id: required(String),
    name: required(String),
    hash: required(String),
    role: { type: String, enum: ROLES, required: true },
    // A list of ids, or '*' for all.
    brandIds: required(Schema.Types.Mixed),
    marketplaces: required(Schema.Types.Mixed),
    severityCap: { type: String, enum: SEVERITIES, required: true },
    monitorName: String,
    createdAt: required(Date),
    createdBy: required(String),
    expiresAt: Date,
    revokedAt: Date,
    lastUsedAt: Date,
    touched: Number,
  },
  DOCUMENT_OPTIONS,
).index({ createdBy: 1 })

/** The keys callers of the API have; only hashes of their secrets. */
export function apiKeysOf(connection: Connection): ApiKeyRepository {
  const model = connection.model<ApiKeyDocument>('ApiKey', apiKeySchema, 'apiKeys')

  async function find(keyId: string): Promise<ApiKey | null> {
    const found = await model.findById(keyId).lean<ApiKeyDocument>()
    return found && toApiKey(found)
  }

  /** A write, so that making a key and revoking its maker at once meet in a conflict. */
  async function countAsMaker(session: ClientSession, makerId: string): Promise<void> {
    const maker = await model
      .findOneAndUpdate({ _id: makerId }, { $inc: { touched: 1 } }, { session })
      .lean<ApiKeyDocument>()
    if (maker?.revokedAt) throw new MakerRevoked(`the API key ${makerId} was revoked`)
  }

  async function checkRoom(
    session: ClientSession,
    { brandIds, createdAt }: ApiKey,
    liveKeysOfBrand: number,
  ): Promise<void> {
    for (const brandId of brandIds === '*' ? [] : brandIds) {
      const live = await model
        .countDocuments({
          brandIds: brandId,
          role: trusted({ $in: [...BRAND_ROLES] }),
          ...workingAt(createdAt),
        })
        .session(session)
      if (live < liveKeysOfBrand) continue
      throw new TooManyKeys(`the brand ${brandId} has ${live} keys that work; revoke some first`)
    }
  }

  /** What a key made, and what those made, without `except` and what that made. */
  async function madeBy(session: ClientSession, keyId: string, except: string): Promise<string[]> {
    const found = new Set<string>()
    for (let makers = [keyId]; makers.length > 0;) {
      const made = await model
        .find({ createdBy: oneOf(makers) }, { _id: 1 })
        .session(session)
        .lean<ApiKeyDocument[]>()
      makers = made.map(({ _id }) => _id).filter((id) => id !== except && !found.has(id))
      for (const id of makers) found.add(id)
    }
    found.delete(keyId)
    return [...found]
  }

  /** Of two operators who revoke each other at once, one meets the other's write. */
  async function keepAnOperator(session: ClientSession, leaving: string[], at: Date) {
    const whole = { role: 'operator' as const, brandIds: '*', marketplaces: '*', ...workingAt(at) }
    const ids = await model.distinct('_id', whole).session(session)
    if (ids.some((id) => !leaving.includes(id))) {
      await model.updateMany(whole, { $inc: { touched: 1 } }, { session })
      return
    }
    if (ids.length === 0) return
    throw new LastOperator('this is the last key of an operator for everything; make another first')
  }

  return {
    find,

    async list({ limit, after }) {
      const found = await model
        .find(afterId(after))
        .sort({ _id: 1 })
        .limit(limit)
        .lean<ApiKeyDocument[]>()
      return found.map(toApiKey)
    },

    async create(key, limits) {
      const { keyId, createdBy, ...fields } = key
      await inTransaction(connection, async (session) => {
        if (await model.exists({ _id: keyId }).session(session)) {
          throw new AlreadyExists(`API key ${keyId} exists; generate another one`)
        }
        await countAsMaker(session, createdBy)
        if (limits) await checkRoom(session, key, limits.liveKeysOfBrand)
        await model.insertMany([{ _id: keyId, createdBy, ...fields }], { session })
      })
      return key
    },

    async revoke(keyId, { at, by, keepMade = false }) {
      return inTransaction(connection, async (session) => {
        const made = keepMade ? [] : await madeBy(session, keyId, by)
        const isOneOf = { _id: oneOf([keyId, ...made]) }
        const working = await model
          .find({ ...isOneOf, revokedAt: null }, { role: 1 })
          .session(session)
          .lean<ApiKeyDocument[]>()
        const ids = working.map(({ _id }) => _id)
        if (working.some(({ role }) => role === 'operator')) await keepAnOperator(session, ids, at)
        await model.updateMany({ _id: oneOf(ids) }, { $set: { revokedAt: at } }, { session })
        return ids
      })
    },

    async touch(keyId, at) {
      const minute = new Date(at.getTime() - (at.getTime() % MINUTE_MS))
      await model.updateOne({ _id: keyId }, { $max: { lastUsedAt: minute } })
    },
  }
}

function toApiKey({ _id, touched: _touched, ...fields }: ApiKeyDocument): ApiKey {
  return { keyId: _id, ...fields }
}

/** Keys neither revoked nor expired at that moment. */
function workingAt(at: Date) {
  return { revokedAt: null, $or: [{ expiresAt: null }, { expiresAt: trusted({ $gt: at }) }] }
}
