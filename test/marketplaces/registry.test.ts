import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import {
  createMarketplaces,
  parseMarketplaces,
  readMarketplacesFile,
  withTokens,
} from '../../marketplaces/registry.js'

const entry = {
  id: 'mercado-livre',
  name: 'Mercado Livre',
  kind: 'http',
  baseUrl: 'http://127.0.0.1:8703/m/mercado-livre/',
  tokenEnv: 'SANDBOX_TOKEN',
  timeoutMs: 10_000,
  takedownsPerSecond: 5,
}
const env = { SANDBOX_TOKEN: 't0ken' }
const parse = (...entries: unknown[]) => withTokens(parseMarketplaces(JSON.stringify(entries)), env)

describe('the marketplaces file', () => {
  it('is read without its tokens, and with them gives clients by id', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'marketplaces-'))
    const path = join(folder, 'marketplaces.json')
    await writeFile(path, JSON.stringify([entry]))
    const entries = await readMarketplacesFile(path)
    await rm(folder, { recursive: true })
    expect(entries).toMatchObject([{ id: 'mercado-livre', tokenEnv: 'SANDBOX_TOKEN' }])
    const configs = withTokens(entries, env)
    expect(configs).toEqual([
      {
        id: 'mercado-livre',
        name: 'Mercado Livre',
        kind: 'http',
        baseUrl: 'http://127.0.0.1:8703/m/mercado-livre',
        token: 't0ken',
        timeoutMs: 10_000,
        takedownsPerSecond: 5,
      },
    ])
    const marketplaces = createMarketplaces(configs)
    expect(marketplaces.ids).toEqual(['mercado-livre'])
    expect(marketplaces.has('taobao')).toBe(false)
    expect(marketplaces.get('mercado-livre')).toMatchObject({ name: 'Mercado Livre' })
    expect(() => marketplaces.get('taobao')).toThrow(/"taobao" is not configured.*mercado-livre/)
    await marketplaces.close()
  })

  it('names the variable to set when there is no such file', async () => {
    await expect(readMarketplacesFile('/nowhere/m.json')).rejects.toThrow(/MARKETPLACES_FILE/)
  })

  it.each([
    ['no entries', [], /must not have fewer than 1 items/],
    ['a wrong id', [{ ...entry, id: 'Mercado Livre' }], /\/0\/id must match pattern/],
    ['the same id twice', [entry, entry], /mercado-livre is there twice/],
    ['an unknown field', [{ ...entry, timeout: 5 }], /additional properties/],
    ['no token', [{ ...entry, tokenEnv: undefined }], /either "token" or "tokenEnv"/],
    ['two tokens', [{ ...entry, token: 'x' }], /either "token" or "tokenEnv"/],
    ['an unset variable', [{ ...entry, tokenEnv: 'NOT_SET' }], /NOT_SET .* is not set/],
    [
      'no address',
      [{ ...entry, baseUrl: 'mercado-livre' }],
      /baseUrl must be an http\(s\) address/,
    ],
    [
      'a file address',
      [{ ...entry, baseUrl: 'file:///x' }],
      /baseUrl must be an http\(s\) address/,
    ],
    ['credentials', [{ ...entry, baseUrl: 'https://u:p@shop.example' }], /neither credentials/],
    ['plain HTTP to elsewhere', [{ ...entry, baseUrl: 'http://shop.example' }], /must be https/],
    ['no rate', [{ ...entry, takedownsPerSecond: 0 }], /takedownsPerSecond must be > 0/],
  ])('says what is wrong: %s', (_name, entries, message) => {
    expect(() => parse(...entries)).toThrow(message)
  })

  it('says that it is not JSON', () => {
    expect(() => parseMarketplaces('[')).toThrow(/not JSON/)
  })

  it('lets plain HTTP leave the machine where the file says so', () => {
    const [config] = parse({ ...entry, baseUrl: 'http://sandbox:8703/m/a', allowPlainHttp: true })
    expect(config).toMatchObject({ baseUrl: 'http://sandbox:8703/m/a' })
  })
})
