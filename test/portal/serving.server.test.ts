import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { provisionContext } from '../../local/provision/context.js'
import { provisionPortal } from '../../local/provision/portal.js'
import { problemOf, startApi, TEST_CONFIG, type TestApi } from '../api/test-api.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'

let database: TestDatabase
let own: OwnNamespace
let api: TestApi
let folder: string

beforeAll(async () => {
  ;[database, own, folder] = await Promise.all([
    openTestDatabase(),
    openNamespace(),
    provisionPortal(provisionContext()),
  ])
  const config = { ...TEST_CONFIG, PORTAL_DIR: folder }
  api = await startApi({ store: database.store, client: own.client }, { config })
})
afterAll(async () => {
  await api.close()
  await own.connection.close()
  await database.drop()
})

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const get = (url: string, headers: Record<string, string> = HTML) =>
  api.app.inject({ method: 'GET', url, headers })

describe('the page of the portal', () => {
  it.each(['/', '/sign-in', '/cases/case~taobao~1~northwind~x', '/?view=closed'])(
    'is at %s, and lets nothing run but our own files',
    async (url) => {
      const answer = await get(url)
      expect(answer.statusCode).toBe(200)
      expect(answer.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'content-security-policy': expect.stringContaining(
          "require-trusted-types-for 'script'; trusted-types 'none'",
        ),
      })
      expect(answer.headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/)
      expect(answer.body).not.toMatch(/<script(?![^>]* src="\/assets\/)|<style|style=| on\w+=/)
    },
  )

  it.each(['/v1/nowhere', '/docs/nowhere', '/assets/nowhere.js', '/assets/..%2findex.html'])(
    'is not at %s, which belongs to others',
    async (url) => {
      const answer = await get(url)
      expect(answer.statusCode).toBe(404)
      expect(answer.headers['content-type']).not.toContain('text/html')
    },
  )

  it('is nothing that a program gets by mistake', async () => {
    const answer = await get('/nowhere', { accept: 'application/json' })
    expect([answer.statusCode, problemOf(answer).code]).toEqual([404, 'not-found'])
    expect(
      (await api.app.inject({ method: 'POST', url: '/sign-in', headers: HTML })).statusCode,
    ).toBe(404)
  })

  it('names files by their content, which are kept for good and sent compressed', async () => {
    const [, script = ''] = /src="(\/assets\/[^"]+)"/.exec((await get('/')).body) ?? []
    const answer = await get(script, { 'accept-encoding': 'gzip, br' })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      'content-type': expect.stringContaining('javascript'),
    })
  })

  it('says what to do where it was not built', async () => {
    const without = await startApi({ store: database.store, client: own.client })
    const answer = await without.app.inject({ method: 'GET', url: '/', headers: HTML })
    expect(answer.statusCode).toBe(404)
    expect(problemOf(answer)['detail']).toContain('npm run build')
    await without.close()
  })

  it('does not start with a folder that holds no portal', async () => {
    const config = { ...TEST_CONFIG, PORTAL_DIR: path.dirname(import.meta.filename) }
    const starting = startApi({ store: database.store, client: own.client }, { config })
    await expect(starting).rejects.toThrow('holds no portal')
  })
})

describe('what a browser loads first', () => {
  it('is at most 250 kB of script', async () => {
    const page = await readFile(path.join(folder, 'index.html'), 'utf8')
    const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(
      ([, name = '']) => name,
    )
    const assets = await readdir(path.join(folder, 'assets'))
    // The sentences of one language come besides.
    const words = assets
      .filter((name) => /^portal-.*\.js$/.test(name))
      .map((name) => `assets/${name}`)
    const sizeOf = async (name: string) => (await stat(path.join(folder, `${name}.gz`))).size
    const sumOf = async (names: Iterable<string>) =>
      (await Promise.all([...names].map(sizeOf))).reduce((a, b) => a + b, 0)
    const withImports = async (name: string): Promise<string[]> => {
      const code = await readFile(path.join(folder, name), 'utf8')
      const imported = [...code.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)]
      return [name, ...imported.map(([, file = '']) => `assets/${file}`)]
    }
    const sizes = words.map(async (name) =>
      sumOf(new Set([...named, ...(await withImports(name))])),
    )
    const first = await sumOf(named)
    const whole = Math.max(...(await Promise.all(sizes)))
    expect(words).toHaveLength(3)
    expect(first).toBeGreaterThan(50_000)
    expect(whole).toBeGreaterThan(first + 10_000)
    expect(whole).toBeLessThan(250_000)
  })
})
