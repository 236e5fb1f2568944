import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectSecured } from 'node:tls'
import { messageOf } from './message-of.js'
import { temporalConnection, type TemporalConnection } from './temporal-client.js'
import type { TemporalConfig } from './temporal-settings.js'

const LOOK_MS = 3_000

/**
 * Why Temporal could not be used, and what to do: the SDK says only that it did not get through.
 * Looks at the port itself; `failure` is what the SDK threw. Never throws.
 */
export async function whyNoTemporal(config: TemporalConfig, failure: unknown): Promise<string> {
  const { TEMPORAL_ADDRESS: address } = config
  const said = wholeMessage(failure)
  const remedy = /\b(unauthenticated|permission.?denied|unauthorized)\b/i.test(said)
    ? `it refuses this caller (${said}); is TEMPORAL_API_KEY right, and meant for this namespace?`
    : await look(temporalConnection(config)).catch(messageOf)
  return `Temporal does not answer at ${address}: ${remedy ?? said}`
}

/** To be given to `catch` of whatever connects: the same error, with its reason found out. */
export function explained(config: TemporalConfig): (cause: unknown) => Promise<never> {
  return async (cause) => {
    throw new Error(await whyNoTemporal(config, cause), { cause })
  }
}

/** With what is behind it: the SDK's own message names no reason. */
function wholeMessage(failure: unknown): string {
  const { cause } = (failure ?? {}) as { cause?: unknown }
  const own = messageOf(failure)
  return cause === undefined ? own : `${own}: ${wholeMessage(cause)}`
}

async function look({ address, tls }: TemporalConnection): Promise<string | null> {
  const at = address.lastIndexOf(':')
  const host = address.slice(0, at)
  const port = Number(address.slice(at + 1))
  const plain = await outcome(connectPlain({ host, port }), 'connect')
  if (plain) return `${plain}; start it, or set TEMPORAL_ADDRESS`
  if (!tls) return 'something listens there, but not in clear text; does it need TEMPORAL_TLS=true?'
  const secured = connectSecured({
    host,
    port,
    servername: tls.serverNameOverride ?? host,
    ALPNProtocols: ['h2'],
    ...(tls.serverRootCACertificate ? { ca: Buffer.from(tls.serverRootCACertificate) } : {}),
    ...(tls.clientCertPair
      ? { cert: Buffer.from(tls.clientCertPair.crt), key: Buffer.from(tls.clientCertPair.key) }
      : {}),
  })
  // A server that misses our certificate says so only after its own part of the handshake is over.
  const problem = await outcome(secured, 'data')
  if (problem === CLOSED) {
    return tls.clientCertPair
      ? `${CLOSED}; it may not accept our certificate: TEMPORAL_TLS_CLIENT_CERT_PATH`
      : `${CLOSED}; does it want a client certificate? ${SET_CLIENT_CERTIFICATE}`
  }
  return problem && `${problem}${REMEDIES.find(([sign]) => sign.test(problem))?.[1] ?? ''}`
}

const CLOSED = 'it ended the connection without a word'
const SET_CLIENT_CERTIFICATE = 'set TEMPORAL_TLS_CLIENT_CERT_PATH and …_KEY_PATH'
const REMEDIES: readonly [RegExp, string][] = [
  [/wrong version number|packet length too long/i, '; it speaks no TLS: unset TEMPORAL_TLS…'],
  [/altnames/i, '; set TEMPORAL_TLS_SERVER_NAME to a name in its certificate'],
  [
    /certificate required|handshake failure/i,
    `; it wants a client certificate: ${SET_CLIENT_CERTIFICATE}`,
  ],
  [
    /unknown ca|bad certificate|certificate (unknown|expired|revoked)/i,
    '; it does not accept our certificate: TEMPORAL_TLS_CLIENT_CERT_PATH',
  ],
  [
    /self.signed|issuer|unable to verify|unable to get/i,
    '; set TEMPORAL_TLS_SERVER_CA_CERT_PATH to the certificate that signed its own',
  ],
]

/** What went wrong before the event came, or `null`. A socket that stays silent has no trouble. */
async function outcome(socket: Socket, event: 'connect' | 'data'): Promise<string | null> {
  try {
    return await new Promise<string | null>((resolve) => {
      socket.once('error', (error) => resolve(error.message))
      socket.once(event, () => resolve(null))
      socket.once('close', () => resolve(CLOSED))
      socket.setTimeout(LOOK_MS, () => {
        resolve(event === 'connect' ? `nothing answers within ${LOOK_MS} ms` : null)
      })
    })
  } finally {
    socket.destroy()
  }
}
