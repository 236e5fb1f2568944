import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import sharp from 'sharp'
import { openPictures } from '../../evidence/create-pictures.js'
import { sha256Hex } from '../../platform/digest.js'
import { buildCase } from '../builders/case.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../builders/database.js'
import { buildSighting } from '../builders/sighting.js'
import { startServer, type TestServer } from '../evidence/http-server.js'
import { temporalAddress } from '../setup/environment.js'
import { problemOf, startApi, type TestApi } from './test-api.js'

let database: TestDatabase
let connection: Connection
let shop: TestServer
let api: TestApi
let folder = ''
let pictures: ReturnType<typeof openPictures>
let bytes: Buffer

beforeAll(async () => {
  database = await openTestDatabase()
  connection = Connection.lazy({ address: temporalAddress() })
  bytes = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#a40' } })
    .png()
    .toBuffer()
  shop = await startServer((request, response) => {
    if (request.url === '/bag.png') response.end(bytes)
    else response.writeHead(404).end()
  })
  folder = await mkdtemp(path.join(tmpdir(), 'joint-force-pictures-'))
  pictures = openPictures({ folder, localOrigins: [shop.origin], now: Date.now })
  const servers = { store: database.store, client: new Client({ connection }) }
  api = await startApi(servers, { pictures })
})
afterAll(async () => {
  await api.close()
  await Promise.all([pictures.close(), shop.close(), connection.close(), database.drop()])
  await rm(folder, { recursive: true, force: true })
})

async function showing(brandId: string, picture: { sha256: string; url?: string }) {
  const listing = { pictures: [picture] }
  await saveBuiltCase(database.store, buildCase({ sighting: buildSighting({ brandId, listing }) }))
}

const read = (sha256: string, query = '', key = 'brandMember') =>
  api.call('GET', `/v1/pictures/${sha256}${query}`, { key })

describe('a picture of a listing', () => {
  it('is served small or large to who may read a case that shows it, and to nobody else', async () => {
    const sha256 = sha256Hex(bytes)
    expect((await read(sha256)).statusCode).toBe(404)
    await showing('contoso', { sha256, url: `${shop.origin}/bag.png` })
    expect(problemOf(await read(sha256)).code).toBe('not-found')
    await showing('northwind', { sha256, url: `${shop.origin}/bag.png` })

    const small = await read(sha256, '?size=thumbnail')
    expect(small.statusCode).toBe(200)
    expect(small.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'picture-sha256': sha256,
      'cache-control': 'private, max-age=86400',
      'x-content-type-options': 'nosniff',
    })
    const { format, width, height } = await sharp(small.rawPayload).metadata()
    expect([format, width, height]).toEqual(['jpeg', 128, 85])
    const large = await read(sha256)
    expect((await sharp(large.rawPayload).metadata()).width).toBe(300)
    expect(shop.connections()).toBe(1)
  })

  it('is refused where the address shows another one, and shown as that when asked for', async () => {
    const sha256 = sha256Hex('what the monitor saw')
    await showing('northwind', { sha256, url: `${shop.origin}/bag.png` })
    const refused = await read(sha256)
    expect(problemOf(refused)).toMatchObject({
      code: 'picture-differs',
      pictureSha256: sha256Hex(bytes),
    })
    const other = await read(sha256, '?other=true')
    expect([other.statusCode, other.headers['picture-sha256']]).toEqual([200, sha256Hex(bytes)])
    expect(other.headers['cache-control']).toBe('no-store')
  })

  it('that cannot be had says so, without a word about the network behind', async () => {
    const [gone, inside, nowhere] = ['gone', 'inside', 'nowhere'].map((name) => sha256Hex(name))
    await showing('northwind', { sha256: gone ?? '', url: `${shop.origin}/gone.png` })
    await showing('northwind', { sha256: inside ?? '', url: 'https://169.254.169.254/latest' })
    await showing('northwind', { sha256: nowhere ?? '' })
    const details = []
    for (const sha256 of [gone, inside, nowhere]) {
      const problem = problemOf(await read(sha256 ?? ''))
      expect([problem['status'], problem.code]).toEqual([502, 'picture-unavailable'])
      details.push(problem['detail'])
    }
    expect(new Set(details).size).toBe(1)
  })
})
