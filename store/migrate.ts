import type { Connection } from 'mongoose'
import { openDatabase, type StoreOptions } from './connection.js'
import { repositories } from './create-store.js'
import { MIGRATIONS } from './migrations.js'

/** The shape of the data this release reads and writes: that of the last migration. */
export const SCHEMA_VERSION = Math.max(...MIGRATIONS.map(({ to }) => to))

const SCHEMA_COLLECTION = 'schemaVersion'

interface SchemaVersionDocument {
  _id: 'current'
  version: number
  migratedAt: Date
}

/** The database was written by a later release than this one. */
export class NewerSchema extends Error {
  override name = 'NewerSchema'
}

/**
 * Creates all collections and indexes, brings data of earlier releases into the shape of this one and
 * records the schema version; running it again changes nothing. Never drops an index: `indexDifferences` names those no longer wanted.
 * Throws `NewerSchema` when the database belongs to a later release.
 */
export async function migrate(options: StoreOptions): Promise<{ from: number; to: number }> {
  return withConnection(options, async (connection) => {
    const versions = connection.collection<SchemaVersionDocument>(SCHEMA_COLLECTION)
    const from = (await versions.findOne({ _id: 'current' }))?.version ?? 0
    if (from > SCHEMA_VERSION) {
      throw new NewerSchema(
        `the database has schema version ${from}, this release knows ${SCHEMA_VERSION}; ` +
          'run the release that migrated it, or a later one',
      )
    }
    for (const model of Object.values(connection.models)) {
      await model.createCollection()
      await model.createIndexes()
    }
    for (const { to, run } of MIGRATIONS) {
      if (to <= from) continue
      await run(connection)
      await versions.updateOne(
        { _id: 'current' },
        { $set: { version: to, migratedAt: new Date() } },
        { upsert: true },
      )
    }
    return { from, to: SCHEMA_VERSION }
  })
}

/** What kind of MongoDB this is, and the shape of the data in it (0: never migrated). */
export async function inspectDatabase(
  options: StoreOptions,
): Promise<{ version: string; replicaSet: string | null; schemaVersion: number }> {
  return withConnection(options, async (connection) => {
    const hello = await connection.db?.admin().command({ hello: 1 })
    const build = await connection.db?.admin().command({ buildInfo: 1 })
    const versions = connection.collection<SchemaVersionDocument>(SCHEMA_COLLECTION)
    const { setName, version } = { ...hello, ...build } as { setName?: string; version?: string }
    return {
      version: version ?? 'unknown',
      replicaSet: setName ?? null,
      schemaVersion: (await versions.findOne({ _id: 'current' }))?.version ?? 0,
    }
  })
}

/** Indexes missing from the database, and those in it that this release does not want. */
export async function indexDifferences(
  options: StoreOptions,
): Promise<{ collection: string; missing: object[]; unwanted: string[] }[]> {
  return withConnection(options, async (connection) => {
    const differences = []
    for (const model of Object.values(connection.models)) {
      const { toCreate, toDrop } = await model.diffIndexes()
      if (toCreate.length + toDrop.length > 0) {
        const collection = model.collection.collectionName
        differences.push({ collection, missing: toCreate, unwanted: toDrop })
      }
    }
    return differences
  })
}

async function withConnection<T>(
  options: StoreOptions,
  action: (connection: Connection) => Promise<T>,
): Promise<T> {
  const { connection, connected, close } = openDatabase(options)
  try {
    repositories(connection)
    await connected()
    return await action(connection)
  } finally {
    await close()
  }
}
