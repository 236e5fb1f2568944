import mongoose, { type Connection } from 'mongoose'
import { rebuild } from '../../domain/case/kind.js'
import { randomSuffix, sha256Hex } from '../../platform/digest.js'
import { createStore, type StoreOptions } from '../../store/create-store.js'
import { migrate } from '../../store/migrate.js'
import type { Store } from '../../store/store.js'
import { mongoUri } from '../setup/environment.js'
import type { BuiltCase } from './case.js'
import { openCommand, saveCommand } from './case-commands.js'

/** A migrated store in a database of its own. */
export interface TestDatabase {
  store: Store
  options: StoreOptions
  /** The same database without our rules: for tampering and for looking underneath. */
  raw: Connection
  /** Closes everything and drops the database. */
  drop: () => Promise<void>
}

/** For `beforeAll`; call `drop` in `afterAll`. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const options = { uri: mongoUri(`test-${randomSuffix()}`) }
  await migrate(options)
  const store = createStore(options)
  const raw = await mongoose.createConnection(options.uri).asPromise()
  return {
    store,
    options,
    raw,
    drop: async () => {
      await raw.dropDatabase()
      await raw.close()
      await store.close()
    },
  }
}

/** Puts a case on record the way its workflow does: opened first, then all that happened since. */
export async function saveBuiltCase(
  store: Store,
  built: BuiltCase,
  externalId: string | null = null,
): Promise<void> {
  const events = built.events.slice(0, 2)
  const opened = { ...built, events, state: rebuild(built.caseId, events) }
  await store.cases.open(openCommand(opened, externalId))
  const isContinued = built.events.length > events.length
  if (isContinued) await store.cases.save(saveCommand(built, events.length + 1))
}

/** Puts an event on record past all rules; `canonical` need be nothing that can be read. */
export async function forgeEvent(
  { raw }: TestDatabase,
  caseId: string,
  seq: number,
  canonical: string,
): Promise<void> {
  await raw.collection<{ _id: string }>('caseEvents').insertOne({
    ...{ _id: `${caseId}:${seq}`, caseId, seq, brandId: 'northwind', marketplace: 'taobao' },
    ...{ at: new Date(), type: 'opened', by: {}, data: {}, canonical, prevHash: '' },
    hash: sha256Hex(canonical),
  } as { _id: string })
}
