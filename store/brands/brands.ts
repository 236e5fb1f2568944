import { type ClientSession, type Connection, Schema } from 'mongoose'
import { SYSTEM } from '../../domain/case/events.js'
import type { BrandPolicy } from '../../domain/brand/policy.js'
import { contactFields, DOCUMENT_OPTIONS, required } from '../documents.js'
import { afterId, oneOf } from '../scope.js'
import { AlreadyExists, StaleRevision } from '../errors.js'
import { mayUseBrand } from '../tenant-scope.js'
import { inTransaction } from '../transaction.js'
import type { Brand, BrandRepository } from './repository.js'

interface BrandDocument extends Omit<Brand, 'brandId'> {
  _id: string
}

const brandSchema = new Schema<BrandDocument>(
  {
    _id: required(String),
    name: required(String),
    active: required(Boolean),
    contacts: [new Schema({ contactId: required(String), ...contactFields }, { _id: false })],
    accountManagerId: String,
    calendar: required(Schema.Types.Mixed),
    brake: Schema.Types.Mixed,
    policy: required(Schema.Types.Mixed),
    policyVersion: required(Number),
    rev: required(Number),
    createdAt: required(Date),
    updatedAt: required(Date),
  },
  DOCUMENT_OPTIONS,
).index({ accountManagerId: 1, _id: 1 })

interface PolicyVersionDocument {
  /** `<brandId>:<version>` */
  _id: string
  brandId: string
  version: number
  policy: BrandPolicy
  savedAt: Date
  savedBy: string
}

const policyVersionSchema = new Schema<PolicyVersionDocument>(
  {
    _id: required(String),
    brandId: required(String),
    version: required(Number),
    policy: required(Schema.Types.Mixed),
    savedAt: required(Date),
    savedBy: required(String),
  },
  DOCUMENT_OPTIONS,
).index({ brandId: 1, version: 1 }, { unique: true })

/** The brands taking part, and every version of their policies. */
export function brandsOf(connection: Connection): BrandRepository {
  const brands = connection.model<BrandDocument>('Brand', brandSchema, 'brands')
  const policyVersions = connection.model<PolicyVersionDocument>(
    'PolicyVersion',
    policyVersionSchema,
    'policyVersions',
  )

  async function keepPolicy(session: ClientSession, brand: BrandDocument, savedBy: string) {
    const { _id: brandId, policyVersion: version, policy, updatedAt: savedAt } = brand
    const _id = `${brandId}:${version}`
    await policyVersions.insertMany([{ _id, brandId, version, policy, savedAt, savedBy }], {
      session,
    })
  }

  async function staleOrUnknown(brandId: string, expected: string): Promise<null> {
    const current = await brands
      .findById(brandId, { rev: 1, policyVersion: 1 })
      .lean<Pick<BrandDocument, 'rev' | 'policyVersion'>>()
    if (!current) return null
    throw new StaleRevision(
      `brand ${brandId} is at revision ${current.rev}, policy version ${current.policyVersion}, ` +
        `not ${expected}; read it again and repeat the change`,
    )
  }

  return {
    async find(scope, brandId) {
      if (!mayUseBrand(scope, brandId)) return null
      const found = await brands.findById(brandId).lean<BrandDocument>()
      return found && toBrand(found)
    },

    async list({ brandIds }, { limit, after }) {
      const visible = brandIds === '*' ? {} : { _id: oneOf(brandIds) }
      const found = await brands
        .find({ $and: [visible, afterId(after)] })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<BrandDocument[]>()
      return found.map(toBrand)
    },

    async ofManagers({ brandIds }, managerIds, limit) {
      const visible = brandIds === '*' ? {} : { _id: oneOf(brandIds) }
      const found = await brands
        .find({ $and: [visible, { accountManagerId: oneOf(managerIds) }] })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<BrandDocument[]>()
      return found.map(toBrand)
    },

    async create({ brandId, ...fields }) {
      return inTransaction(connection, async (session) => {
        if (await brands.exists({ _id: brandId }).session(session)) {
          throw new AlreadyExists(`brand ${brandId} exists; choose another id or change that brand`)
        }
        const now = new Date()
        const versions = { policyVersion: 1, rev: 1, createdAt: now, updatedAt: now }
        const created = { _id: brandId, ...fields, ...versions }
        await brands.insertMany([created], { session })
        await keepPolicy(session, created, SYSTEM.id)
        return toBrand(created)
      })
    },

    async update(scope, brandId, rev, changes) {
      if (!mayUseBrand(scope, brandId)) return null
      const updated = await brands
        .findOneAndUpdate(
          { _id: brandId, rev },
          { $set: { ...changes, updatedAt: new Date() }, $inc: { rev: 1 } },
          { returnDocument: 'after' },
        )
        .lean<BrandDocument>()
      return updated ? toBrand(updated) : staleOrUnknown(brandId, `revision ${rev}`)
    },

    async savePolicy(scope, brandId, policyVersion, policy, by) {
      if (!mayUseBrand(scope, brandId)) return null
      const saved = await inTransaction(connection, async (session) => {
        const updated = await brands
          .findOneAndUpdate(
            { _id: brandId, policyVersion },
            { $set: { policy, updatedAt: new Date() }, $inc: { policyVersion: 1, rev: 1 } },
            { returnDocument: 'after', session },
          )
          .lean<BrandDocument>()
        if (updated) await keepPolicy(session, updated, by)
        return updated
      })
      return saved ? toBrand(saved) : staleOrUnknown(brandId, `policy version ${policyVersion}`)
    },

    async policyVersions(scope, brandId) {
      if (!mayUseBrand(scope, brandId)) return []
      const versions = await policyVersions
        .find({ brandId })
        .sort({ version: 1 })
        .lean<PolicyVersionDocument[]>()
      return versions.map(({ version, policy, savedAt, savedBy }) => ({
        version,
        policy,
        savedAt,
        savedBy,
      }))
    },
  }
}

function toBrand({ _id, ...fields }: BrandDocument): Brand {
  return { brandId: _id, ...fields }
}
