import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Intake, NewCase } from '../../contract/sighting.js'
import { readFields } from '../../api/answer/form.js'
import { randomSuffix } from '../../platform/digest.js'
import { buildBrand } from '../builders/brand.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'
import { buildNewCase } from './new-case.js'
import { problemOf, startApi, type TestApi } from './test-api.js'

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

const post = (url: string, type: string, payload: Buffer, key: 'operator' | 'lead' = 'operator') =>
  api.app.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': type, authorization: `Bearer ${api.keys[key].secret}` },
  })
const brandNamed = (name: string) =>
  JSON.stringify({
    brandId: `b-${randomSuffix()}`,
    name,
    contacts: [{ contactId: 'desk', name: 'Desk', email: 'desk@b.example', locale: 'en' }],
  })
const report = (listing: Partial<NewCase['listing']>) =>
  api.call('POST', '/v1/cases', { key: 'monitor', body: buildNewCase({ listing }) })

describe('a body that is not in the encoding it names', () => {
  it.each([
    ['application/json', '/v1/brands', brandNamed('Não')],
    ['application/json; charset=utf-8', '/v1/brands', brandNamed('Não')],
    ['text/csv', '/v1/decisions:batch', 'caseId,question\r\nc,Não?\r\n'],
    ['text/csv;charset="UTF-8"', '/v1/decisions:batch', 'caseId,question\r\nc,Não?\r\n'],
  ])('is refused, so that nothing of it is kept wrong: %s to %s', async (type, url, text) => {
    const answer = await post(url, type, Buffer.from(text, 'latin1'), 'lead')
    const allowed = await post(url, type, Buffer.from(text, 'latin1'))
    const [refused] = [answer, allowed].filter(({ statusCode }) => statusCode !== 403)
    if (!refused) throw new Error('no key of the test may send this')
    expect([refused.statusCode, problemOf(refused).code]).toEqual([400, 'malformed-body'])
    expect(problemOf(refused).detail).toContain('UTF-8')
  })

  it('is an answer form that lacks everything', () => {
    expect(readFields('explanation=N%C3%A3o+%26%0D%0Amais&verdict=genuine')).toEqual({
      explanation: 'Não &\nmais',
      verdict: 'genuine',
    })
    for (const body of ['explanation=N%E3o', 'explanation=%', '%ff=1']) {
      expect(readFields(body)).toBeNull()
    }
  })

  it.each([
    ['windows-1252', Buffer.from(brandNamed('Não'), 'latin1')],
    ['utf-16le', Buffer.from(`\ufeff${brandNamed('Não')}`, 'utf16le')],
    ['UTF-8', Buffer.from(`\ufeff${brandNamed('Não')}`)],
  ])('is read where it names its own: %s', async (charset, bytes) => {
    const answer = await post('/v1/brands', `application/json; charset=${charset}`, bytes)
    expect(answer.statusCode).toBe(201)
    expect(answer.json()).toMatchObject({ name: 'Não' })
  })

  it('is refused where nobody knows the one it names', async () => {
    const answer = await post(
      '/v1/brands',
      'application/json; charset=klingon',
      Buffer.from(brandNamed('x')),
    )
    expect([answer.statusCode, problemOf(answer).code]).toEqual([415, 'unsupported-media-type'])
  })
})

describe('a body with many mistakes', () => {
  it('hears of all of them', async () => {
    const contacts = Array.from({ length: 20 }, (_, n) => ({
      contactId: `c-${n}`,
      name: '',
      email: 'nobody',
      locale: 'tlh',
    }))
    const answer = await api.call('POST', '/v1/brands', {
      body: { brandId: 'B', name: 1, contacts },
    })
    const { errors } = problemOf(answer) as unknown as { errors: { pointer: string }[] }
    const pointers = new Set(errors.map(({ pointer }) => pointer))
    expect(pointers).toContain('/brandId')
    expect(pointers).toContain('/name')
    for (const n of contacts.keys()) {
      for (const field of ['name', 'email', 'locale'])
        expect(pointers).toContain(`/contacts/${n}/${field}`)
    }
  })
})

describe('ids that look the same', () => {
  it('are one listing', async () => {
    const id = `L-${randomSuffix()}`
    const cases = new Set<string>()
    for (const listingId of [id, `${id} `, `\ufeff${id}`, `${id}\u200b`, `\t${id}\r\n`]) {
      const answer = await report({ listingId })
      cases.add(answer.json<Intake>().caseId)
    }
    expect([...cases]).toEqual([expect.stringMatching(`~${id}~`)])
  })

  it('are one authorised seller, and found by the look-alike', async () => {
    const path = '/v1/brands/northwind/authorised-sellers'
    const body = { marketplace: ' taobao', sellerId: 'S 1\u200b', sku: '\u00a0K-1 ' }
    expect((await api.call('POST', path, { body })).json()).toMatchObject({
      marketplace: 'taobao',
      sellerId: 'S 1',
      sku: 'K-1',
    })
    expect((await api.call('GET', '/v1/cases?sellerId=%EF%BB%BFS%201')).statusCode).toBe(200)
  })

  it.each([
    ['a listing id', { listingId: ' ' }],
    ['a title', { title: '\u200b ' }],
    ['a seller id', { seller: { id: '\ufeff' } }],
    ['a listing id', { listingId: 'a\u200bb' }],
    ['a seller id', { seller: { id: 'a\u202eb' } }],
  ])('are refused where nothing of them is to be seen, or not all: %s', async (_what, listing) => {
    const answer = await report(listing)
    expect([answer.statusCode, problemOf(answer).code]).toEqual([400, 'invalid-request'])
  })
})

describe('addresses', () => {
  it.each([
    'https://x.example/máscara',
    'https://x.example/?t=中文&a[]=1',
    'https://例子.example/1',
  ])('may be any that a browser takes: %s', async (url) => {
    expect((await report({ url })).statusCode).toBe(202)
  })

  it.each(['javascript:alert(1)', '/relative', 'https://user:secret@x.example/'])(
    'of another kind are refused: %s',
    async (url) => {
      expect((await report({ url })).statusCode).toBe(400)
    },
  )
})
