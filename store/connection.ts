import { type Connection, Mongoose } from 'mongoose'

/** What a store says about its connection; a pino logger fits. */
export interface StoreLogger {
  info(message: string): void
  warn(message: string): void
}

/** Where the database is. */
export interface StoreOptions {
  /** Connection string of a replica set: transactions and majority reads need one. */
  uri: string
  /** Overrides the database named in `uri`. */
  databaseName?: string
  logger?: StoreLogger
}

/** A connection, before it is made. */
export interface Database {
  connection: Connection
  /**
   * Resolves once the first connection stands. A process may start before its database: while the
   * first connection cannot be made, each call tries again and rejects within 5 s. Later losses are
   * the driver's to repair.
   */
  connected: () => Promise<void>
  close: () => Promise<void>
}

const SERVER_SELECTION_TIMEOUT_MS = 5000

/** A connection of its own to MongoDB, made at the first use. Never the package's global one. */
export function openDatabase({ uri, databaseName, logger }: StoreOptions): Database {
  const mongoose = new Mongoose({
    strict: 'throw',
    strictQuery: 'throw',
    sanitizeFilter: true,
    runValidators: true,
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
  })
  const connection = mongoose.createConnection()
  let wasConnected = false
  let isClosed = false
  let connecting: Promise<unknown> | null = null

  connection.on('disconnected', () => {
    if (!isClosed) logger?.warn('MongoDB: no primary can be reached')
  })
  connection.on('reconnected', () => logger?.info('MongoDB: the primary answers again'))

  async function connect(): Promise<void> {
    await connection.openUri(uri, {
      ...(databaseName === undefined ? {} : { dbName: databaseName }),
      appName: 'joint-force',
      serverSelectionTimeoutMS: SERVER_SELECTION_TIMEOUT_MS,
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      readPreference: 'primary',
    })
    wasConnected = true
  }

  return {
    connection,
    connected: async () => {
      if (isClosed) throw new Error('the store is closed; create another one')
      if (wasConnected) return
      connecting ??= connect().finally(() => {
        connecting = null
      })
      await connecting
    },
    close: () => {
      isClosed = true
      return connection.close()
    },
  }
}
