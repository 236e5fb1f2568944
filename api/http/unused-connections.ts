import type { Socket } from 'node:net'
import type { App } from '../routes/route.js'

/**
 * Closes, when the server closes, the connections on which nothing was asked yet: browsers keep some
 * ready, and Node waits for them, because they are not idle after a request.
 */
export function closeUnusedConnections(app: App): void {
  const unused = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  app.server.on('request', ({ socket }) => unused.delete(socket))
  app.addHook('preClose', async () => {
    for (const socket of unused) socket.destroy()
  })
}
