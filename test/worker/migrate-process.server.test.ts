import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { KNOWLEDGE } from '../../domain/release/release.js'
import { REPOSITORY_DIR } from '../../local/provision/context.js'
import { currentBuildId } from '../../platform/current-version.js'
import { RELEASE } from '../../platform/release.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'
import { temporalAddress } from '../setup/environment.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'
import { programArguments } from '../setup/compiled.js'

let own: OwnNamespace
let database: TestDatabase
beforeAll(async () => {
  ;[own, database] = await Promise.all([openNamespace(), openTestDatabase()])
})
afterEach(() => database.raw.collection('releases').deleteMany({}))
afterAll(async () => {
  await own.connection.close()
  await database.drop()
})

async function migrateProcess(changes: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, programArguments('worker/migrate/main.ts'), {
    cwd: REPOSITORY_DIR,
    env: {
      PATH: process.env['PATH'],
      TEMPORAL_ADDRESS: temporalAddress(),
      TEMPORAL_NAMESPACE: own.namespace,
      MONGODB_URI: database.options.uri,
      ...changes,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const closed = once(child, 'close') as Promise<[number | null]>
  const [[code], err] = await Promise.all([closed, text(child.stderr)])
  return { code, err }
}

describe('migrate', () => {
  it('records what its release uses and makes it current; two at once do so once', async () => {
    const off = { PATCHES_OFF: 'nextCase,tellsApart', BUILD_ID: 'careful' }
    const both = await Promise.all([migrateProcess(off), migrateProcess(off)])
    expect(both).toEqual([
      { code: 0, err: '' },
      { code: 0, err: '' },
    ])
    const careful = await database.store.releases.inUse()
    expect(careful).toMatchObject({
      buildId: 'careful',
      patchesOff: ['nextCase', 'tellsApart'],
      rulesVersion: KNOWLEDGE.rulesVersion,
      newCaseRules: KNOWLEDGE.rulesVersion,
    })
    expect(careful?.patches).toEqual(KNOWLEDGE.patches.filter((one) => !/^(next|tells)/.test(one)))
    expect(await currentBuildId(own.client)).toBe('careful')

    expect(await migrateProcess()).toEqual({ code: 0, err: '' })
    const whole = await database.store.releases.inUse()
    expect(whole).toMatchObject({ buildId: RELEASE, patchesOff: [] })
    expect(whole?.patches.toSorted()).toEqual([...KNOWLEDGE.patches].sort())
    expect(await currentBuildId(own.client)).toBe(RELEASE)
  }, 120_000)

  it('does nothing where a release that knows more has been at work, and says which', async () => {
    const later = { ...KNOWLEDGE, eventTypes: [...KNOWLEDGE.eventTypes, 'waved'] }
    const recorded = { ...later, buildId: 'r9', patchesOff: [], newCaseRules: later.rulesVersion }
    await database.store.releases.take(recorded, later)
    const before = await currentBuildId(own.client)
    const { code, err } = await migrateProcess({ BUILD_ID: 'too-old' })
    expect(code).toBe(1)
    expect(err).toContain('what this release does not know (events waved); start the release r9')
    expect(await database.store.releases.inUse()).toEqual(recorded)
    expect(await currentBuildId(own.client)).toBe(before)
  }, 60_000)

  it('takes no patch for one that it does not know', async () => {
    const { code, err } = await migrateProcess({ PATCHES_OFF: 'nextCase,neverWritten' })
    expect(code).toBe(1)
    expect(err).toContain('PATCHES_OFF does not fit: any of conflictsBackOff,')
  }, 60_000)
})
