import { type Connection, Schema, trusted } from 'mongoose'
import { SESSION_SEEN_EVERY_MS, sessionEndsAt } from '../../domain/person/session.js'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import { inTransaction } from '../transaction.js'
import type { Session, SessionRepository } from './repository.js'

interface SessionDocument extends Omit<Session, 'hash'> {
  _id: string
}

const sessionSchema = new Schema<SessionDocument>(
  {
    _id: required(String),
    sessionId: required(String),
    personId: required(String),
    membershipId: required(String),
    createdAt: required(Date),
    lastSeenAt: required(Date),
    endsAt: required(Date),
    userAgent: String,
  },
  DOCUMENT_OPTIONS,
)
  .index({ personId: 1, sessionId: 1 })
  .index({ endsAt: 1 }, { expireAfterSeconds: 0 })

/** The sessions of people who are signed in. */
export function sessionsOf(connection: Connection): SessionRepository {
  const model = connection.model<SessionDocument>('Session', sessionSchema, 'sessions')

  return {
    async find(hash) {
      const found = await model.findById(hash).lean<SessionDocument>()
      return found && toSession(found)
    },

    async create(session) {
      await model.create(toDocument(session))
    },

    async replace(hash, session) {
      return inTransaction(connection, async (transaction) => {
        const { deletedCount } = await model.deleteOne({ _id: hash }, { session: transaction })
        if (deletedCount === 0) return false
        await model.insertMany([toDocument(session)], { session: transaction })
        return true
      })
    },

    async touch({ hash, createdAt }, at) {
      const before = new Date(at.getTime() - SESSION_SEEN_EVERY_MS)
      const endsAt = new Date(sessionEndsAt(createdAt.getTime(), at.getTime()))
      await model.updateOne(
        { _id: hash, lastSeenAt: trusted({ $lte: before }) },
        { $set: { lastSeenAt: at, endsAt } },
      )
    },

    async listOf(personId, at) {
      const found = await model
        .find({ personId, endsAt: trusted({ $gt: at }) })
        .sort({ lastSeenAt: -1 })
        .lean<SessionDocument[]>()
      return found.map(toSession)
    },

    async end(hash) {
      await model.deleteOne({ _id: hash })
    },

    async endOne(personId, sessionId) {
      const ended = await model.findOneAndDelete({ personId, sessionId }).lean<SessionDocument>()
      return ended && ended._id
    },

    async endOthers(personId, hash) {
      await model.deleteMany({ personId, _id: trusted({ $ne: hash }) })
    },
  }
}

function toSession({ _id, ...fields }: SessionDocument): Session {
  return { hash: _id, ...fields }
}

function toDocument({ hash, ...fields }: Session): SessionDocument {
  return { _id: hash, ...fields }
}
