import { type Connection, mongo } from 'mongoose'
import { type Knowledge, type LeftOff, unknownOf } from '../domain/release/release.js'

/** What the releases that were at work on this database make of those to come. */
export interface ReleaseInUse extends Knowledge, LeftOff {
  /** Build id of the one that was migrated to last. */
  buildId: string
}

/** What a release must know to be at work on this database; recorded by `migrate`. */
export interface Releases {
  /** `null` before the first `migrate`. */
  inUse(): Promise<ReleaseInUse | null>
  /**
   * Records that a release which knows `known` is going to work and what it uses of it. What is
   * needed only grows. Where the release does not know all that is needed already, nothing changes.
   * Returns what is on record then.
   */
  take(inUse: ReleaseInUse, known: Knowledge): Promise<ReleaseInUse>
}

interface ReleaseDocument extends ReleaseInUse {
  _id: 'inUse'
  takenAt: Date
}

const DUPLICATE_KEY = 11000

/** One document, changed at one go, so that any number may migrate at once. */
export function releasesOf(connection: Connection): Releases {
  const collection = () => connection.collection<ReleaseDocument>('releases')

  async function inUse(): Promise<ReleaseInUse | null> {
    const document = await collection().findOne({ _id: 'inUse' })
    if (!document) return null
    const { _id, takenAt: _takenAt, ...release } = document
    return release
  }

  async function take(release: ReleaseInUse, known: Knowledge): Promise<ReleaseInUse> {
    const { rulesVersion, patches, eventTypes, ...set } = release
    const within = (names: readonly string[]) => ({ $not: { $elemMatch: { $nin: [...names] } } })
    try {
      await collection().updateOne(
        {
          _id: 'inUse',
          rulesVersion: { $lte: known.rulesVersion },
          patches: within(known.patches),
          eventTypes: within(known.eventTypes),
        },
        {
          $max: { rulesVersion },
          $addToSet: {
            patches: { $each: [...patches] },
            eventTypes: { $each: [...eventTypes] },
          },
          $set: { ...set, takenAt: new Date() },
        },
        { upsert: true },
      )
    } catch (error) {
      if (!(error instanceof mongo.MongoServerError) || error.code !== DUPLICATE_KEY) throw error
      const recorded = await inUse()
      // Without a reason to refuse it, somebody else made the document at the same moment.
      if (recorded && unknownOf(recorded, known) !== null) return recorded
      return take(release, known)
    }
    const recorded = await inUse()
    if (!recorded) throw new Error('the release that is in use was recorded and is gone')
    return recorded
  }

  return { inUse, take }
}
