import { describe, expect, it } from '@jest/globals'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { createStore } from '../../store/create-store.js'
import { EVERYTHING } from '../../store/store.js'
import { mongoUri } from '../setup/environment.js'

/** A door in front of the real MongoDB, which a test opens and shuts. */
class Door {
  readonly uri: string
  private readonly sockets = new Set<Socket>()
  private readonly server: Server
  private readonly port: number
  private readonly target: URL

  private constructor(port: number) {
    this.port = port
    this.target = new URL(mongoUri('connection-test'))
    const uri = new URL(this.target)
    uri.port = String(port)
    uri.searchParams.set('directConnection', 'true')
    this.uri = uri.href
    this.server = createServer((client) => this.pass(client))
  }

  /** A door at a free port, shut. */
  static async make(): Promise<Door> {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo
    probe.close()
    await once(probe, 'close')
    return new Door(port)
  }

  async open(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1')
    await once(this.server, 'listening')
  }

  async shut(): Promise<void> {
    const closed = once(this.server, 'close')
    this.server.close()
    for (const socket of this.sockets) socket.destroy()
    await closed
  }

  private pass(client: Socket) {
    const server = connect(Number(this.target.port), this.target.hostname)
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(from)
      from.on('close', () => to.destroy())
      from.on('error', () => to.destroy())
      from.pipe(to)
    }
  }
}

describe('createStore', () => {
  it('rejects calls while no database answers, and works as soon as one does', async () => {
    const door = await Door.make()
    const store = createStore({ uri: door.uri })

    const startedAt = Date.now()
    await expect(store.brands.find(EVERYTHING, 'northwind')).rejects.toThrow(/ECONNREFUSED/)
    expect(Date.now() - startedAt).toBeLessThan(8000)
    await expect(store.ping(200)).rejects.toThrow(/within 200 ms/)

    await door.open()
    expect(await store.brands.find(EVERYTHING, 'northwind')).toBeNull()
    await expect(store.ping(5000)).resolves.toBeUndefined()
    await store.close()
    await door.shut()
  })

  it('goes on by itself after a database was lost and came back', async () => {
    const door = await Door.make()
    await door.open()
    const messages: string[] = []
    const note = (message: string) => messages.push(message)
    const store = createStore({ uri: door.uri, logger: { info: note, warn: note } })
    expect(await store.cases.claimOf('s-1')).toBeNull()

    await door.shut()
    await expect(store.cases.claimOf('s-1')).rejects.toThrow()
    await door.open()

    expect(await store.cases.claimOf('s-1')).toBeNull()
    expect(messages).toContain('MongoDB: no primary can be reached')
    messages.length = 0
    await store.close()
    expect(messages).toEqual([])
    await door.shut()
  })

  it('refuses work after it was closed', async () => {
    const store = createStore({ uri: mongoUri('connection-test') })
    await store.ping(5000)
    await store.close()

    await expect(store.brands.find(EVERYTHING, 'northwind')).rejects.toThrow(/closed/i)
  })
})
