import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import { createStore } from '../../../store/create-store.js'
import { migrate } from '../../../store/migrate.js'
import type { Store } from '../../../store/store.js'
import { until } from '../../../local/until.js'
import { buildCase } from '../../builders/case.js'
import { saveBuiltCase } from '../../builders/database.js'
import { temporalAddress } from '../../setup/environment.js'
import { type ReplicaSet, startReplicaSet } from '../../setup/replica-set.js'
import { startApi, type TestApi } from '../test-api.js'
import { listen, watch } from './watching.js'

let replicaSet: ReplicaSet
let store: Store
let connection: Connection
let api: TestApi
let url: string

beforeAll(async () => {
  replicaSet = await startReplicaSet()
  await migrate({ uri: replicaSet.uri })
  store = createStore({ uri: replicaSet.uri })
  connection = Connection.lazy({ address: temporalAddress() })
  api = await startApi({ store, client: new Client({ connection }) })
  url = await listen(api)
}, 120_000)
afterAll(async () => {
  await api.close()
  await store.close()
  await Promise.all([connection.close(), replicaSet.stop()])
}, 60_000)

/** As the worker saves: again, until it is on record. */
async function saved(): Promise<string> {
  const built = buildCase()
  const save = () =>
    saveBuiltCase(store, built).then(
      () => true,
      () => false,
    )
  await until('the case is saved', save, { withinMs: 60_000, everyMs: 100 })
  return built.caseId
}

describe('a live stream', () => {
  it('goes on by itself when the database has lost its primary and elected another', async () => {
    const stream = await watch(url, api.keys.brandMember.secret)
    await stream.untilTold([await saved()])
    const lost = replicaSet.losePrimary()
    const meanwhile = [await saved(), await saved()]
    await lost
    const after = await saved()

    await stream.untilTold([...meanwhile, after])
    expect(stream.messages.map(({ event }) => event)).not.toContain('reset')
    await stream.leave()
  }, 120_000)
})
