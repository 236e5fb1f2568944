import { type Connection, Schema, trusted } from 'mongoose'
import { DISABLED_REASONS, REPLAYED_EVENTS, WEBHOOK_EVENTS } from '../../domain/vocabulary.js'
import type { EndpointStanding } from '../../domain/webhook/retrying.js'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import { afterId, oneOf } from '../scope.js'
import { mayUseBrand, type TenantScope } from '../tenant-scope.js'
import {
  ReplayRunning,
  type SealedSecret,
  TooManyEndpoints,
  type WantedEvent,
  type WebhookEndpoint,
  type WebhookEndpoints,
  type WebhookReplay,
} from './repository.js'

interface EndpointDocument extends Omit<WebhookEndpoint, 'endpointId'> {
  _id: string
}

const part = { _id: false, strict: 'throw' } as const

const endpointSchema = new Schema<EndpointDocument>(
  {
    _id: required(String),
    brandId: required(String),
    url: required(String),
    description: String,
    wanted: [
      new Schema<WantedEvent>(
        { type: { type: String, enum: WEBHOOK_EVENTS, required: true }, since: required(Date) },
        part,
      ),
    ],
    secrets: [
      new Schema<SealedSecret>(
        { sealed: required(String), createdAt: required(Date), endsAt: Date },
        part,
      ),
    ],
    disabled: new Schema(
      {
        at: required(Date),
        reason: { type: String, enum: DISABLED_REASONS, required: true },
        detail: required(String),
      },
      part,
    ),
    standing: new Schema<EndpointStanding>(
      { failures: required(Number), failingSince: Number, restUntil: Number },
      part,
    ),
    lastDeliveredAt: Date,
    nextLookAt: Date,
    replay: new Schema<WebhookReplay>(
      {
        replayId: required(String),
        from: required(Date),
        to: required(Date),
        events: { type: String, enum: REPLAYED_EVENTS, required: true },
        startedAt: required(Date),
        endedAt: Date,
        found: required(Number),
        afterSeq: Number,
        lastSeq: required(Number),
      },
      part,
    ),
    createdAt: required(Date),
    createdBy: required(String),
  },
  DOCUMENT_OPTIONS,
).index({ brandId: 1, _id: 1 })

/** Where the brands' own systems are told of their cases. */
export function webhookEndpointsOf(
  connection: Connection,
  /** The number of the latest change of a case. */
  latestSeq: () => Promise<number>,
): WebhookEndpoints {
  const model = connection.model<EndpointDocument>(
    'WebhookEndpoint',
    endpointSchema,
    'webhookEndpoints',
  )
  const own = (scope: Pick<TenantScope, 'brandIds'>, brandId: string, endpointId: string) =>
    mayUseBrand(scope, brandId) ? { _id: endpointId, brandId } : null

  return {
    async list(scope, brandId, { limit, after }) {
      if (!mayUseBrand(scope, brandId)) return []
      const found = await model
        .find({ $and: [{ brandId }, afterId(after)] })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<EndpointDocument[]>()
      return found.map(toEndpoint)
    },

    async find(scope, brandId, endpointId) {
      const filter = own(scope, brandId, endpointId)
      const found = filter && (await model.findOne(filter).lean<EndpointDocument>())
      return found && toEndpoint(found)
    },

    async create({ endpointId, ...fields }, most) {
      await model.create({ _id: endpointId, ...fields })
      // Counted afterwards: of several at once none goes beyond, though each may be refused.
      const count = await model.countDocuments({ brandId: fields.brandId })
      if (count <= most) return
      await model.deleteOne({ _id: endpointId })
      throw new TooManyEndpoints(`the brand has ${most} endpoints`)
    },

    async change(scope, brandId, endpointId, changes) {
      const filter = own(scope, brandId, endpointId)
      if (!filter) return null
      const changed = await model
        .findOneAndUpdate(filter, { $set: changes }, { returnDocument: 'after' })
        .lean<EndpointDocument>()
      return changed && toEndpoint(changed)
    },

    async remove(scope, brandId, endpointId) {
      const filter = own(scope, brandId, endpointId)
      if (!filter) return false
      const { deletedCount } = await model.deleteOne(filter)
      if (deletedCount === 0) return false
      await connection.collection('webhookDeliveries').deleteMany({ endpointId })
      return true
    },

    async startReplay(scope, brandId, endpointId, asked) {
      const filter = own(scope, brandId, endpointId)
      if (!filter) return null
      const started = { endedAt: null, found: 0, afterSeq: null, lastSeq: await latestSeq() }
      const isFree = [{ replay: null }, { 'replay.endedAt': trusted({ $ne: null }) }]
      const changed = await model
        .findOneAndUpdate(
          { $and: [filter, { $or: isFree }] },
          { $set: { replay: { ...asked, ...started } } },
          { returnDocument: 'after' },
        )
        .lean<EndpointDocument>()
      if (changed) return toEndpoint(changed)
      if (await model.exists(filter)) throw new ReplayRunning('a replay is under way')
      return null
    },

    async get(endpointId) {
      const found = await model.findById(endpointId).lean<EndpointDocument>()
      return found && toEndpoint(found)
    },

    async activeOf(brandIds) {
      const found = await model
        .find({ brandId: oneOf(brandIds), disabled: null })
        .sort({ _id: 1 })
        .lean<EndpointDocument[]>()
      return found.map(toEndpoint)
    },

    async settle(endpointId, now) {
      await model.updateOne({ _id: endpointId }, { $set: now })
    },

    async disable(endpointId, disabled) {
      await model.updateOne({ _id: endpointId, disabled: null }, { $set: { disabled } })
    },

    async moveReplay(endpointId, replayId, { afterSeq, found, endedAt }) {
      const moved = {
        'replay.afterSeq': afterSeq,
        'replay.found': found,
        'replay.endedAt': endedAt,
      }
      await model.updateOne({ _id: endpointId, 'replay.replayId': replayId }, { $set: moved })
    },
  }
}

function toEndpoint({
  _id,
  description = null,
  disabled = null,
  lastDeliveredAt = null,
  nextLookAt = null,
  replay = null,
  ...fields
}: EndpointDocument): WebhookEndpoint {
  return {
    ...{ endpointId: _id, ...fields },
    ...{ description, disabled, lastDeliveredAt, nextLookAt, replay },
  }
}
