import { readFile } from 'node:fs/promises'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { LONGEST_CALL_MS } from '../domain/case/attempts.js'
import { SLUG_MAX, SLUG_PATTERN } from '../domain/case/identity.js'
import { createHttpMarketplace } from './http.js'
import { type Marketplace, UnknownMarketplace } from './marketplace.js'

/** One entry of the marketplaces file; `docs/marketplace-api.md` shows an example. */
const EntrySchema = Type.Object(
  {
    id: Type.String({ pattern: SLUG_PATTERN, maxLength: SLUG_MAX }),
    name: Type.String({ minLength: 1, maxLength: 100 }),
    kind: Type.Literal('http'),
    baseUrl: Type.String({ minLength: 1 }),
    token: Type.Optional(Type.String({ minLength: 1 })),
    tokenEnv: Type.Optional(Type.String({ minLength: 1 })),
    timeoutMs: Type.Integer({ minimum: 100, maximum: LONGEST_CALL_MS }),
    takedownsPerSecond: Type.Number({ exclusiveMinimum: 0, maximum: 10_000 }),
    allowPlainHttp: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
const FileSchema = Type.Array(EntrySchema, { minItems: 1 })

/** A marketplace as the file has it, checked. May hold its token: never log this object. */
export type MarketplaceEntry = Static<typeof EntrySchema>
type Environment = Readonly<Record<string, string | undefined>>

/** A marketplace as the worker uses it. `token` is a secret: never log this object. */
export interface MarketplaceConfig {
  id: string
  name: string
  kind: 'http'
  baseUrl: string
  token: string
  /** Limit of one request. */
  timeoutMs: number
  /** Rate of the marketplace's task queue, over all workers. */
  takedownsPerSecond: number
}

/** All marketplaces this deployment can act on. */
export interface Marketplaces {
  readonly ids: readonly string[]
  has(id: string): boolean
  /** Throws `UnknownMarketplace`. */
  get(id: string): Marketplace
  close(): Promise<void>
}

/** The marketplaces file cannot be used; the message says what to change in it. */
class MarketplacesFileError extends Error {
  override readonly name = 'MarketplacesFileError'
}

/** Reads and checks the marketplaces file. Throws `MarketplacesFileError`. */
export async function readMarketplacesFile(path: string): Promise<MarketplaceEntry[]> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new MarketplacesFileError(
      `cannot read the marketplaces file ${path}; set MARKETPLACES_FILE to an existing file`,
      { cause },
    )
  }
  return parseMarketplaces(text)
}

/** The same for the text of such a file. */
export function parseMarketplaces(text: string): MarketplaceEntry[] {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw new MarketplacesFileError('the marketplaces file is not JSON', { cause })
  }
  if (!Value.Check(FileSchema, content)) {
    const problems = Value.Errors(FileSchema, content).map(
      ({ instancePath, message }) => `${instancePath || 'the file'} ${message}`,
    )
    throw new MarketplacesFileError(`the marketplaces file is not valid: ${problems.join('; ')}`)
  }
  const seen = new Set<string>()
  for (const { id, token, tokenEnv } of content) {
    if (seen.has(id)) throw new MarketplacesFileError(`marketplace ${id} is there twice`)
    seen.add(id)
    if ((token === undefined) === (tokenEnv === undefined)) {
      throw new MarketplacesFileError(`marketplace ${id}: give either "token" or "tokenEnv"`)
    }
  }
  return content.map((entry) => ({ ...entry, baseUrl: checkedBaseUrl(entry) }))
}

/**
 * Adds what the worker alone has: the access tokens, those named by `tokenEnv` from `env`. Throws
 * `MarketplacesFileError` for one that is not set.
 */
export function withTokens(
  entries: readonly MarketplaceEntry[],
  env: Environment,
): MarketplaceConfig[] {
  return entries.map((entry) => {
    const { id, name, kind, baseUrl, timeoutMs, takedownsPerSecond } = entry
    return { id, name, kind, baseUrl, token: tokenOf(entry, env), timeoutMs, takedownsPerSecond }
  })
}

/** A client for every configured marketplace. */
export function createMarketplaces(configs: readonly MarketplaceConfig[]): Marketplaces {
  const byId = new Map(configs.map((config) => [config.id, createHttpMarketplace(config)]))
  const ids = [...byId.keys()]
  return {
    ids,
    has: (id) => byId.has(id),
    get(id) {
      const marketplace = byId.get(id)
      if (marketplace) return marketplace
      throw new UnknownMarketplace(
        `marketplace "${id}" is not configured (configured: ${ids.join(', ')}); ` +
          'add it to the marketplaces file and restart',
      )
    },
    async close() {
      await Promise.all([...byId.values()].map((marketplace) => marketplace.close()))
    },
  }
}

function tokenOf({ id, token, tokenEnv = '' }: MarketplaceEntry, env: Environment): string {
  const value = token ?? env[tokenEnv]
  if (value) return value
  throw new MarketplacesFileError(
    `marketplace ${id}: environment variable ${tokenEnv} (its "tokenEnv") is not set`,
  )
}

/** The access token travels in every request, so plain HTTP leaves this machine only on request. */
function checkedBaseUrl({ id, baseUrl, allowPlainHttp }: MarketplaceEntry): string {
  const url = URL.parse(baseUrl)
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new MarketplacesFileError(`marketplace ${id}: baseUrl must be an http(s) address`)
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new MarketplacesFileError(
      `marketplace ${id}: baseUrl may have neither credentials nor a query; use "token"`,
    )
  }
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url.protocol === 'http:' && !loopback && !allowPlainHttp) {
    throw new MarketplacesFileError(
      `marketplace ${id}: baseUrl must be https; inside a closed network set "allowPlainHttp": true`,
    )
  }
  return url.href.replace(/\/+$/, '')
}
