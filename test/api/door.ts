import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a server that a test can shut and open: how it looks when the server is away. */
export interface Door {
  port: number
  open(): Promise<void>
  shut(): Promise<void>
}

/** An open door to `host:port` at a free port of this machine. */
export async function makeDoor(target: { host: string; port: number }): Promise<Door> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const behind = connect(target.port, target.host)
    for (const [from, to] of [
      [client, behind],
      [behind, client],
    ] as const) {
      sockets.add(from)
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.on('error', () => to.destroy())
      from.pipe(to)
    }
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  const port = await listen(0)
  return {
    port,
    async open() {
      await listen(port)
    },
    async shut() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
