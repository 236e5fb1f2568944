import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { sha256Hex } from '../../platform/digest.js'
import { listingRow, SANDBOX_TOKEN, startSandbox, takedownBody } from './start-sandbox.js'

let sandbox: Awaited<ReturnType<typeof startSandbox>>
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.admin.setFaults([]))

const headers = { authorization: `Bearer ${SANDBOX_TOKEN}`, 'content-type': 'application/json' }
const ask = (method: string, path: string, body?: unknown) =>
  fetch(`${sandbox.url}${path}`, {
    method,
    ...(body === undefined
      ? { headers: { authorization: headers.authorization } }
      : { headers, body: JSON.stringify(body) }),
  })
const takeDown = (marketplace: string, listingId: string, key: string) =>
  ask('PUT', `/m/${marketplace}/v1/takedowns/${key}`, takedownBody(listingId))

describe('loading listings', () => {
  it('changes nothing when the same file is loaded again', async () => {
    const rows = `${listingRow('load-1')}\n\n${listingRow('load-2')}\n`
    expect(await sandbox.admin.loadListings('mercado-livre', rows)).toEqual({
      loaded: 2,
      changed: 2,
    })
    expect(await sandbox.admin.loadListings('mercado-livre', rows)).toEqual({
      loaded: 2,
      changed: 0,
    })
  })

  it('does not bring back what was taken down', async () => {
    await sandbox.admin.loadListings('mercado-livre', listingRow('load-3'))
    await takeDown('mercado-livre', 'load-3', 'load:3')
    await sandbox.admin.loadListings('mercado-livre', listingRow('load-3', { title: 'Other' }))
    expect((await ask('GET', '/m/mercado-livre/v1/listings/load-3')).status).toBe(410)
  })

  it.each([
    ['{"a":', /line 2 is not JSON/],
    [listingRow('x', { price: { amount: -1, currency: 'BRL' } }), /line 2: .*price/],
    [listingRow('x', { marketplace: 'taobao' }), /line 2 is of marketplace taobao/],
  ])('loads nothing of a file with a bad line', async (bad, message) => {
    const rows = `${listingRow('load-4')}\n${bad}`
    await expect(sandbox.admin.loadListings('mercado-livre', rows)).rejects.toThrow(message)
    expect((await ask('GET', '/m/mercado-livre/v1/listings/load-4')).status).toBe(404)
  })

  it('keeps a listing without a price', async () => {
    const row = listingRow('load-5', { price: { amount: null, currency: 'BRL' } })
    await sandbox.admin.loadListings('mercado-livre', row)
    const listing = await ask('GET', '/m/mercado-livre/v1/listings/load-5')
    expect(await listing.json()).toMatchObject({ price: null })
  })
})

describe('the seller', () => {
  it('changes a listing, withdraws it and lists it again', async () => {
    await sandbox.admin.loadListings('mercado-livre', listingRow('seller-1'))
    const price = { amount: 9.9, currency: 'BRL' }
    const at = ['mercado-livre', 'seller-1'] as const
    await sandbox.admin.changeListing(...at, { title: 'New', price, sellerId: 'S2' })
    const read = () => ask('GET', '/m/mercado-livre/v1/listings/seller-1')
    expect(await (await read()).json()).toMatchObject({ title: 'New', price, seller: { id: 'S2' } })
    await sandbox.admin.withdrawListing(...at)
    expect((await read()).status).toBe(410)
    await sandbox.admin.changeListing(...at, { relisted: true })
    expect((await read()).status).toBe(200)
  })
})

describe('faults', () => {
  it('hit only what they are meant for, and only as often', async () => {
    await sandbox.admin.loadListings(
      'mercado-livre',
      [1, 2].map((n) => listingRow(`f-${n}`)).join('\n'),
    )
    await sandbox.admin.loadListings('taobao', listingRow('f-1', { marketplace: 'taobao' }))
    await sandbox.admin.setFaults([
      { kind: 'serverError', marketplace: 'mercado-livre', listingId: 'f-1', count: 2 },
    ])
    expect((await takeDown('mercado-livre', 'f-2', 'f:2')).status).toBe(200)
    expect((await takeDown('taobao', 'f-1', 'f:3')).status).toBe(200)
    expect((await ask('GET', '/m/mercado-livre/v1/listings/f-1')).status).toBe(200)
    expect((await takeDown('mercado-livre', 'f-1', 'f:1')).status).toBe(500)
    expect(await sandbox.admin.faults()).toMatchObject([{ count: 1 }])
    expect((await takeDown('mercado-livre', 'f-1', 'f:1')).status).toBe(500)
    expect((await takeDown('mercado-livre', 'f-1', 'f:1')).status).toBe(200)
    expect(await sandbox.admin.faults()).toEqual([])
  })

  it('apply together: a slow marketplace that loses its answer', async () => {
    await sandbox.admin.loadListings('mercado-livre', listingRow('f-5'))
    await sandbox.admin.setFaults([
      { kind: 'slow', delayMs: 50, count: 1 },
      { kind: 'dropReply', count: 1 },
    ])
    await expect(takeDown('mercado-livre', 'f-5', 'f:5')).rejects.toThrow()
    expect(await sandbox.admin.ledger({ listingId: 'f-5' })).toMatchObject([
      { effective: true, status: null, faults: ['slow', 'dropReply'] },
    ])
  })

  it('are refused when they make no sense, and cleared at once', async () => {
    const nonsense = await ask('PUT', '/faults', { faults: [{ kind: 'slow' }] })
    expect(nonsense.status).toBe(400)
    await sandbox.admin.setFaults([{ kind: 'down' }])
    expect((await ask('DELETE', '/faults')).status).toBe(204)
    expect(await sandbox.admin.faults()).toEqual([])
  })
})

describe('the ledger', () => {
  it('comes as JSON lines for those who ask', async () => {
    await sandbox.admin.loadListings('mercado-livre', listingRow('l-1'))
    await takeDown('mercado-livre', 'l-1', 'l:1')
    const response = await fetch(`${sandbox.url}/ledger?key=l:1`, {
      headers: { ...headers, accept: 'application/x-ndjson' },
    })
    const lines = (await response.text()).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { key: 'l:1', listingId: 'l-1', effective: true },
    ])
  })
})

describe('without the token', () => {
  it.each([
    ['GET', '/ledger'],
    ['GET', '/faults'],
    ['PUT', '/faults'],
    ['PUT', '/m/mercado-livre/listings'],
    ['DELETE', '/m/mercado-livre/listings/x'],
    ['GET', '/m/mercado-livre/v1/listings/x'],
    ['PUT', '/m/mercado-livre/v1/takedowns/x'],
  ])('%s %s is refused', async (method, path) => {
    const response = await fetch(`${sandbox.url}${path}`, {
      method,
      headers: { authorization: 'Bearer nearly' },
    })
    expect(response.status).toBe(401)
    expect(response.headers.get('content-type')).toMatch('application/problem+json')
  })
})

describe('the shop window', () => {
  const page = async (path: string, more: Record<string, string> = {}) => {
    const response = await fetch(`${sandbox.url}${path}`, { headers: more })
    return { response, text: await response.text() }
  }

  it('shows what sellers write as text, never as markup', async () => {
    const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>&amp;`
    const id = `<b>"id"'/..`
    const row = listingRow(id, {
      title: hostile,
      seller: { id: '<i>seller</i>' },
      condition: '<u>',
    })
    await sandbox.admin.loadListings('hostile', row.replace('mercado-livre', 'hostile'))
    const shelf = await page(`/shop/hostile?q=${encodeURIComponent('"><script>')}`)
    const all = await page('/shop/hostile')
    const one = await page(`/shop/hostile/${encodeURIComponent(id)}`)
    expect(one.response.status).toBe(200)
    for (const { text, response } of [shelf, all, one]) {
      expect(text.match(/<script/g)).toHaveLength(1)
      expect(text).not.toMatch(/<img[^>]*(onerror|src=x)|<(i|u)\b|<b>"id/)
      expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'/)
    }
    const shown =
      '&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;&lt;img src=x onerror=alert(2)&gt;&amp;amp;'
    expect(all.text).toContain(shown)
    expect(one.text).toContain(shown)
    expect(shelf.text).toContain('value="&quot;&gt;&lt;script&gt;"')
  })

  it('says what it is, counts, searches by title or seller, and shows money as readers know it', async () => {
    const rows = [
      listingRow('w-1', { marketplace: 'window', title: 'Cartucho Colorido Édition' }),
      listingRow('w-2', {
        marketplace: 'window',
        unitsPerListing: 2,
        price: { amount: 1443.9, currency: 'BRL' },
        seller: { id: 'Sxyz', name: 'Loja' },
      }),
    ]
    await sandbox.admin.loadListings('window', rows.join('\n'))
    const { text } = await page('/shop/window')
    expect(text).toMatch(/Nothing here is a\s+finding/)
    expect(text).toMatch(/<b>2 listings<\/b> for sale/)
    expect(text).toContain('R$\u00a01.443,90')
    expect(text).toContain('2 units, R$\u00a0721,95 each')
    const found = async (query: string) =>
      [...(await page(`/shop/window?q=${query}`)).text.matchAll(/data-listing="(.*?)"/g)].map(
        ([, id]) => id,
      )
    expect(await found('edition%20cartucho')).toEqual(['w-1'])
    expect(await found('sXYZ')).toEqual(['w-2'])
    expect(await found('nothing-like-it')).toEqual([])
  })

  it('drops a listing that was taken down, and its page says so', async () => {
    await sandbox.admin.loadListings('mercado-livre', listingRow('gone-1'))
    const before = await page('/shop/mercado-livre?q=gone-1')
    expect(before.text).toContain('data-listing="gone-1"')
    await takeDown('mercado-livre', 'gone-1', 'gone:1')
    expect((await page('/shop/mercado-livre?q=gone-1')).text).not.toContain('data-listing="gone-1"')
    const { response, text } = await page('/shop/mercado-livre/gone-1')
    expect(response.status).toBe(410)
    expect(text).toContain('No longer available')
    expect(text).not.toContain('Cartucho')
  })

  it('tells a reader who has the newest page that nothing changed', async () => {
    await sandbox.admin.loadListings('mercado-livre', listingRow('etag-1'))
    const { response } = await page('/shop/mercado-livre')
    const tag = { 'if-none-match': response.headers.get('etag') ?? '' }
    expect((await page('/shop/mercado-livre', tag)).response.status).toBe(304)
    await sandbox.admin.withdrawListing('mercado-livre', 'etag-1')
    expect((await page('/shop/mercado-livre', tag)).response.status).toBe(200)
  })

  it('has pages when there are many listings', async () => {
    const rows = Array.from({ length: 61 }, (_, n) => listingRow(`p-${n}`, { marketplace: 'many' }))
    await sandbox.admin.loadListings('many', rows.join('\n'))
    const cards = async (path: string) => (await page(path)).text.match(/data-listing/g)?.length
    expect(await cards('/shop/many')).toBe(60)
    expect(await cards('/shop/many?page=2')).toBe(1)
    expect(await cards('/shop/many?page=99')).toBe(1)
  })

  it('knows nothing of addresses nothing was at', async () => {
    expect((await page('/shop/nowhere')).response.status).toBe(404)
    expect((await page('/shop/many/none')).response.status).toBe(404)
  })

  it('brings its style and script along', async () => {
    for (const file of ['shop.css', 'shop.js']) {
      const { text } = await page(`/assets/${file}`)
      const source = new URL(`../../sandbox/assets/${file}`, import.meta.url)
      expect(text).toBe(await readFile(source, 'utf8'))
    }
  })
})

describe('the picture of a listing', () => {
  it('is the same for the same listing, another for another, and stays when it is gone', async () => {
    await sandbox.admin.loadListings(
      'mercado-livre',
      ['drawn-1', 'drawn-2'].map((id) => listingRow(id)).join('\n'),
    )
    const read = async (listingId: string) => {
      const answer = await fetch(`${sandbox.url}/shop/mercado-livre/${listingId}/picture.png`)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
      return sha256Hex(Buffer.from(await answer.arrayBuffer()))
    }
    const first = await read('drawn-1')
    expect(await read('drawn-2')).not.toBe(first)
    await takeDown('mercado-livre', 'drawn-1', 'drawn:1')
    expect(await read('drawn-1')).toBe(first)
    const absent = await fetch(`${sandbox.url}/shop/mercado-livre/none/picture.png`)
    expect(absent.status).toBe(404)
  })
})
