import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A web server on this machine that counts who connects. */
export interface TestServer {
  port: number
  origin: string
  connections(): number
  close(): Promise<void>
}

export async function startServer(answer: RequestListener): Promise<TestServer> {
  let count = 0
  const server = createServer(answer)
  server.on('connection', () => (count += 1))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    connections: () => count,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
