import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Knowledge } from '../../domain/release/release.js'
import type { ReleaseInUse } from '../../store/store.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.drop())
beforeEach(() => database.raw.collection('releases').deleteMany({}))

const FIRST: Knowledge = { rulesVersion: 3, patches: ['a'], eventTypes: ['opened'] }
const SECOND: Knowledge = { rulesVersion: 4, patches: ['a', 'b'], eventTypes: ['opened', 'waved'] }
const inUse = (buildId: string, known: Knowledge, patchesOff: string[] = []): ReleaseInUse => ({
  ...known,
  ...{ buildId, patchesOff, newCaseRules: known.rulesVersion },
})
const releases = () => database.store.releases

describe('the release that is in use', () => {
  it('is none before the first, and the same when it is taken again, by any number at once', async () => {
    expect(await releases().inUse()).toBeNull()
    const first = inUse('r1', FIRST)
    const taken = await Promise.all([1, 2, 3, 4].map(() => releases().take(first, FIRST)))
    expect(taken).toEqual([first, first, first, first])
    expect(await releases().inUse()).toEqual(first)
  })

  it('is followed by one that knows more, whose needs are added', async () => {
    await releases().take(inUse('r1', { ...FIRST, patches: ['a', 'old'] }, ['old']), {
      ...FIRST,
      patches: ['a', 'old'],
    })
    const known = { ...SECOND, patches: ['a', 'b', 'old'] }
    const taken = await releases().take(inUse('r2', SECOND), known)
    expect(taken).toMatchObject({ buildId: 'r2', rulesVersion: 4, newCaseRules: 4, patchesOff: [] })
    expect(taken.patches.toSorted()).toEqual(['a', 'b', 'old'])
  })

  it.each<[string, Partial<Knowledge>]>([
    ['rules', { rulesVersion: 3 }],
    ['a patch', { patches: ['a'] }],
    ['an event', { eventTypes: ['opened'] }],
  ])('is not followed by one that does not know %s', async (_what, less) => {
    const second = inUse('r2', SECOND)
    await releases().take(second, SECOND)
    const known = { ...SECOND, ...less }
    expect(await releases().take(inUse('r1', known), known)).toEqual(second)
    expect(await releases().inUse()).toEqual(second)
  })

  it('gives no ground: an earlier one that knows enough may come back, and needs stay', async () => {
    await releases().take(inUse('r2', SECOND), SECOND)
    const back = await releases().take(inUse('r1', { ...SECOND, rulesVersion: 3 }, ['b']), SECOND)
    expect(back).toMatchObject({ buildId: 'r1', rulesVersion: 4, newCaseRules: 3 })
    expect(back.patches).toEqual(SECOND.patches)
    expect(back.patchesOff).toEqual(['b'])
  })
})
