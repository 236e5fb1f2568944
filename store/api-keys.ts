import { type Connection, Schema } from 'mongoose'
import { MINUTE_MS } from '../domain/calendar.js'
import { ROLES, SEVERITIES } from '../domain/vocabulary.js'
import { DOCUMENT_OPTIONS, required } from './documents.js'
import { afterId } from './scope.js'
import { type AdminRepository, AlreadyExists, type ApiKey } from './store.js'
import { isDuplicateKey } from './transaction.js'

interface ApiKeyDocument extends Omit<ApiKey, 'keyId'> {
  _id: string
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
    createdAt: required(Date),
    createdBy: required(String),
    expiresAt: Date,
    revokedAt: Date,
    lastUsedAt: Date,
  },
  DOCUMENT_OPTIONS,
)

type ApiKeyRepository = Pick<
  AdminRepository,
  'apiKey' | 'apiKeys' | 'createApiKey' | 'revokeApiKey' | 'touchApiKey'
>

/** The keys callers of the API have; only hashes of their secrets. */
export function apiKeysOf(connection: Connection): ApiKeyRepository {
  const model = connection.model<ApiKeyDocument>('ApiKey', apiKeySchema, 'apiKeys')

  async function find(keyId: string): Promise<ApiKey | null> {
    const found = await model.findById(keyId).lean<ApiKeyDocument>()
    return found && toApiKey(found)
  }

  return {
    apiKey: find,

    async apiKeys({ limit, after }) {
      const found = await model
        .find(afterId(after))
        .sort({ _id: 1 })
        .limit(limit)
        .lean<ApiKeyDocument[]>()
      return found.map(toApiKey)
    },

    async createApiKey(key) {
      const { keyId, ...fields } = key
      try {
        await model.create({ _id: keyId, ...fields })
      } catch (error) {
        if (isDuplicateKey(error)) {
          throw new AlreadyExists(`API key ${keyId} exists; generate another one`)
        }
        throw error
      }
      return key
    },

    /** The first revocation counts. */
    async revokeApiKey(keyId, at) {
      await model.updateOne({ _id: keyId, revokedAt: null }, { $set: { revokedAt: at } })
      return find(keyId)
    },

    async touchApiKey(keyId, at) {
      const minute = new Date(at.getTime() - (at.getTime() % MINUTE_MS))
      await model.updateOne({ _id: keyId }, { $max: { lastUsedAt: minute } })
    },
  }
}

function toApiKey({ _id, ...fields }: ApiKeyDocument): ApiKey {
  return { keyId: _id, ...fields }
}
