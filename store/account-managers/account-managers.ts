import { type Connection, Schema } from 'mongoose'
import { STAFF_ROLES } from '../../domain/vocabulary.js'
import { contactFields, DOCUMENT_OPTIONS, required } from '../documents.js'
import { afterId } from '../scope.js'
import { AlreadyExists, StaleRevision } from '../errors.js'
import type { AccountManager, AccountManagerRepository } from './repository.js'
import { handOver, responsibilitiesIn } from './responsibilities.js'
import { inTransaction, isDuplicateKey } from '../transaction.js'

interface AccountManagerDocument extends Omit<AccountManager, 'accountManagerId'> {
  _id: string
}

const accountManagerSchema = new Schema<AccountManagerDocument>(
  {
    _id: required(String),
    ...contactFields,
    role: { type: String, enum: STAFF_ROLES, required: true },
    leadId: String,
    calendar: required(Schema.Types.Mixed),
    active: required(Boolean),
    rev: required(Number),
  },
  DOCUMENT_OPTIONS,
)

/** The platform's people: account managers and their leads. */
export function accountManagersOf(connection: Connection): AccountManagerRepository {
  const model = connection.model<AccountManagerDocument>(
    'AccountManager',
    accountManagerSchema,
    'accountManagers',
  )

  async function find(accountManagerId: string): Promise<AccountManager | null> {
    const found = await model.findById(accountManagerId).lean<AccountManagerDocument>()
    return found && toAccountManager(found)
  }

  return {
    find,
    responsibilities: responsibilitiesIn(connection),

    async list({ limit, after }) {
      const found = await model
        .find(afterId(after))
        .sort({ _id: 1 })
        .limit(limit)
        .lean<AccountManagerDocument[]>()
      return found.map(toAccountManager)
    },

    async create({ accountManagerId, ...fields }) {
      try {
        await model.create({ _id: accountManagerId, ...fields, rev: 1 })
      } catch (error) {
        if (isDuplicateKey(error)) {
          throw new AlreadyExists(`account manager ${accountManagerId} exists; choose another id`)
        }
        throw error
      }
      return { accountManagerId, ...fields, rev: 1 }
    },

    async update(accountManagerId, rev, changes, successorId) {
      const updated = await inTransaction(connection, async (session) => {
        const changed = await model
          .findOneAndUpdate(
            { _id: accountManagerId, rev },
            { $set: changes, $inc: { rev: 1 } },
            { returnDocument: 'after', session },
          )
          .lean<AccountManagerDocument>()
        if (changed && successorId) {
          await handOver(connection, session, accountManagerId, successorId)
        }
        return changed
      })
      if (updated) return toAccountManager(updated)
      const current = await find(accountManagerId)
      if (!current) return null
      throw new StaleRevision(
        `account manager ${accountManagerId} is at revision ${current.rev}, not ${rev}; ` +
          'read it again and repeat the change',
      )
    },
  }
}

function toAccountManager({ _id, ...fields }: AccountManagerDocument): AccountManager {
  return { accountManagerId: _id, ...fields }
}
