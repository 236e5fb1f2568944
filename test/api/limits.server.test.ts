import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ApiDeps } from '../../api/deps.js'
import { until } from '../../local/until.js'
import { SIGN_INS_AT_ONCE } from '../../api/sign-in/limit-sign-ins.js'
import { generateApiKey } from '../../platform/api-key.js'
import { buildBrand } from '../builders/brand.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'
import { FROM_OWN_PAGE, problemOf, startApi, TEST_CONFIG, type TestApi } from './test-api.js'

let database: TestDatabase
let own: OwnNamespace
let api: TestApi

beforeAll(async () => {
  ;[database, own] = await Promise.all([openTestDatabase(), openNamespace()])
  await database.store.brands.create(buildBrand({ accountManagerId: null }))
  api = await startApi({ store: database.store, client: own.client })
})
afterAll(async () => {
  await api.close()
  await own.connection.close()
  await database.drop()
})

/** An API of its own with other limits. */
const startLimited = (limits: Partial<ApiDeps['config']>): Promise<TestApi> =>
  startApi({ store: database.store, client: own.client }, { config: { ...TEST_CONFIG, ...limits } })

describe('an API that is behind with its work', () => {
  it('refuses requests, with when to come again, and takes them again when it has caught up', async () => {
    const limited = await startLimited({ OVERLOADED_DELAY_MS: 50 })
    const ask = () => limited.call('GET', '/v1/stats', { key: 'lead' })
    const isRefused = async () => {
      const busyUntil = performance.now() + 900
      while (performance.now() < busyUntil);
      const answer = await ask()
      return answer.statusCode === 503 && answer
    }
    const refused = await until('it refuses', isRefused, { withinMs: 20_000 })
    expect(problemOf(refused).code).toBe('overloaded')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    const isTaken = async () => (await ask()).statusCode === 200
    await until('it takes requests again', isTaken, { withinMs: 20_000 })
    await limited.close()
  })
})

describe('the rate limit', () => {
  it('counts per key and says when to go on', async () => {
    const limited = await startLimited({ RATE_LIMIT_PER_MINUTE: 3 })
    const statuses: number[] = []
    for (let n = 0; n < 5; n++) {
      statuses.push((await limited.call('GET', '/v1/stats', { key: 'lead' })).statusCode)
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429])
    const refused = await limited.call('GET', '/v1/stats', { key: 'lead' })
    expect(problemOf(refused).code).toBe('rate-limited')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await limited.call('GET', '/v1/stats', { key: 'operator' })).statusCode).toBe(200)
    await limited.close()
  })

  it.each([
    ['GET', '/v1/account-managers', 403],
    ['GET', '/v1/nothing', 404],
    ['GET', '/v1/cases/case~taobao~1~northwind~aaaaaaaaaaaaa', 404],
    ['DELETE', '/v1/stats', 405],
    ['GET', '/v1/stats', 200],
  ] as const)('says how many are left, and counts, %s %s (%i)', async (method, url, status) => {
    const limited = await startLimited({ RATE_LIMIT_PER_MINUTE: 2 })
    const answers = []
    for (let n = 0; n < 3; n++)
      answers.push(await limited.call(method, url, { key: 'brandMember' }))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([status, status, 429])
    expect(answers.map(({ headers }) => headers['ratelimit-remaining'])).toEqual(['1', '0', '0'])
    expect(answers[0]?.headers).toMatchObject({ 'ratelimit-limit': '2' })
    expect(Number(answers[0]?.headers['ratelimit-reset'])).toBeGreaterThan(0)
    await limited.close()
  })

  it('lets an address sign in so often, whoever has the mail addresses', async () => {
    const limited = await startLimited({ RATE_LIMIT_PER_MINUTE: 1_000 })
    const ask = () =>
      limited.call('POST', '/v1/sign-in/links', {
        ...{ key: null, headers: FROM_OWN_PAGE, body: { email: 'nobody@nowhere.example' } },
      })
    const guess = () =>
      limited.call('POST', '/v1/sign-in', {
        ...{ key: null, headers: FROM_OWN_PAGE, body: { token: 'none' } },
      })
    for (let n = 0; n < SIGN_INS_AT_ONCE / 2; n++) {
      expect([(await ask()).statusCode, (await guess()).statusCode]).toEqual([202, 410])
    }
    for (const answer of [await ask(), await guess()]) {
      expect(problemOf(answer).code).toBe('rate-limited')
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(60)
    }
    await limited.close()
  })

  it('stops looking up the keys of an address that guesses', async () => {
    const limited = await startLimited({ RATE_LIMIT_PER_MINUTE: 3 })
    const { secret } = generateApiKey()
    const use = async (key: string) => (await limited.call('GET', '/v1/stats', { key })).statusCode
    const guess = () => limited.call('GET', '/v1/stats', { key: secret })
    expect(await use('lead')).toBe(200)
    const statuses: number[] = []
    for (let n = 0; n < 5; n++) statuses.push((await guess()).statusCode)
    expect(statuses).toEqual([401, 401, 401, 401, 429])
    expect(Number((await guess()).headers['retry-after'])).toBeGreaterThan(0)
    // Whoever shares the address and was known to be genuine is not locked out with the guesser.
    expect(await use('lead')).toBe(200)
    expect(await use('operator')).toBe(429)
    await limited.close()
  })
})
