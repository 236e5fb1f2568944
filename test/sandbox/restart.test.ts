import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createSandboxClient } from '../../sandbox/client.js'
import { openJournal } from '../../sandbox/journal.js'
import { freePorts } from '../../local/stack/ports.js'
import { checkHttp } from '../../local/stack/readiness.js'
import { until } from '../../local/until.js'
import { listingRow, SANDBOX_TOKEN, takedownBody } from './start-sandbox.js'
import { programArguments } from '../setup/compiled.js'

const root = new URL('../../', import.meta.url)
let dataDir: string
let port: number
let running: ChildProcess | undefined

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'))
  port = (await freePorts()).sandbox
})
afterEach(async () => {
  await kill('SIGKILL')
  await rm(dataDir, { recursive: true })
})

/** Starts the real process and waits until it answers. */
async function start() {
  running = spawn(process.execPath, programArguments('sandbox/main.ts'), {
    cwd: root,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      SANDBOX_PORT: String(port),
      SANDBOX_DATA: dataDir,
      SANDBOX_TOKEN,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const url = `http://127.0.0.1:${port}`
  const isHealthy = () =>
    checkHttp(`${url}/health`).then(
      () => true,
      () => false,
    )
  await until('the sandbox answers', isHealthy, { withinMs: 45_000 })
  return { url, admin: createSandboxClient(url, SANDBOX_TOKEN) }
}

async function kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (!running || running.exitCode !== null || running.signalCode !== null) return null
  const exit = once(running, 'exit')
  running.kill(signal)
  const [code] = (await exit) as [number | null]
  return code
}

function takeDown(url: string, listingId: string): Promise<Response> {
  return fetch(`${url}/m/mercado-livre/v1/takedowns/takedown:${listingId}:1`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${SANDBOX_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(takedownBody(listingId)),
  })
}

describe('the sandbox process', () => {
  it('killed in the middle of its work, loses and repeats nothing it has answered', async () => {
    const ids = Array.from({ length: 200 }, (_, n) => `ML${n}`)
    const first = await start()
    await first.admin.loadListings('mercado-livre', ids.map((id) => listingRow(id)).join('\n'))
    const answered: string[] = []
    const asking = ids.map(async (id) => {
      const response = await takeDown(first.url, id).catch(() => undefined)
      if (response?.ok) answered.push(id)
      if (answered.length === 40) running?.kill('SIGKILL')
    })
    await Promise.all(asking)
    await kill('SIGKILL')
    expect(answered.length).toBeGreaterThanOrEqual(40)

    const second = await start()
    const kept = await second.admin.ledger({ effective: true })
    const keptIds = new Set(kept.map((entry) => entry.listingId))
    expect(answered.filter((id) => !keptIds.has(id))).toEqual([])

    await Promise.all(ids.map((id) => takeDown(second.url, id)))
    const all = await second.admin.ledger({ effective: true })
    expect(all.map((entry) => entry.listingId).sort()).toEqual([...ids].sort())
    expect(all.map((entry) => entry.seq)).toEqual(
      all.map((entry) => entry.seq).sort((a, b) => a - b),
    )
    const health = await (await fetch(`${second.url}/health`)).json()
    expect(health).toMatchObject({ marketplaces: [{ listings: 200, forSale: 0 }] })
  })

  it('settles after a restart what was pending before it', async () => {
    const first = await start()
    await first.admin.loadListings('mercado-livre', listingRow('ML1'))
    await first.admin.setFaults([{ kind: 'pending', delayMs: 3_000 }])
    expect((await takeDown(first.url, 'ML1')).status).toBe(202)
    await kill('SIGKILL')
    const second = await start()
    const effective = async () => {
      const entries = await second.admin.ledger({ effective: true })
      return entries.length > 0 && entries
    }
    expect(await until('the takedown is settled', effective, { withinMs: 20_000 })).toMatchObject([
      { operation: 'settle', listingId: 'ML1', key: 'takedown:ML1:1' },
    ])
  })

  it('stops on SIGTERM, and when the process that started it is gone', async () => {
    await start()
    expect(await kill('SIGTERM')).toBe(0)
    await start()
    const exit = once(running as ChildProcess, 'exit')
    running?.disconnect()
    expect(await exit).toEqual([0, null])
  })
})

describe('the journal', () => {
  const read = async (path: string) => {
    const events: unknown[] = []
    const journal = await openJournal(path, (event) => events.push(event))
    return { events, journal }
  }

  it('drops a last line cut short, and goes on after it', async () => {
    const path = join(dataDir, 'journal.ndjson')
    await writeFile(path, '{"n":1}\n{"n":2}\n{"n":')
    const { events, journal } = await read(path)
    expect(events).toEqual([{ n: 1 }, { n: 2 }])
    await Promise.all([journal.append({ n: 3 }), journal.append({ n: 4 })])
    await journal.append({ n: 5 })
    await journal.close()
    const again = await read(path)
    expect(again.events).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }, { n: 5 }])
    await again.journal.close()
  })

  it('does not start on a line that cannot be read', async () => {
    const path = join(dataDir, 'journal.ndjson')
    await writeFile(path, '{"n":1}\n')
    await appendFile(path, 'garbage\n{"n":2}\n')
    await expect(read(path)).rejects.toThrow(/journal\.ndjson:2 is not JSON/)
  })
})
