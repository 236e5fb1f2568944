import { type Connection, Schema, trusted } from 'mongoose'
import { coveredBy, inCharge, isAway } from '../../domain/staff/covering.js'
import { STAFF_ROLES } from '../../domain/vocabulary.js'
import { contactFields, DOCUMENT_OPTIONS, required } from '../documents.js'
import { afterId, oneOf } from '../scope.js'
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
    substituteId: String,
    absence: new Schema(
      { from: required(Number), until: required(Number), coverId: required(String) },
      { _id: false },
    ),
    rev: required(Number),
  },
  DOCUMENT_OPTIONS,
).index({ 'absence.until': 1 }, { sparse: true })

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

  /** Everybody who is away. */
  async function absentAt(now: number): Promise<AccountManager[]> {
    const away = await model
      .find({
        'absence.until': trusted({ $gt: now }),
        'absence.from': trusted({ $lte: now }),
      })
      .lean<AccountManagerDocument[]>()
    return away.map(toAccountManager)
  }

  return {
    find,
    responsibilities: responsibilitiesIn(connection),

    async inCharge(accountManagerId, now) {
      const person = await find(accountManagerId)
      if (!person || !isAway(person, now)) return person
      const others = await absentAt(now)
      const covers = await model
        .find({ _id: oneOf(others.flatMap(({ absence }) => absence?.coverId ?? [])) })
        .lean<AccountManagerDocument[]>()
      const known = new Map([...others, ...covers.map(toAccountManager)].map(byId))
      return inCharge(person, (id) => known.get(id), now)
    },

    async coveredBy(accountManagerId, now) {
      const away = await absentAt(now)
      if (away.length === 0) return []
      const self = await find(accountManagerId)
      return self ? coveredBy(accountManagerId, [...away, self], now) : []
    },

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

function byId(person: AccountManager): [string, AccountManager] {
  return [person.accountManagerId, person]
}

function toAccountManager({ _id, ...fields }: AccountManagerDocument): AccountManager {
  return { accountManagerId: _id, ...fields }
}
