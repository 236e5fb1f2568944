import { type ClientSession, type Connection, Schema, trusted } from 'mongoose'
import { administeredBrands, type Membership } from '../../domain/person/memberships.js'
import { PERSON_ROLES } from '../../domain/vocabulary.js'
import { contactFields, DOCUMENT_OPTIONS, required } from '../documents.js'
import { AlreadyExists, StaleRevision } from '../errors.js'
import { afterId, oneOf } from '../scope.js'
import { inTransaction, isDuplicateKey } from '../transaction.js'
import {
  type Identity,
  LastAdmin,
  type Person,
  type PersonChanges,
  type PersonRepository,
} from './repository.js'

interface PersonDocument extends Omit<Person, 'personId'> {
  _id: string
  /** The address as it is compared. */
  address: string
  /** How many transactions that depend on this person have written them, so that they meet. */
  touched?: number
}

const membershipSchema = new Schema<Membership>(
  {
    membershipId: required(String),
    role: { type: String, enum: PERSON_ROLES, required: true },
    // A list of ids, or '*' for all.
    brandIds: required(Schema.Types.Mixed),
    marketplaces: required(Schema.Types.Mixed),
  },
  { _id: false },
)

const identitySchema = new Schema<Identity>(
  { issuer: required(String), subject: required(String) },
  { _id: false },
)

const personSchema = new Schema<PersonDocument>(
  {
    _id: required(String),
    ...contactFields,
    address: required(String),
    memberships: [membershipSchema],
    identities: [identitySchema],
    accountManagerId: String,
    invitation: new Schema({ expiresAt: required(Date), mailedAt: Date }, { _id: false }),
    joinedAt: Date,
    deactivatedAt: Date,
    createdAt: required(Date),
    createdBy: required(String),
    rev: required(Number),
    touched: Number,
  },
  DOCUMENT_OPTIONS,
)
  .index({ address: 1 }, { unique: true })
  .index({ 'memberships.brandIds': 1, _id: 1 })
  .index(
    { 'identities.issuer': 1, 'identities.subject': 1 },
    { unique: true, partialFilterExpression: { 'identities.issuer': { $exists: true } } },
  )

/** The people who sign in. */
export function peopleOf(connection: Connection): PersonRepository {
  const model = connection.model<PersonDocument>('Person', personSchema, 'people')

  async function find(personId: string): Promise<Person | null> {
    const found = await model.findById(personId).lean<PersonDocument>()
    return found && toPerson(found)
  }

  /** Of two administrators who remove each other at once, one meets the other's write. */
  async function keepAnAdmin(
    session: ClientSession,
    personId: string,
    brandIds: readonly string[],
  ): Promise<void> {
    for (const brandId of brandIds) {
      const others = {
        _id: trusted({ $ne: personId }),
        deactivatedAt: null,
        joinedAt: trusted({ $ne: null }),
        memberships: trusted({
          $elemMatch: { role: 'brandAdmin', brandIds: brandId, marketplaces: '*' },
        }),
      }
      const { matchedCount } = await model.updateMany(others, { $inc: { touched: 1 } }, { session })
      if (matchedCount > 0) continue
      const takesPart = await connection
        .collection<{ _id: string }>('brands')
        .countDocuments({ _id: brandId, active: true }, { session })
      if (takesPart === 0) continue
      throw new LastAdmin(`the brand ${brandId} would have no administrator; add another first`)
    }
  }

  async function endWhatIsGone(session: ClientSession, before: PersonDocument, after: Person) {
    const { personId, memberships, deactivatedAt } = after
    const isOut = deactivatedAt !== null || addressOf(after.email) !== before.address
    const kept = isOut ? [] : memberships.map(({ membershipId }) => membershipId)
    await connection
      .collection('sessions')
      .deleteMany({ personId, membershipId: { $nin: kept } }, { session })
    if (isOut) await connection.collection('signInLinks').deleteMany({ personId }, { session })
  }

  async function changeIn(
    session: ClientSession,
    personId: string,
    rev: number | null,
    changes: PersonChanges,
  ): Promise<Person | null> {
    // Whoever has the new address may be somebody else to a provider.
    const address =
      changes.email === undefined ? {} : { address: addressOf(changes.email), identities: [] }
    const before = await model
      .findOneAndUpdate(
        { _id: personId, ...(rev === null ? {} : { rev }) },
        { $set: { ...changes, ...address }, $inc: { rev: 1 } },
        { returnDocument: 'before', session },
      )
      .lean<PersonDocument>()
    if (!before) return null
    const after: Person = { ...toPerson(before), ...changes, rev: before.rev + 1 }
    const left = after.deactivatedAt === null ? administeredBrands(after.memberships) : []
    const hadLeft = before.deactivatedAt !== null || before.joinedAt === null
    const lost = hadLeft
      ? []
      : administeredBrands(before.memberships).filter((brandId) => !left.includes(brandId))
    await keepAnAdmin(session, personId, lost)
    await endWhatIsGone(session, before, after)
    return after
  }

  return {
    find,

    async findByEmail(email) {
      const found = await model.findOne({ address: addressOf(email) }).lean<PersonDocument>()
      return found && toPerson(found)
    },

    async findByIdentity({ issuer, subject }) {
      const theirs = { identities: trusted({ $elemMatch: { issuer, subject } }) }
      const found = await model.findOne(theirs).lean<PersonDocument>()
      return found && toPerson(found)
    },

    async list({ brandIds }, { limit, after }) {
      const visible = brandIds === '*' ? {} : { 'memberships.brandIds': oneOf(brandIds) }
      const found = await model
        .find({ $and: [visible, afterId(after)] })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<PersonDocument[]>()
      return found.map(toPerson)
    },

    async create({ personId, ...fields }) {
      const address = addressOf(fields.email)
      try {
        await model.create({ _id: personId, ...fields, address, rev: 1 })
      } catch (error) {
        throw isDuplicateKey(error) ? taken() : error
      }
      return { personId, ...fields, rev: 1 }
    },

    async change(personId, rev, changes) {
      const changed = await inTransaction(connection, async (session, hasMetDuplicate) => {
        // Nothing else here has a key of its own.
        if (hasMetDuplicate) throw taken()
        return changeIn(session, personId, rev, changes)
      })
      if (changed) return changed
      const current = await find(personId)
      if (!current) return null
      throw new StaleRevision(
        `person ${personId} is at revision ${current.rev}, not ${rev}; read it again and repeat the change`,
      )
    },

    async invite(personId, invitation) {
      await model.updateOne({ _id: personId, joinedAt: null }, { $set: { invitation } })
    },

    async identify(personId, identity) {
      const isNew = { _id: personId, 'identities.issuer': trusted({ $ne: identity.issuer }) }
      try {
        const { matchedCount } = await model.updateOne(isNew, { $push: { identities: identity } })
        return matchedCount > 0
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },

    async join(personId, at) {
      await model.updateOne(
        { _id: personId, joinedAt: null },
        { $set: { joinedAt: at, invitation: null } },
      )
    },
  }
}

function taken(): AlreadyExists {
  return new AlreadyExists('somebody has this address; change that person instead')
}

function addressOf(email: string): string {
  return email.trim().toLowerCase()
}

function toPerson({
  _id,
  address: _address,
  touched: _touched,
  ...fields
}: PersonDocument): Person {
  return { personId: _id, ...fields }
}
