import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startStack, type Stack } from '../../local/stack.js'
import { freePorts, type Ports } from '../../local/stack/ports.js'
import { until } from '../../local/until.js'
import { reviver } from '../../local/world/revive.js'
import { mongoUri, temporalAddress, testDataDir } from '../setup/environment.js'
import { fixtureOptions } from './fixtures/options.js'

let dataDir: string
let ports: Ports
let stack: Stack<'worker'>
let said: string[]
let lost: string[]

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(testDataDir(), 'revive-'))
  ports = await freePorts()
  said = []
  lost = []
  const servers = { temporal: temporalAddress(), mongodb: mongoUri('local-revive') }
  const progress = { report: (name: string, message: string) => said.push(`${name} ${message}`) }
  stack = await startStack({
    ...fixtureOptions(dataDir, servers),
    ports,
    processes: ['worker'],
    onUnexpectedExit: reviver(progress, (name, reason) => lost.push(`${name}: ${reason}`)),
  })
})
afterEach(async () => {
  await stack.stop()
  await rm(dataDir, { recursive: true, force: true })
})

describe('a process that ends by itself', () => {
  it('is started again, and both are said', async () => {
    const { worker } = stack.processes
    const { pid } = worker
    process.kill(pid, 'SIGKILL')
    await until('another one runs', () => worker.pid !== pid, { withinMs: 20_000 })
    expect((await fetch(stack.urls.workerAdmin)).status).toBe(200)
    expect(said).toEqual([
      'worker ended (by SIGKILL), is started again',
      expect.stringMatching(/^worker running again \(\d+\.\d s\)$/),
    ])
    expect(lost).toEqual([])
  })

  it('is given up, with the reason, when it does not come back', async () => {
    const { pid } = stack.processes.worker
    process.kill(pid, 'SIGKILL')
    // Somebody takes its port before it is back.
    const usurper = createServer((_, response) => response.writeHead(500).end())
    const hasPort = () => {
      usurper.listen(ports.workerAdmin, '127.0.0.1')
      return once(usurper, 'listening').then(
        () => true,
        () => false,
      )
    }
    await until('its port is taken', hasPort, { withinMs: 20_000 })
    await until('it is given up', () => lost.length > 0, { withinMs: 45_000 })
    usurper.close()
    expect(lost).toEqual([expect.stringContaining('worker: worker ended while starting')])
    expect(lost[0]).toContain('EADDRINUSE')
  })
})
