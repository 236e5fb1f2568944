import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import { createApiMetrics } from '../../../api/metrics.js'
import { ApiRefusal } from '../../../client/errors.js'
import { happening } from '../../../domain/case/events.js'
import { until } from '../../../local/until.js'
import { createStore } from '../../../store/create-store.js'
import type { Store } from '../../../store/store.js'
import { type BuiltCase, buildCase, continueCase } from '../../builders/case.js'
import { saveCommand } from '../../builders/case-commands.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../../builders/database.js'
import { buildListing, buildSighting } from '../../builders/sighting.js'
import { temporalAddress } from '../../setup/environment.js'
import { type Door, makeDoor } from '../door.js'
import { startApi, TEST_CONFIG, type TestApi } from '../test-api.js'
import { listen, watch } from './watching.js'

// Two processes of the API: the second one reaches the database through a door.
let database: TestDatabase
let connection: Connection
let door: Door
let storeBehindDoor: Store
let first: TestApi
let second: TestApi
let firstUrl: string
let secondUrl: string

beforeAll(async () => {
  database = await openTestDatabase()
  connection = Connection.lazy({ address: temporalAddress() })
  const uri = new URL(database.options.uri)
  door = await makeDoor({ host: uri.hostname, port: Number(uri.port) })
  uri.port = String(door.port)
  storeBehindDoor = createStore({ uri: uri.href })
  first = await startApi({ store: database.store, client: new Client({ connection }) })
  second = await startApi({ store: storeBehindDoor, client: new Client({ connection }) })
  ;[firstUrl, secondUrl] = await Promise.all([listen(first), listen(second)])
})
afterAll(async () => {
  await Promise.all([first.close(), second.close()])
  await storeBehindDoor.close()
  await Promise.all([door.shut(), connection.close(), database.drop()])
})

async function saved(brandId = 'northwind', marketplace = 'taobao'): Promise<BuiltCase> {
  const sighting = buildSighting({ brandId, listing: buildListing({ marketplace }) })
  const built = buildCase({ sighting })
  await saveBuiltCase(database.store, built)
  return built
}

async function change(built: BuiltCase): Promise<BuiltCase> {
  const note = happening('noteAdded', { text: 'changed', audience: 'internal' })
  const next = continueCase(built, [note], built.state.updatedAt + 1)
  await database.store.cases.save(saveCommand(next, built.events.length + 1))
  return next
}

const brandKey = () => first.keys.brandMember.secret

describe('a live stream', () => {
  it('begins at once, and tells of each case that is saved, with its revision', async () => {
    const stream = await watch(firstUrl, brandKey())
    await stream.untilEvent('ready')
    const changed = await change(await saved())
    const told = () =>
      stream.messages.flatMap(({ cases }) => cases).find(({ rev }) => rev === changed.state.rev)
    expect(await until('the change is told', told, { withinMs: 10_000 })).toEqual({
      caseId: changed.caseId,
      rev: changed.state.rev,
    })
    expect(stream.messages[0]).toMatchObject({ event: 'ready', cases: [] })
    expect(stream.messages.every(({ id }) => /^[0-9A-F]+$/.test(id))).toBe(true)
    await stream.leave()
  })

  it('tells nobody of what belongs to somebody else', async () => {
    const limited = await first.makeKey({
      role: 'accountManager',
      brandIds: ['northwind', 'contoso'],
      marketplaces: ['tmall'],
    })
    const [brand, manager, operator] = await Promise.all([
      watch(firstUrl, brandKey()),
      watch(firstUrl, limited.secret),
      watch(firstUrl, first.keys.operator.secret),
    ])
    const cases = [
      ...[await saved('northwind', 'taobao'), await saved('contoso', 'taobao')],
      ...[await saved('northwind', 'tmall'), await saved('contoso', 'tmall')],
      ...[await saved('fabrikam', 'tmall'), await saved('northwind', 'taobao')],
    ].map(({ caseId }) => caseId)
    // Whoever sees everything has heard of the last one, and so have the others of theirs.
    await operator.untilTold(cases)
    const theirs = (indices: number[]) => indices.map((index) => cases[index] ?? '').sort()
    await brand.untilTold(theirs([0, 2, 5]))
    await manager.untilTold(theirs([2, 3]))
    expect([...new Set(brand.caseIds())].sort()).toEqual(theirs([0, 2, 5]))
    expect([...new Set(manager.caseIds())].sort()).toEqual(theirs([2, 3]))
    await Promise.all([brand.leave(), manager.leave(), operator.leave()])
  })

  it('goes on at another process, with all that was saved meanwhile', async () => {
    const before = await watch(firstUrl, brandKey())
    const known = await saved()
    await before.untilTold([known.caseId])
    const after = before.lastId()
    await before.leave()
    const missed = [await saved(), await saved(), await saved()].map(({ caseId }) => caseId)
    const foreign = await saved('contoso')

    const resumed = await Promise.all([
      watch(secondUrl, brandKey(), after),
      watch(secondUrl, brandKey(), after),
      watch(firstUrl, brandKey(), after),
    ])
    const later = await saved()
    for (const stream of resumed) {
      await stream.untilTold([...missed, later.caseId])
      expect(stream.messages[0]).toMatchObject({ event: 'ready', id: after })
      expect(stream.messages.map(({ event }) => event)).not.toContain('reset')
      expect(stream.caseIds()).not.toContain(known.caseId)
      expect(stream.caseIds()).not.toContain(foreign.caseId)
      await stream.leave()
    }
  })

  it.each([
    ['is none', 'seventeen'],
    ['cannot be read', '00'.repeat(12)],
    ['is of no moment that was', '82FFFFFFF0000000032B0229296E04'],
  ])('is reset after an id that %s, and goes on', async (_why, id) => {
    const stream = await watch(firstUrl, brandKey(), id)
    await stream.untilEvent('reset')
    const { caseId } = await saved()
    await stream.untilTold([caseId])
    expect(stream.messages.map(({ event }) => event).slice(0, 2)).toEqual(['ready', 'reset'])
    await stream.leave()
  })

  it('is no answer to HEAD', async () => {
    const answer = await fetch(`${firstUrl}/v1/live`, { method: 'HEAD' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET'])
  })
})

describe('who may no longer read', () => {
  it('is told nothing 5 seconds later', async () => {
    const revoked = await first.makeKey({ role: 'brandMember', brandIds: ['northwind'] })
    const expiring = await first.makeKey({
      ...{ role: 'brandMember', brandIds: ['northwind'] },
      expiresAt: new Date(Date.now() + 1_500),
    })
    const [stays, goes, expires] = await Promise.all([
      watch(firstUrl, brandKey()),
      watch(firstUrl, revoked.secret),
      watch(firstUrl, expiring.secret),
    ])
    const at = performance.now()
    await database.store.apiKeys.revoke(revoked.keyId, { at: new Date(), by: 'operator' })
    await Promise.all([goes.ended, expires.ended])
    expect(performance.now() - at).toBeLessThan(5_000)
    await expect(watch(firstUrl, revoked.secret, goes.lastId())).rejects.toThrow(ApiRefusal)
    const { caseId } = await saved()
    await stays.untilTold([caseId])
    await stays.leave()
  })
})

describe('too many streams', () => {
  it('are refused: of one key, and of all together; whoever leaves makes room', async () => {
    const metrics = createApiMetrics({ withProcess: false })
    const config = { ...TEST_CONFIG, LIVE_STREAMS: 3, LIVE_STREAMS_PER_CALLER: 2 }
    const servers = { store: database.store, client: new Client({ connection }) }
    const small = await startApi(servers, { config, metrics })
    const counted = () => metrics.registry.metrics()
    const url = await listen(small)
    const { lead, operator } = small.keys
    const streams = [await watch(url, lead.secret), await watch(url, lead.secret)]
    await expect(watch(url, lead.secret)).rejects.toMatchObject({ code: 'too-many-streams' })
    streams.push(await watch(url, operator.secret))
    await expect(watch(url, operator.secret)).rejects.toMatchObject({ code: 'overloaded' })
    expect(await counted()).toMatch(/^joint_force_live_streams 3$/m)

    await streams[0]?.leave()
    const again = () => watch(url, operator.secret).catch(() => null)
    streams.push(await until('there is room', again, { withinMs: 10_000 }))
    expect(await counted()).toMatch(/_streams_ended_total\{reason="left"\} 1$/m)

    // A server that closes ends them, and does not wait for its readers.
    const closing = small.close()
    await Promise.all(streams.map(({ ended }) => ended))
    await closing
    expect(await counted()).toMatch(/^joint_force_live_streams 0$/m)
    expect(await counted()).not.toMatch(/route="\/v1\/live",status="200"/)
  })
})

describe('while the database is away', () => {
  it('stays open, and tells afterwards of all that was saved meanwhile', async () => {
    const stream = await watch(secondUrl, brandKey())
    await stream.untilTold([(await saved()).caseId])
    const after = stream.lastId()
    await door.shut()
    const missed = [await saved(), await saved()].map(({ caseId }) => caseId)
    // What was told already is known without the database.
    const joined = await watch(secondUrl, brandKey(), after)
    await door.open()
    for (const each of [stream, joined]) {
      await each.untilTold(missed)
      expect(each.messages.map(({ event }) => event)).not.toContain('reset')
    }
    await Promise.all([stream.leave(), joined.leave()])
  })
})
