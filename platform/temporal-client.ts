import { readFileSync } from 'node:fs'
import { Client, Connection, type TLSConfig } from '@temporalio/client'
import type { PayloadCodec } from '@temporalio/common'
import { messageOf } from './message-of.js'
import { createPayloadCodec } from './payload-codec.js'
import type { TemporalConfig } from './temporal-settings.js'

/** How to connect, for a client as for a worker. */
export interface TemporalConnection {
  address: string
  tls?: TLSConfig
  apiKey?: string
}

/**
 * A client that connects on first use, so that a process starts while Temporal is still away.
 * Throws when a file of the settings cannot be read.
 */
export function createTemporalClient(config: TemporalConfig): Client {
  const connection = Connection.lazy(temporalConnection(config))
  return new Client({
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    dataConverter: { payloadCodecs: payloadCodecs(config) },
  })
}

/** What encrypts payloads, for a client as for a worker; empty when nothing is to be encrypted. */
export function payloadCodecs({ secrets }: Pick<TemporalConfig, 'secrets'>): PayloadCodec[] {
  const [newest, ...older] = secrets?.temporal.payloadKeys ?? []
  return newest ? [createPayloadCodec([newest, ...older])] : []
}

/** The connection the settings describe. Throws when one of their files cannot be read. */
export function temporalConnection(config: TemporalConfig): TemporalConnection {
  const apiKey = config.secrets?.temporal.apiKey
  const serverRootCACertificate = read(config, 'TEMPORAL_TLS_SERVER_CA_CERT_PATH')
  const crt = read(config, 'TEMPORAL_TLS_CLIENT_CERT_PATH')
  const key = read(config, 'TEMPORAL_TLS_CLIENT_KEY_PATH')
  const serverNameOverride = config.TEMPORAL_TLS_SERVER_NAME
  const tls: TLSConfig = {
    ...(serverRootCACertificate ? { serverRootCACertificate } : {}),
    ...(crt && key ? { clientCertPair: { crt, key } } : {}),
    ...(serverNameOverride ? { serverNameOverride } : {}),
  }
  const isSecured = config.TEMPORAL_TLS === 'true' || apiKey || Object.keys(tls).length > 0
  return {
    address: config.TEMPORAL_ADDRESS,
    ...(isSecured ? { tls } : {}),
    ...(apiKey ? { apiKey } : {}),
  }
}

function read(
  config: TemporalConfig,
  name:
    | 'TEMPORAL_TLS_SERVER_CA_CERT_PATH'
    | 'TEMPORAL_TLS_CLIENT_CERT_PATH'
    | 'TEMPORAL_TLS_CLIENT_KEY_PATH',
): Buffer | undefined {
  const file = config[name]
  if (!file) return undefined
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Error(`${name} cannot be read: ${messageOf(error)}`, { cause: error })
  }
}
