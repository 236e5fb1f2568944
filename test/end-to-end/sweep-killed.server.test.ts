import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Static } from 'typebox'
import type { SweepSchema } from '../../contract/sweep.js'
import { createApiClient } from '../../client/client.js'
import { silentProgress } from '../../local/provision/progress.js'
import { freePorts } from '../../local/stack/ports.js'
import { until } from '../../local/until.js'
import { type KeyRing, openKeyRing } from '../../local/world/key-ring.js'
import { openWorld, type World } from '../../local/world/open-world.js'
import { addPeople } from '../../local/world/people.js'
import { reviver } from '../../local/world/revive.js'
import { randomSuffix } from '../../platform/digest.js'
import { buildNewCase } from '../api/new-case.js'
import { testDataDir } from '../setup/environment.js'

const CASES = 120
const PER_SECOND = 25
const LONG = { withinMs: 90_000 }

let dataDir: string
let world: World
let keys: KeyRing
let lost: string[]

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(testDataDir(), 'sweep-'))
  lost = []
  world = await openWorld({
    dataDir,
    ports: await freePorts(),
    progress: silentProgress,
    marketplaces: [{ id: 'taobao', name: 'Taobao' }],
    env: { RATE_LIMIT_PER_MINUTE: '0', SWEEP_CASES_PER_SECOND: String(PER_SECOND) },
    onUnexpectedExit: reviver(silentProgress, (name, reason) => lost.push(`${name}: ${reason}`)),
  })
  keys = await openKeyRing({
    dataDir,
    apiUrl: world.urls.api,
    mongodbUri: world.urls.mongodb,
    brandIds: ['northwind'],
    marketplaces: ['taobao'],
  })
  const contact = { contactId: 'mei-lin', name: 'Mei Lin', email: 'mei.lin@northwind.example' }
  const brand = { brandId: 'northwind', name: 'Northwind', contact }
  await addPeople(createApiClient(world.urls.api, keys.operator), [brand])
}, 120_000)
afterAll(async () => {
  await world.stop()
  await rm(dataDir, { recursive: true, force: true })
})

describe('a recall whose worker is killed with -9', () => {
  it('withdraws every case, each once, and counts none twice', async () => {
    const monitor = createApiClient(world.urls.api, keys.monitor)
    const ruleId = `r-${randomSuffix()}`
    const signals = [{ ruleId, weight: 1, observed: 'odd' }]
    const version = '9.9.9'
    const reports = Array.from({ length: CASES }, () =>
      buildNewCase({ signals, monitor: { name: 'reference-monitor', version } }),
    )
    await monitor.post('/cases:batch', { cases: reports })
    const query = { ruleId, phase: ['awaitingBrand' as const] }
    const asked = async () => (await monitor.cases(query)).length === CASES
    await until('every brand has been asked', asked, LONG)

    const recall = { ruleId, monitorVersion: version }
    const { sweepId } = await monitor.post<{ sweepId: string }>('/cases:withdraw', recall)
    const read = () => monitor.get<Static<typeof SweepSchema>>(`/sweeps/${sweepId}`)
    const ended = () => monitor.cases({ ruleId, open: false })
    const some = async () => {
      const { length } = await ended()
      return length > 0 && length
    }
    expect(await until('some are withdrawn', some, LONG)).toBeLessThan(CASES)
    process.kill(world.processes.worker.pid, 'SIGKILL')

    const done = async () => {
      const sweep = await read()
      return sweep.status !== 'running' && sweep
    }
    const { status, counts } = await until('the recall ends', done, LONG)
    expect({ status, counts, lost }).toEqual({
      status: 'done',
      counts: { total: CASES, done: CASES, kept: 0, failed: 0 },
      lost: [],
    })
    const all = async () => {
      const cases = await ended()
      return cases.length === CASES && cases
    }
    const cases = await until('all are on record', all, LONG)
    expect(new Set(cases.map(({ outcome }) => outcome))).toEqual(new Set(['withdrawn']))
    for (const { caseId } of cases) {
      const events = await monitor.events(caseId)
      expect(events.filter(({ type }) => type === 'closed')).toHaveLength(1)
    }
  }, 240_000)
})
