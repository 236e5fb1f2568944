import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import {
  connect,
  constants,
  createSecureServer,
  type Http2Session,
  type IncomingHttpHeaders,
} from 'node:http2'
import type { AddressInfo } from 'node:net'
import { temporalAddress } from './environment.js'
import type { Identity } from './certificates.js'

const OPERATOR_SERVICE = '/temporal.api.operatorservice.v1.OperatorService/'
const PERMISSION_DENIED = { 'grpc-status': '7', 'grpc-message': 'Request unauthorized.' }
const UNAUTHENTICATED = { 'grpc-status': '16', 'grpc-message': 'Request unauthorized.' }

/** The run's Temporal server, behind TLS. */
export interface SecuredTemporal {
  /** `127.0.0.1:port` */
  address: string
  stop(): Promise<void>
}

/**
 * Puts TLS before the run's Temporal server. With `clientsOf` it wants a client certificate signed
 * by that one; with `apiKey` it refuses calls without it; with `isHosted` nobody can administer it.
 */
export async function secureTemporal(options: {
  identity: Identity
  clientsOf?: Pick<Identity, 'cert'>
  apiKey?: string
  isHosted?: boolean
}): Promise<SecuredTemporal> {
  const { identity, clientsOf, apiKey, isHosted = false } = options
  const upstream = connect(`http://${temporalAddress()}`)
  await once(upstream, 'connect')
  const server = createSecureServer({
    cert: await readFile(identity.cert),
    key: await readFile(identity.key),
    ...(clientsOf
      ? { ca: await readFile(clientsOf.cert), requestCert: true, rejectUnauthorized: true }
      : {}),
  })
  const sessions = new Set<Http2Session>()
  server.on('session', (session) => {
    sessions.add(session)
    session.on('close', () => sessions.delete(session)).on('error', () => session.destroy())
  })
  server.on('stream', (stream, headers) => {
    stream.on('error', () => stream.destroy())
    const isStranger = apiKey !== undefined && headers.authorization !== `Bearer ${apiKey}`
    const isAdministering = headers[':path']?.startsWith(OPERATOR_SERVICE) === true
    if (isStranger || (isHosted && isAdministering)) {
      const grpc = { ':status': 200, 'content-type': 'application/grpc' }
      const refusal = isStranger ? UNAUTHENTICATED : PERMISSION_DENIED
      stream.respond({ ...grpc, ...refusal }, { endStream: true })
      return
    }
    const call = upstream.request({ ...headers, ':scheme': 'http' })
    let trailers: IncomingHttpHeaders = {}
    call.on('error', () => stream.destroy())
    call.on('trailers', (given: IncomingHttpHeaders) => (trailers = given))
    call.on('response', (answer, flags) => {
      const endStream = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0
      stream.respond(answer, endStream ? { endStream } : { waitForTrailers: true })
    })
    stream.on('wantTrailers', () => stream.sendTrailers(trailers))
    stream.on('close', () => call.close(constants.NGHTTP2_CANCEL))
    stream.pipe(call).pipe(stream)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: `127.0.0.1:${port}`,
    async stop() {
      server.close()
      for (const session of sessions) session.destroy()
      upstream.destroy()
    },
  }
}
