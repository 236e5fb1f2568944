import { createServer, type Server } from 'node:net'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from '@jest/globals'
import {
  assertPortsFree,
  freePorts,
  PORT_NAMES,
  portBlock,
  portsFromEnv,
} from '../../local/stack/ports.js'

let listener: Server | undefined

afterEach(() => {
  listener?.close()
  listener = undefined
})

async function occupy(port: number) {
  listener = createServer().listen(port, '127.0.0.1')
  await once(listener, 'listening')
}

describe('ports of a stack', () => {
  it('are the nine of a block, from 8700 unless the environment names another base', () => {
    expect(portsFromEnv({})).toMatchObject({ api: 8700, apiAdmin: 8701, temporalUi: 8708 })
    expect(portsFromEnv({ JOINT_FORCE_PORT_BASE: '9000' })).toEqual(portBlock(9000))
    expect(new Set(Object.values(portBlock(9000))).size).toBe(PORT_NAMES.length)
  })

  it.each(['80', 'abc', '', '65530', '8700.5'])(
    'refuse the base %j and give a good one',
    (base) => {
      expect(() => portsFromEnv({ JOINT_FORCE_PORT_BASE: base })).toThrow(
        /^Port base .* cannot be used: .*JOINT_FORCE_PORT_BASE=8700$/,
      )
    },
  )

  it('say which one is taken, who needs it and what to do', async () => {
    const ports = { ...portBlock(8700), mongo: (await freePorts()).mongo }
    await occupy(ports.mongo)
    await expect(assertPortsFree(ports, ['mongo', 'temporal'])).rejects.toThrow(
      `Port ${ports.mongo} is taken, but MongoDB needs it.\n` +
        'Stop what uses it (is another stack running?), or use other ports by setting\n' +
        'JOINT_FORCE_PORT_BASE=8800',
    )
  })

  it('are not examined when the stack does not need them', async () => {
    const ports = await freePorts()
    await occupy(ports.mongo)
    await expect(assertPortsFree(ports, ['temporal'])).resolves.toBeUndefined()
  })

  it('drawn for tests are distinct and free', async () => {
    const ports = await freePorts()
    expect(new Set(Object.values(ports)).size).toBe(PORT_NAMES.length)
    await expect(assertPortsFree(ports, PORT_NAMES)).resolves.toBeUndefined()
  })
})
