import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { buildBrand } from '../builders/brand.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'
import { problemOf, startApi, type TestApi } from './test-api.js'

let database: TestDatabase
let own: OwnNamespace
let api: TestApi

beforeAll(async () => {
  ;[database, own] = await Promise.all([openTestDatabase(), openNamespace()])
  for (const brandId of ['northwind', 'contoso']) {
    await database.store.brands.create(buildBrand({ brandId }))
  }
  api = await startApi({ store: database.store, client: own.client })
})
afterAll(async () => {
  await api.close()
  await own.connection.close()
  await database.drop()
})

type Created = { keyId: string; key: string; expiresAt: string | null }
const MEMBER = { name: 'member', role: 'brandMember', brandIds: ['northwind'] }
const ADMIN = { name: 'admin', role: 'brandAdmin', brandIds: ['northwind'] }
const OPERATOR = { name: 'deputy', role: 'operator' }

const make = async (key: string, body: object) => {
  const answer = await api.call('POST', '/v1/api-keys', { key, body })
  if (answer.statusCode !== 201) throw new Error(answer.body)
  return answer.json<Created>()
}
const revoke = (keyId: string, key = 'operator', query = '') =>
  api.call('DELETE', `/v1/api-keys/${keyId}${query}`, { key })
const isRevoked = async ({ keyId }: Created) =>
  (await database.store.apiKeys.find(keyId))?.revokedAt !== null

describe('a key of a monitor', () => {
  it('names its monitor where it says so, which no other key does', async () => {
    const monitor = { name: 'm', role: 'monitor', marketplaces: ['taobao'], monitorName: 'lens' }
    const { keyId } = await make('operator', monitor)
    const shown = await api.call('GET', `/v1/api-keys/${keyId}`)
    expect(shown.json()).toMatchObject({ monitorName: 'lens' })

    const body = { ...MEMBER, monitorName: 'lens' }
    const refused = await api.call('POST', '/v1/api-keys', { body })
    expect([refused.statusCode, problemOf(refused).code]).toEqual([422, 'invalid-value'])
  })
})

describe('a key that makes keys', () => {
  it('takes those it made, and those they made, with it', async () => {
    const first = await make('operator', ADMIN)
    const second = await make(first.key, ADMIN)
    const third = await make(second.key, MEMBER)
    const other = await make('operator', MEMBER)

    const answer = await revoke(first.keyId)
    const ids = [first, second, third].map(({ keyId }) => keyId)
    expect(new Set(answer.json<{ revoked: string[] }>().revoked)).toEqual(new Set(ids))
    for (const key of [first, second, third]) expect(await isRevoked(key)).toBe(true)
    expect(await isRevoked(other)).toBe(false)
  })

  it('leaves the key that revokes it, and what that made: so a key is replaced', async () => {
    const old = await make('operator', OPERATOR)
    const successor = await make(old.key, OPERATOR)
    const monitor = { name: 'm', role: 'monitor', marketplaces: ['taobao'] }
    const [ofOld, ofNew] = [await make(old.key, monitor), await make(successor.key, monitor)]

    expect((await revoke(old.keyId, successor.key)).statusCode).toBe(200)
    const states = await Promise.all([old, successor, ofOld, ofNew].map(isRevoked))
    expect(states).toEqual([true, false, true, false])
  })

  it('leaves what it made where an operator says so, and only then', async () => {
    const deputy = await make('operator', OPERATOR)
    const kept = await make(deputy.key, { name: 'm', role: 'monitor', marketplaces: ['taobao'] })
    const admin = await make('operator', ADMIN)
    const second = await make(admin.key, ADMIN)

    expect((await revoke(deputy.keyId, 'operator', '?made=keep')).statusCode).toBe(200)
    expect(await isRevoked(kept)).toBe(false)
    const refused = await revoke(second.keyId, admin.key, '?made=keep')
    expect([refused.statusCode, problemOf(refused).code]).toEqual([403, 'not-allowed-for-role'])
  })

  it('makes none that lives longer than it', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
    const admin = await make('operator', { ...ADMIN, expiresAt })
    expect((await make(admin.key, MEMBER)).expiresAt).toBe(expiresAt)

    const later = new Date(Date.now() + 7_200_000).toISOString()
    const body = { ...MEMBER, expiresAt: later }
    const refused = await api.call('POST', '/v1/api-keys', { key: admin.key, body })
    expect([refused.statusCode, problemOf(refused).code]).toEqual([422, 'invalid-value'])
  })

  it('makes none any more once it is revoked, though its revocation is not noticed yet', async () => {
    const admin = await make('operator', ADMIN)
    await make(admin.key, MEMBER)
    await database.store.apiKeys.revoke(admin.keyId, { at: new Date(), by: 'somebody' })

    const refused = await api.call('POST', '/v1/api-keys', { key: admin.key, body: MEMBER })
    expect([refused.statusCode, problemOf(refused).code]).toEqual([401, 'unauthenticated'])
  })

  it('never leaves one behind that was made while it was revoked', async () => {
    for (let round = 0; round < 5; round++) {
      const admin = await make('operator', ADMIN)
      const making = Array.from({ length: 4 }, () =>
        api.call('POST', '/v1/api-keys', { key: admin.key, body: MEMBER }),
      )
      const [, ...answers] = await Promise.all([revoke(admin.keyId), ...making])
      const made = answers.filter(({ statusCode }) => statusCode === 201)
      const revoked = await Promise.all(made.map((answer) => isRevoked(answer.json<Created>())))
      expect(revoked).toEqual(made.map(() => true))
    }
  })

  it('makes no more of a brand than can be looked after', async () => {
    const brandIds = ['contoso']
    const many = Array.from({ length: 100 }, () => api.makeKey({ role: 'brandMember', brandIds }))
    const [spare] = await Promise.all(many)
    const body = { ...MEMBER, brandIds }
    const refused = await api.call('POST', '/v1/api-keys', { body })
    expect([refused.statusCode, problemOf(refused).code]).toEqual([409, 'too-many-keys'])

    await revoke(spare?.keyId ?? '')
    expect((await api.call('POST', '/v1/api-keys', { body })).statusCode).toBe(201)
  })
})

describe('the last operator', () => {
  it('cannot lock everybody out, nor can the last two by revoking each other', async () => {
    const twin = await make('operator', OPERATOR)
    const { keyId, secret } = api.keys.operator
    const ofMine = { role: 'operator', brandIds: ['northwind'] } as const
    const bound = await api.makeKey({ ...ofMine, brandIds: ['northwind'] })
    const soon = new Date(Date.now() - 1)
    await api.makeKey({ role: 'operator', expiresAt: soon })

    const both = await Promise.all([revoke(keyId, twin.key), revoke(twin.keyId, secret)])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    const left = both[0].statusCode === 200 ? { ...twin, secret: twin.key } : { keyId, secret }
    const refused = await revoke(left.keyId, left.secret)
    expect([refused.statusCode, problemOf(refused).code]).toEqual([409, 'last-operator'])
    expect((await revoke(bound.keyId, left.secret)).statusCode).toBe(200)
  })
})
