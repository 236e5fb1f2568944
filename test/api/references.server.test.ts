import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import sharp from 'sharp'
import { casePath } from '../../client/paths.js'
import type { FittingReference, PresentedReference } from '../../contract/reference.js'
import { REFERENCE_LIMITS } from '../../domain/listing/references.js'
import { openPictures } from '../../evidence/create-pictures.js'
import { sha256Hex } from '../../platform/digest.js'
import { buildBrand, buildReference } from '../builders/brand.js'
import { buildCase } from '../builders/case.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../builders/database.js'
import { buildSighting } from '../builders/sighting.js'
import { startServer, type TestServer } from '../evidence/http-server.js'
import { temporalAddress } from '../setup/environment.js'
import { type Answer, problemOf, startApi, type TestApi } from './test-api.js'

const REFERENCES = '/v1/brands/northwind/references'
const BOUNDARY = 'the-parts-of-the-form'

let database: TestDatabase
let connection: Connection
let shop: TestServer
let api: TestApi
let folder = ''
let pictures: ReturnType<typeof openPictures>

beforeAll(async () => {
  database = await openTestDatabase()
  await database.store.brands.create(buildBrand())
  connection = Connection.lazy({ address: temporalAddress() })
  const [bag, satchel] = await Promise.all([draw('#a40'), draw('#b51', 120)])
  shop = await startServer((request, response) => {
    if (request.url === '/bag.png') response.end(bag)
    else if (request.url === '/satchel.png') response.end(satchel)
    else response.writeHead(404).end()
  })
  folder = await mkdtemp(path.join(tmpdir(), 'joint-force-references-'))
  pictures = openPictures({ folder, localOrigins: [shop.origin], now: Date.now })
  const servers = { store: database.store, client: new Client({ connection }) }
  api = await startApi(servers, { pictures })
})
afterAll(async () => {
  await api.close()
  await Promise.all([pictures.close(), shop.close(), connection.close(), database.drop()])
  await rm(folder, { recursive: true, force: true })
})

/** A picture with something in it, as a PNG. */
function draw(colour: string, across = 40): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200">
    <rect width="200" height="200" fill="#fff"/><rect width="${across}" height="200" fill="${colour}"/></svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}

async function add(body: object = { name: 'Classic bag' }): Promise<PresentedReference> {
  const answer = await api.call('POST', REFERENCES, { key: 'brandMember', body })
  expect(answer.statusCode).toBe(201)
  return answer.json<PresentedReference>()
}

const one = (referenceId: string, rest = '') => `${REFERENCES}/${referenceId}${rest}`

/** Sends a picture as a browser's form does. */
async function upload(referenceId: string, bytes: Uint8Array, part = 'picture'): Promise<Answer> {
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${part}"; filename="x.html"\r\nContent-Type: text/html\r\n\r\n`
  return api.app.inject({
    method: 'POST',
    url: one(referenceId, '/pictures'),
    headers: {
      authorization: `Bearer ${api.keys.brandMember.secret}`,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]),
  })
}

describe('genuine products', () => {
  it('are added, read, changed by their revision and removed', async () => {
    const fields = {
      ...{ name: 'Tote', skus: ['T-1'], words: ['tote'], features: ['Brass zip', 'Blue lining'] },
      ...{ suggestedPrice: { amount: 2_400, currency: 'CNY' }, rights: 'NORTHWIND, word mark' },
    }
    const added = await add(fields)
    expect(added).toMatchObject({ ...fields, brandId: 'northwind', pictures: [], rev: 1 })
    const read = await api.call('GET', one(added.referenceId), { key: 'accountManager' })
    expect([read.json(), read.headers['etag']]).toEqual([added, '"1"'])

    const change = (ifMatch?: string) =>
      api.call('PATCH', one(added.referenceId), {
        ...{ key: 'accountManager', body: { name: 'Tote, large', rights: null } },
        headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
      })
    expect((await change()).statusCode).toBe(428)
    expect((await change('"1"')).json()).toMatchObject({
      name: 'Tote, large',
      rights: null,
      rev: 2,
    })
    expect((await change('"1"')).statusCode).toBe(412)

    const remove = () => api.call('DELETE', one(added.referenceId), { key: 'brandAdmin' })
    expect((await remove()).statusCode).toBe(204)
    expect((await remove()).statusCode).toBe(404)
  })

  it('are as many as a brand may have, and no more', async () => {
    await database.store.brands.create(buildBrand({ brandId: 'contoso' }))
    await database.raw.collection<{ _id: string }>('references').insertMany(
      Array.from({ length: REFERENCE_LIMITS.perBrand }, (_, index) => {
        const { referenceId, ...fields } = buildReference({ brandId: 'contoso' })
        return { _id: `${referenceId}-${index}`, ...fields }
      }),
    )
    const { secret } = await api.makeKey({ role: 'brandMember', brandIds: ['contoso'] })
    const call = { key: secret, body: { name: 'one more' } }
    const answer = await api.call('POST', '/v1/brands/contoso/references', call)
    expect([answer.statusCode, problemOf(answer).code]).toEqual([422, 'invalid-value'])
  })
})

describe('a picture of a genuine product', () => {
  it('is taken from a form whatever it calls itself, drawn anew, and served to its brand alone', async () => {
    const { referenceId } = await add()
    const bytes = await draw('#064')
    const answer = await upload(referenceId, bytes)
    expect(answer.statusCode).toBe(200)
    const sha256 = sha256Hex(bytes)
    const phash = expect.stringMatching(/^[0-9a-f]{16}$/)
    const kept = [{ sha256, phash, width: 200, height: 200 }]
    expect(answer.json<PresentedReference>().pictures).toEqual(kept)
    expect((await upload(referenceId, bytes)).json<PresentedReference>().pictures).toEqual(kept)

    const read = (key: string) => api.call('GET', `/v1/pictures/${sha256}`, { key })
    const served = await read('brandMember')
    expect([served.statusCode, served.headers['content-type']]).toEqual([200, 'image/jpeg'])
    expect((await read('lead')).statusCode).toBe(200)
    const other = await api.makeKey({ role: 'brandMember', brandIds: ['fabrikam'] })
    expect((await read(other.secret)).statusCode).toBe(404)
    expect((await read('monitor')).statusCode).toBe(404)

    const without = await api.call('DELETE', one(referenceId, `/pictures/${sha256}`), {
      key: 'brandMember',
    })
    expect(without.json<PresentedReference>().pictures).toEqual([])
    expect((await read('brandMember')).statusCode).toBe(404)
  })

  it('is refused when it is none, when the form has none, and when there are enough', async () => {
    const { referenceId } = await add()
    const none = await upload(referenceId, Buffer.from('<svg onload="alert(1)"/>'))
    expect([none.statusCode, problemOf(none).code]).toEqual([422, 'invalid-value'])
    const unnamed = await upload(referenceId, await draw('#000'), 'photo')
    expect([unnamed.statusCode, problemOf(unnamed).code]).toEqual([400, 'malformed-body'])
    const json = await api.call('POST', one(referenceId, '/pictures'), {
      ...{ key: 'brandMember', body: { picture: 'x' } },
    })
    expect(json.statusCode).toBe(415)

    for (let index = 0; index < REFERENCE_LIMITS.pictures; index++) {
      expect((await upload(referenceId, await draw('#123', 20 + index))).statusCode).toBe(200)
    }
    const tooMany = await upload(referenceId, await draw('#321'))
    expect(problemOf(tooMany).code).toBe('invalid-value')
  })

  it('is fetched from an address, but from none of inside', async () => {
    const { referenceId } = await add()
    const fetch = (url: string) =>
      api.call('POST', one(referenceId, '/pictures:fetch'), { key: 'brandMember', body: { url } })
    const fetched = await fetch(`${shop.origin}/bag.png`)
    expect(fetched.json<PresentedReference>().pictures).toHaveLength(1)
    for (const url of [
      'http://169.254.169.254/latest/meta-data',
      'https://localhost/bag.png',
      `${shop.origin}/none.png`,
    ]) {
      expect(problemOf(await fetch(url)).code).toBe('invalid-value')
    }
  })
})

describe('the references of a case', () => {
  it('are those that fit its listing, by number, by words, and by a picture that was looked at', async () => {
    const bytes = await draw('#b51', 120)
    const url = `${shop.origin}/satchel.png`
    const listing = {
      ...{ title: 'Satchel, mirror grade', sku: 'S-77' },
      pictures: [{ url, sha256: sha256Hex(bytes) }],
    }
    const built = buildCase({ sighting: buildSighting({ listing }) })
    await saveBuiltCase(database.store, built)
    const bySku = await add({ name: 'Satchel 77', skus: ['S-77'] })
    const byWords = await add({ name: 'A satchel', words: ['satchel'] })
    const byPicture = await add({ name: 'Looks like it' })
    await upload(byPicture.referenceId, await draw('#b52', 120))
    await add({ name: 'Something else', words: ['kettle'] })

    const read = async () =>
      (
        await api.call('GET', `/v1${casePath(built.caseId, '/references')}`, { key: 'brandMember' })
      ).json<{ items: FittingReference[] }>().items
    const fits = async () => {
      const known = [bySku, byWords, byPicture].map(({ referenceId }) => referenceId)
      const shown = (await read()).filter(({ reference }) => known.includes(reference.referenceId))
      return shown.map(({ reference: { referenceId }, by }) => [referenceId, by])
    }
    const first = [
      [bySku.referenceId, 'sku'],
      [byWords.referenceId, 'words'],
    ]
    expect(await fits()).toEqual(first)
    await api.call('GET', `/v1/pictures/${sha256Hex(bytes)}`, { key: 'brandMember' })
    expect(await fits()).toEqual([...first, [byPicture.referenceId, 'picture']])
  })
})
