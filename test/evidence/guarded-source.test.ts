import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { LookupAddress } from 'node:dns'
import {
  createGuardedSource,
  type PictureSource,
  type SourceOptions,
} from '../../evidence/guarded-source.js'
import { isPublicAddress } from '../../platform/public-address.js'
import { PictureUnavailable } from '../../evidence/unavailable.js'
import { INSIDE_HOSTS } from '../platform/inside-hosts.js'
import { startServer, type TestServer } from './http-server.js'

/** Whoever reaches it has got past the guard. */
let inside: TestServer
/** Where pictures may come from. */
let shop: TestServer
beforeAll(async () => {
  inside = await startServer((_request, response) => response.end('secret'))
  shop = await startServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://shop')
    if (pathname === '/to') {
      response.writeHead(302, { location: searchParams.get('url') ?? '' }).end()
    } else if (pathname === '/picture') {
      response.end(JSON.stringify(request.headers))
    } else if (pathname === '/endless') {
      const more = () => {
        if (!response.destroyed) response.write('x'.repeat(64 * 1024), () => setImmediate(more))
      }
      more()
    } else if (pathname === '/loop') {
      response.writeHead(301, { location: '/loop' }).end()
    } else if (pathname !== '/never') {
      response.writeHead(404).end()
    }
  })
})
afterAll(() => Promise.all([inside.close(), shop.close()]))

const sources: PictureSource[] = []
afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.close()))
})

function open(options: Partial<SourceOptions> = {}): PictureSource {
  const source = createGuardedSource({ localOrigins: [shop.origin], ...options })
  sources.push(source)
  return source
}

/** A name server that says each of these in turn, and how often it was asked. */
function nameServer(...answers: string[][]) {
  let asked = 0
  const resolve: SourceOptions['resolve'] = (_hostname, done) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? []
    asked += 1
    done(
      null,
      addresses.map((address): LookupAddress => {
        return { address, family: address.includes(':') ? 6 : 4 }
      }),
    )
  }
  return { resolve, asked: () => asked }
}

const NOT_PUBLIC = 'the address is not one of the public internet'

describe('an address that a stranger chose', () => {
  it.each(INSIDE_HOSTS)('is not fetched when it is %s', async (host) => {
    const { resolve, asked } = nameServer(['127.0.0.1'])
    const source = open({ resolve })
    for (const url of [`https://${host}/`, `https://${host}:${inside.port}/`, `http://${host}/`]) {
      await expect(source.fetch(url)).rejects.toThrow(PictureUnavailable)
    }
    expect([asked(), inside.connections()]).toEqual([0, 0])
  })

  it.each([
    'http://img.example/1.jpg',
    'https://img.example:8443/1.jpg',
    'https://img.example:22/',
    'ftp://img.example/1.jpg',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'gopher://img.example/',
    '//img.example/1.jpg',
    'not an address',
    `https://img.example/${'a'.repeat(2_000)}`,
    'https://user@img.example/1.jpg',
    'https://user:password@img.example/1.jpg',
    'https://img.example@127.0.0.1/',
    'https://127.0.0.1@img.example/',
  ])('is not fetched when it is %s', async (url) => {
    const { resolve, asked } = nameServer(['127.0.0.1'])
    await expect(open({ resolve }).fetch(url)).rejects.toThrow(PictureUnavailable)
    expect(asked()).toBe(0)
  })

  it.each([
    [['127.0.0.1']],
    [['::1']],
    [['::ffff:10.0.0.1']],
    [['93.184.216.34', '127.0.0.1']],
    [['fd00::1', '2606:2800:220:1:248:1893:25c8:1946']],
    [[]],
  ])('is not connected to when its name means %j', async (addresses) => {
    const { resolve, asked } = nameServer(addresses)
    await expect(open({ resolve }).fetch('https://img.example/1.jpg')).rejects.toThrow(NOT_PUBLIC)
    expect(asked()).toBe(1)
  })

  it('leads nowhere when its name means another machine the next time', async () => {
    const { resolve, asked } = nameServer(['93.184.216.34'], ['127.0.0.1'])
    const source = open({ resolve, connectTimeoutMs: 300, timeoutMs: 2_000 })
    // The connection goes to what was checked, which nobody answers for here.
    await expect(source.fetch('https://rebind.example/')).rejects.toThrow(PictureUnavailable)
    expect(asked()).toBe(1)
    await expect(source.fetch('https://rebind.example/')).rejects.toThrow(NOT_PUBLIC)
    expect([asked(), inside.connections()]).toEqual([2, 0])
  })
})

describe('a redirect', () => {
  it.each([
    () => `${inside.origin}/`,
    () => `http://localhost:${inside.port}/`,
    () => 'http://169.254.169.254/latest/meta-data/',
    () => 'https://[::1]/',
    () => 'https://internal.example/',
    () => `https://user@127.0.0.1:${inside.port}/`,
    () => 'file:///etc/passwd',
  ])('is checked like the first address (%#)', async (to) => {
    const { resolve } = nameServer(['10.0.0.7'])
    const url = `${shop.origin}/to?url=${encodeURIComponent(to())}`
    await expect(open({ resolve }).fetch(url)).rejects.toThrow(PictureUnavailable)
    expect(inside.connections()).toBe(0)
  })

  it('is followed where it may lead, a few times', async () => {
    const source = open()
    const once = `${shop.origin}/to?url=/picture`
    expect(Buffer.from(await source.fetch(once)).toString()).toContain('"accept":"image/*"')
    await expect(source.fetch(`${shop.origin}/loop`)).rejects.toThrow('more than 3 redirects')
  })
})

describe('what is fetched', () => {
  it('is asked for without a word about who asks', async () => {
    const sent = JSON.parse(
      Buffer.from(await open().fetch(`${shop.origin}/picture`)).toString(),
    ) as Record<string, string>
    expect(Object.keys(sent).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host'])
  })

  it('is given up when it is too large, comes too late, or is not there', async () => {
    const source = open({ timeoutMs: 5_000 })
    await expect(source.fetch(`${shop.origin}/endless`)).rejects.toThrow(PictureUnavailable)
    await expect(source.fetch(`${shop.origin}/nothing`)).rejects.toThrow('answers 404')
    const impatient = open({ timeoutMs: 200 })
    await expect(impatient.fetch(`${shop.origin}/never`)).rejects.toThrow(PictureUnavailable)
  })

  it('comes from this machine only where that was allowed', async () => {
    const source = open({ localOrigins: [] })
    await expect(source.fetch(`${shop.origin}/picture`)).rejects.toThrow(PictureUnavailable)
    const other = open({ localOrigins: [shop.origin] })
    await expect(other.fetch(`${inside.origin}/`)).rejects.toThrow(PictureUnavailable)
    expect(inside.connections()).toBe(0)
  })
})

describe('an IP address', () => {
  it.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1::1', '::ffff:8.8.8.8'])(
    'is public: %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )
  it.each(['', 'localhost', '127.0.0.1/8', '4000::1', '::808:808'])('is not: %s', (address) =>
    expect(isPublicAddress(address)).toBe(false),
  )
})
