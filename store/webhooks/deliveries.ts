import { type Connection, mongo, Schema, trusted } from 'mongoose'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { DELIVERY_STATES, type DeliveryState, WEBHOOK_TYPES } from '../../domain/vocabulary.js'
import { DELIVERIES_KEPT_DAYS, SHOWN_ATTEMPTS } from '../../domain/webhook/limits.js'
import { randomSuffix } from '../../platform/digest.js'
import { DOCUMENT_OPTIONS, required } from '../documents.js'
import { isDuplicateKey } from '../transaction.js'
import type {
  DeliveryAttempt,
  NewDelivery,
  WebhookDeliveries,
  WebhookDelivery,
} from './repository.js'

interface DeliveryDocument extends Omit<WebhookDelivery, 'deliveryId'> {
  _id: string
  /** The last replay that has put it in line. */
  replayId?: string | null
  keptUntil: Date
}

const WAITING = { partialFilterExpression: { state: 'waiting' } } as const

const deliverySchema = new Schema<DeliveryDocument>(
  {
    _id: required(String),
    endpointId: required(String),
    brandId: required(String),
    messageId: required(String),
    type: { type: String, enum: WEBHOOK_TYPES, required: true },
    caseId: String,
    order: required(Number),
    occurredAt: required(Date),
    body: required(String),
    state: { type: String, enum: DELIVERY_STATES, required: true },
    attempts: required(Number),
    firstAttemptAt: Date,
    nextAttemptAt: Date,
    deliveredAt: Date,
    log: [
      new Schema<DeliveryAttempt>(
        { at: required(Date), durationMs: required(Number), status: Number, error: String },
        { _id: false },
      ),
    ],
    createdAt: required(Date),
    replayId: String,
    keptUntil: required(Date),
  },
  DOCUMENT_OPTIONS,
)
  .index({ endpointId: 1, messageId: 1 }, { unique: true })
  .index({ endpointId: 1, _id: -1 })
  .index({ endpointId: 1, state: 1, _id: -1 })
  .index({ endpointId: 1, caseId: 1, _id: -1 })
  // What waits, of each case in its order.
  .index({ endpointId: 1, caseId: 1, order: 1, nextAttemptAt: 1 }, WAITING)
  .index({ nextAttemptAt: 1 }, WAITING)
  .index({ keptUntil: 1 }, { expireAfterSeconds: 0 })

/** The messages to the brands' own systems. */
export function webhookDeliveriesOf(connection: Connection): WebhookDeliveries {
  const model = connection.model<DeliveryDocument>(
    'WebhookDelivery',
    deliverySchema,
    'webhookDeliveries',
  )

  /** Those of the messages that are there already, as they are now. */
  async function known(messages: readonly NewDelivery[]): Promise<Map<string, DeliveryDocument>> {
    const found = await model
      .find({
        endpointId: trusted({ $in: [...new Set(messages.map((m) => m.endpointId))] }),
        messageId: trusted({ $in: messages.map((m) => m.messageId) }),
      })
      .lean<DeliveryDocument[]>()
    return new Map(found.map((document) => [keyOf(document), document]))
  }

  async function insert(documents: readonly DeliveryDocument[]): Promise<void> {
    try {
      if (documents.length > 0) await model.insertMany(documents, { ordered: false })
    } catch (error) {
      // Another process has put it in line at the same time.
      if (!isOnlyDuplicates(error)) throw error
    }
  }

  return {
    async list(endpointId, { state, caseId }, { limit, after }) {
      const found = await model
        .find({
          endpointId,
          ...(state === undefined ? {} : { state }),
          ...(caseId === undefined ? {} : { caseId }),
          ...(after === undefined ? {} : { _id: trusted({ $lt: after }) }),
        })
        .sort({ _id: -1 })
        .limit(limit)
        .lean<DeliveryDocument[]>()
      return found.map(toDelivery)
    },

    async find(endpointId, deliveryId) {
      const found = await model.findOne({ _id: deliveryId, endpointId }).lean<DeliveryDocument>()
      return found && toDelivery(found)
    },

    async findMessage(endpointId, messageId) {
      const found = await model.findOne({ endpointId, messageId }).lean<DeliveryDocument>()
      return found && toDelivery(found)
    },

    async add(messages, now) {
      const before = await known(messages)
      const fresh = messages.filter((message) => !before.has(keyOf(message)))
      await insert(fresh.map((message, index) => inLine(message, now, index)))
      const untried = [...before.values()].filter(
        ({ state, attempts }) => state === 'waiting' && attempts === 0,
      )
      return [...new Set([...fresh, ...untried].map(({ endpointId }) => endpointId))]
    },

    async addAgain(messages, { replayId, events }, now) {
      const before = await known(messages)
      const fresh = messages.filter((message) => !before.has(keyOf(message)))
      await insert(fresh.map((message, index) => ({ ...inLine(message, now, index), replayId })))
      const ended: DeliveryState[] = events === 'all' ? ['delivered', 'failed'] : ['failed']
      const { modifiedCount } = await model.updateMany(
        {
          _id: trusted({ $in: [...before.values()].map(({ _id }) => _id) }),
          replayId: trusted({ $ne: replayId }),
          state: trusted({ $in: ended }),
        },
        { $set: { ...anotherRound(now), replayId } },
      )
      return fresh.length + modifiedCount
    },

    async again(endpointId, deliveryId, now) {
      const changed = await model
        .findOneAndUpdate(
          { _id: deliveryId, endpointId },
          { $set: anotherRound(now) },
          { returnDocument: 'after' },
        )
        .lean<DeliveryDocument>()
      return changed && toDelivery(changed)
    },

    async restart(endpointId, now) {
      await model.updateMany({ endpointId, state: 'waiting' }, { $set: anotherRound(now) })
    },

    async due(endpointId, now, limit) {
      // The index gives what waits in the order of each case, and says when.
      const heads = await model.aggregate<{ _id: string }>([
        { $match: { endpointId, state: 'waiting' } },
        { $sort: { endpointId: 1, caseId: 1, order: 1 } },
        {
          $group: {
            _id: { $ifNull: ['$caseId', '$_id'] },
            first: { $first: { id: '$_id', at: '$nextAttemptAt' } },
          },
        },
        { $match: { 'first.at': { $lte: now } } },
        { $sort: { 'first.at': 1, 'first.id': 1 } },
        { $limit: limit },
        { $project: { _id: '$first.id' } },
      ])
      const ids = heads.map(({ _id }) => _id)
      const found = await model.find({ _id: trusted({ $in: ids }) }).lean<DeliveryDocument[]>()
      return found.map(toDelivery)
    },

    async nextDue(endpointId) {
      const [next] = await model.aggregate<{ at: Date }>([
        { $match: { endpointId, state: 'waiting' } },
        { $sort: { endpointId: 1, caseId: 1, order: 1 } },
        {
          $group: {
            _id: { $ifNull: ['$caseId', '$_id'] },
            at: { $first: '$nextAttemptAt' },
          },
        },
        { $group: { _id: null, at: { $min: '$at' } } },
      ])
      return next?.at ?? null
    },

    async record(deliveryId, attempt, { state, nextAttemptAt }) {
      const { at } = attempt
      await model.updateOne(
        { _id: deliveryId },
        [
          {
            $set: {
              ...{ state, nextAttemptAt },
              attempts: { $add: ['$attempts', 1] },
              firstAttemptAt: { $ifNull: ['$firstAttemptAt', at] },
              ...(state === 'delivered' ? { deliveredAt: at } : {}),
              log: {
                $slice: [{ $concatArrays: ['$log', [{ $literal: attempt }]] }, -SHOWN_ATTEMPTS],
              },
            },
          },
        ],
        { updatePipeline: true },
      )
    },

    async neglected(before) {
      const found = await model.aggregate<{ _id: string; brandId: string }>([
        { $match: { state: 'waiting', nextAttemptAt: { $lt: before } } },
        { $group: { _id: '$endpointId', brandId: { $first: '$brandId' } } },
        {
          $lookup: {
            from: 'webhookEndpoints',
            localField: '_id',
            foreignField: '_id',
            as: 'endpoint',
          },
        },
        {
          $match: {
            'endpoint.0': { $exists: true },
            'endpoint.disabled': null,
            'endpoint.nextLookAt': { $not: { $gte: before } },
          },
        },
      ])
      return found.map(({ _id, brandId }) => ({ endpointId: _id, brandId }))
    },
  }
}

function keyOf({ endpointId, messageId }: Pick<NewDelivery, 'endpointId' | 'messageId'>): string {
  return `${endpointId} ${messageId}`
}

/** Ids rise with time, and in a batch with its order: the log of an endpoint is in theirs. */
function newDeliveryId(now: Date, index: number): string {
  const sorted = [now.getTime(), index].map((part) => part.toString(36))
  return `wd-${sorted[0]?.padStart(9, '0')}${sorted[1]?.padStart(3, '0')}${randomSuffix()}`
}

function anotherRound(now: Date) {
  return {
    state: 'waiting' as const,
    attempts: 0,
    firstAttemptAt: null,
    nextAttemptAt: now,
    keptUntil: new Date(now.getTime() + DELIVERIES_KEPT_DAYS * DAY_MS),
  }
}

function inLine(message: NewDelivery, now: Date, index: number): DeliveryDocument {
  return {
    ...{ _id: newDeliveryId(now, index), ...message, ...anotherRound(now) },
    ...{ deliveredAt: null, log: [], createdAt: now },
  }
}

function isOnlyDuplicates(error: unknown): boolean {
  if (!(error instanceof mongo.MongoBulkWriteError)) return isDuplicateKey(error)
  return [error.writeErrors].flat().every(({ code }) => code === 11_000)
}

function toDelivery({
  _id,
  replayId: _replayId,
  keptUntil: _keptUntil,
  caseId = null,
  firstAttemptAt = null,
  nextAttemptAt = null,
  deliveredAt = null,
  log,
  ...fields
}: DeliveryDocument): WebhookDelivery {
  return {
    ...{ deliveryId: _id, ...fields },
    ...{ caseId, firstAttemptAt, nextAttemptAt, deliveredAt },
    log: log.map(({ status = null, error = null, ...attempt }) => ({ ...attempt, status, error })),
  }
}
