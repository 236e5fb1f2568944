import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { readCursor, writeCursor } from '../../api/http/cursor.js'
import { revisionOf } from '../../api/http/etag.js'
import { createKnownPaths } from '../../api/http/known-paths.js'
import { DatabaseUnavailable, isDatabaseOutage } from '../../api/outage.js'
import { createRecentCache } from '../../api/callers/recent-cache.js'

describe('cursors', () => {
  const caseId = 'case~a~b~c~d'
  it.each([
    ['dueAt', new Date('2026-03-02T08:00:00.000Z')],
    ['severity', 'S2'],
  ] as const)('lead back to their place, in the same list by %s only', (sort, value) => {
    const list = { open: true, brandId: 'x', sort }
    const cursor = writeCursor({ value, caseId }, list)

    const inOtherOrder = { sort, brandId: 'x', open: true }
    expect(readCursor(cursor, inOtherOrder)).toEqual({ value, caseId })
    for (const other of [
      { ...list, brandId: 'y' },
      { sort },
      { ...list, sort: 'openedAt' as const },
    ]) {
      expect(() => readCursor(cursor, other)).toThrow('this very list')
    }
    const otherKind = sort === 'dueAt' ? 'S2' : new Date(0)
    expect(() => readCursor(writeCursor({ value: otherKind, caseId }, list), list)).toThrow('next')
  })

  it('that are garbage are refused, whatever they are', () => {
    const garbage = fc.oneof(
      fc.string(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
    )
    fc.assert(
      fc.property(garbage, (text) =>
        expect(() => readCursor(text, { sort: 'openedAt' })).toThrow('next'),
      ),
    )
  })
})

describe('revisionOf', () => {
  it.each([['*'], ['W/"1"'], ['1'], ['"1", "2"'], ['"x"'], ['"99999999999999999999"']])(
    'takes no %s for an ETag of ours',
    (tag) => {
      expect(() => revisionOf(tag)).toThrow('no ETag of ours')
    },
  )

  it('reads the revision', () => {
    expect(revisionOf('"12"')).toBe(12)
  })
})

describe('createKnownPaths', () => {
  const paths = createKnownPaths()
  paths.add('/v1/cases', ['GET', 'POST'])
  paths.add('/v1/cases/:caseId', ['GET'])
  paths.add('/v1/cases::batch', ['POST'])

  it.each([
    ['/v1/cases', ['GET', 'POST']],
    ['/v1/cases/x', ['GET']],
    ['/v1/cases:batch', ['POST']],
    ['/v1/cases/x/y', []],
    ['/v1/cases/', []],
  ])('%s answers to %j', (path, methods) => {
    expect(paths.methodsOf(path)).toEqual(methods)
  })
})

describe('createRecentCache', () => {
  function cacheOf(load: (id: string) => Promise<string | null>) {
    const clock = { now: 0 }
    const limits = { freshMs: 3_000, outageMs: 300_000, maxEntries: 2 }
    return { clock, cache: createRecentCache({ load, now: () => clock.now, ...limits }) }
  }

  it('looks again after a while, once for all who wait', async () => {
    let loads = 0
    const { clock, cache } = cacheOf(async () => `value ${++loads}`)

    expect(await Promise.all([cache.get('a'), cache.get('a')])).toEqual(['value 1', 'value 1'])
    clock.now = 2_999
    expect(await cache.get('a')).toBe('value 1')
    clock.now = 3_000
    expect(await cache.get('a')).toBe('value 2')
  })

  it('looks again for what was forgotten, also when a look was under way', async () => {
    let answer = (_value: string) => {}
    const { cache } = cacheOf(() => new Promise((resolve) => (answer = resolve)))
    const before = cache.get('a')
    const answerBefore = answer
    cache.forget('a')
    const after = cache.get('a')
    answer('new')
    answerBefore('old')

    expect(await Promise.all([before, after])).toEqual(['old', 'new'])
    expect(await cache.get('a')).toBe('new')
  })

  it('uses what it knew for five minutes of an outage, and only then', async () => {
    let failure: Error | null = null
    const { clock, cache } = cacheOf(async () => {
      if (failure) throw failure
      return 'known'
    })
    await cache.get('a')
    failure = new DatabaseUnavailable('away')
    clock.now = 299_999
    expect(await cache.get('a')).toBe('known')
    await expect(cache.get('b')).rejects.toThrow('away')
    clock.now = 300_000
    await expect(cache.get('a')).rejects.toThrow('away')
    clock.now = 3_001
    failure = new Error('a mistake of ours')
    await expect(cache.get('a')).rejects.toThrow('a mistake of ours')
  })

  it('forgets the oldest when it is full', async () => {
    const loaded: string[] = []
    const { cache } = cacheOf(async (id) => {
      loaded.push(id)
      return id
    })
    for (const id of ['a', 'b', 'c', 'c', 'b', 'a']) await cache.get(id)

    expect(loaded).toEqual(['a', 'b', 'c', 'a'])
  })
})

describe('isDatabaseOutage', () => {
  it('looks at causes, and takes no mistake of ours for an outage', () => {
    const network = Object.assign(new Error('gone'), { name: 'MongoNetworkError' })

    expect(isDatabaseOutage(new Error('wrapped', { cause: network }))).toBe(true)
    expect(isDatabaseOutage(Object.assign(new Error('step down'), { code: 10_107 }))).toBe(true)
    expect(isDatabaseOutage(Object.assign(new Error('duplicate'), { code: 11_000 }))).toBe(false)
    expect(isDatabaseOutage(new TypeError('undefined is not a function'))).toBe(false)
  })
})
