import { type Static, Type } from 'typebox'
import type { PayloadKey } from './payload-codec.js'

/** A host and a port, as in a pattern. */
export const HOST_AND_PORT = '[^\\s/]+:\\d{1,5}'

const File = Type.String({ default: '', description: 'the path of a PEM file' })

/**
 * How Temporal is reached; the names are those of Temporal's own command line, so that one
 * environment serves both.
 */
export const temporalSettings = {
  TEMPORAL_ADDRESS: Type.String({
    pattern: `^${HOST_AND_PORT}$`,
    default: '127.0.0.1:7233',
    description: 'host:port',
  }),
  TEMPORAL_NAMESPACE: Type.String({
    minLength: 1,
    default: 'joint-force',
    description: 'the name of a namespace',
  }),
  /** Empty = TLS if any of the settings below asks for it. */
  TEMPORAL_TLS: Type.String({
    pattern: '^(true|false)?$',
    default: '',
    description: 'true, false or nothing',
  }),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: File,
  TEMPORAL_TLS_CLIENT_CERT_PATH: File,
  TEMPORAL_TLS_CLIENT_KEY_PATH: File,
  TEMPORAL_TLS_SERVER_NAME: Type.String({ default: '' }),
}

/** 32 bytes in base64 and a name for them. */
const NAMED_KEY = '[\\w.-]{1,64}:[A-Za-z0-9+/]{43}='

/** A setting that names keys, the newest first, or none. */
export const NamedKeys = Type.String({
  pattern: `^(${NAMED_KEY}(, ?${NAMED_KEY})*)?$`,
  default: '',
  description: 'id:key,id:key, the newest first; a key is made by openssl rand -base64 32',
})

/** Settings of which nothing is ever logged. */
export const temporalSecretSettings = {
  TEMPORAL_API_KEY: Type.String({ default: '' }),
  /** The first encrypts, all decrypt; empty = nothing is encrypted. */
  TEMPORAL_PAYLOAD_KEYS: NamedKeys,
}

/** The variables that say how a connection is secured; empty ones count as not set. */
export const TEMPORAL_SECURITY: readonly string[] = [
  ...Object.keys(temporalSettings).filter((name) => name.startsWith('TEMPORAL_TLS')),
  ...Object.keys(temporalSecretSettings),
]

type Plain = Static<ReturnType<typeof Type.Object<typeof temporalSettings>>>
type Secret = Static<ReturnType<typeof Type.Object<typeof temporalSecretSettings>>>

/** What a connection to Temporal needs. */
export interface TemporalConfig
  extends
    Pick<Plain, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'>,
    Partial<Omit<Plain, 'TEMPORAL_ADDRESS' | 'TEMPORAL_NAMESPACE'>> {
  secrets?: { temporal: TemporalSecrets }
}

/** The secrets of a connection to Temporal. */
export interface TemporalSecrets {
  apiKey: string
  /** The newest first. */
  payloadKeys: PayloadKey[]
}

/** Splits the secrets of Temporal off; the other settings stay as they are. */
export function splitTemporalSecrets<T extends Secret>(
  settings: T,
): { rest: Omit<T, keyof Secret>; temporal: TemporalSecrets } {
  const { TEMPORAL_API_KEY: apiKey, TEMPORAL_PAYLOAD_KEYS, ...rest } = settings
  return { rest, temporal: { apiKey, payloadKeys: namedKeysOf(TEMPORAL_PAYLOAD_KEYS) } }
}

/** The keys of a setting `id:key,id:key`, the newest first. */
export function namedKeysOf(setting: string): PayloadKey[] {
  if (setting === '') return []
  return setting.split(',').map((each) => {
    const [id = '', secret = ''] = each.trim().split(':')
    return { id, secret: Buffer.from(secret, 'base64') }
  })
}

/** What contradicts itself in these settings, or `null`; without their values. */
export function temporalContradiction(settings: Plain & Secret): string | null {
  const { TEMPORAL_TLS_CLIENT_CERT_PATH: cert, TEMPORAL_TLS_CLIENT_KEY_PATH: key } = settings
  if ((cert === '') !== (key === '')) {
    return 'TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH go together: set both'
  }
  const ids = namedKeysOf(settings.TEMPORAL_PAYLOAD_KEYS).map(({ id }) => id)
  if (new Set(ids).size < ids.length) return 'TEMPORAL_PAYLOAD_KEYS has two keys of one name'
  const { TEMPORAL_TLS, TEMPORAL_TLS_SERVER_CA_CERT_PATH, TEMPORAL_TLS_SERVER_NAME } = settings
  const asking = {
    TEMPORAL_TLS_SERVER_CA_CERT_PATH,
    TEMPORAL_TLS_CLIENT_CERT_PATH: cert,
    TEMPORAL_TLS_SERVER_NAME,
    TEMPORAL_API_KEY: settings.TEMPORAL_API_KEY,
  }
  const [name] = Object.entries(asking).find(([, value]) => value !== '') ?? []
  if (TEMPORAL_TLS !== 'false' || name === undefined) return null
  return `TEMPORAL_TLS is false, but ${name} is set, which needs TLS`
}
