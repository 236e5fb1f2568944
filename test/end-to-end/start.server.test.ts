import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { assertPortsFree, PORT_NAMES, portBlock } from '../../local/stack/ports.js'
import { until } from '../../local/until.js'
import type { Case } from '../../contract/case.js'
import { createApiClient } from '../../client/client.js'
import { testDataDir } from '../setup/environment.js'
import { freePortBase, type LocalRun, runLocal } from './local-run.js'

const LAST_LINE = 'the next npm start goes on from there.'

let dataDir: string
let portBase: number
let run: LocalRun | undefined

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(testDataDir(), 'start-'))
  portBase = await freePortBase()
  run = undefined
})
afterEach(async () => {
  await run?.interrupt()
  await rm(dataDir, { recursive: true, force: true })
})

/** Starts, reads along until everything has been said, and gives back what was said. */
async function start(...args: string[]): Promise<string> {
  run = runLocal('start', { dataDir, portBase, args })
  await run.untilPrinted(LAST_LINE)
  return run.output()
}

async function stop(): Promise<void> {
  expect(await run?.interrupt()).toEqual({ code: 0, left: [] })
  expect(run?.output()).toContain('Stopping …')
  await assertPortsFree(portBlock(portBase), PORT_NAMES)
}

/** How a start that cannot succeed ends. */
async function failedStart(base = portBase): Promise<{ code: number | null; output: string }> {
  run = runLocal('start', { dataDir, portBase: base })
  const code = await run.ended
  return { code, output: run.output() }
}

function wordAfter(label: string, text: string): string {
  const word = new RegExp(`${label} +(\\S+)`).exec(text)?.[1]
  if (word === undefined) throw new Error(`nothing after "${label}" in:\n${text}`)
  return word
}

/** The open cases of HP and when they are due; Voltbrook's run by minutes. */
async function openDeadlines(output: string): Promise<[string, string | null][]> {
  const api = createApiClient(`http://127.0.0.1:${portBase}`, wordAfter('operator', output))
  const open = await api.cases({ open: true, brandId: 'hp' })
  return open.map(({ caseId, dueAt }): [string, string | null] => [caseId, dueAt]).sort()
}

describe('npm start', () => {
  it('tells of a case to answer, goes on after Ctrl-C, and starts over when told to', async () => {
    const first = await start()
    expect(first).toContain('229 real listings scanned. 47 look wrong')
    expect(wordAfter('Temporal UI', first)).toMatch(/\/namespaces\/joint-force\/workflows$/)
    const page = wordAfter('See one', first)
    expect((await fetch(page)).status).toBe(200)
    const api = createApiClient(`http://127.0.0.1:${portBase}`, wordAfter('operator', first))
    const [some] = await api.cases({ brandId: 'hp' }, 1)
    const { listing } = await api.get<Case>(`/cases/${some?.caseId}`)
    const picture = await fetch(
      `http://127.0.0.1:${portBase}/v1/pictures/${listing?.pictures[0]?.sha256}`,
      { headers: { authorization: `Bearer ${wordAfter('operator', first)}` } },
    )
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    const command = /curl -X POST[\s\S]*?\}\}'/.exec(first)?.[0] ?? ''
    const answer = execFileSync('sh', ['-c', `${command} --silent`], { encoding: 'utf8' })
    expect(JSON.parse(answer)).toMatchObject({ applied: true })
    const isGone = async () => (await fetch(page)).status === 410
    await until('the listing is gone from the shop', isGone, { withinMs: 20_000 })
    const others = async () => {
      const open = await openDeadlines(first)
      return open.length === 46 && open
    }
    const before = await until('46 cases are open', others, { withinMs: 20_000 })
    await stop()

    const second = await start()
    expect(second).toMatch(/\d+ open cases go on where they were\. Due next:\n {3}in \d+ min/)
    expect(await openDeadlines(second)).toEqual(before)
    expect(wordAfter('operator', second)).toBe(wordAfter('operator', first))
    const meanwhile = runLocal('start', { dataDir, portBase: portBase + 40 })
    expect(await meanwhile.ended).toBe(1)
    expect(meanwhile.output()).toMatch(/start is in use by process \d+: it runs already\.\nStop/)
    await stop()

    const fresh = await start('--fresh')
    expect(fresh).toContain('229 real listings scanned. 47 look wrong')
    expect(wordAfter('operator', fresh)).not.toBe(wordAfter('operator', first))
    expect((await fetch(page)).status).toBe(200)
    await stop()
  }, 240_000)

  it('says which port is taken and leaves everything as it was', async () => {
    const listener = createServer().listen(portBase + 6, '127.0.0.1')
    await once(listener, 'listening')
    const { code, output } = await failedStart()
    listener.close()
    expect(code).toBe(1)
    expect(output.trim().split('\n')).toEqual([
      `Port ${portBase + 6} is taken, but MongoDB needs it.`,
      'Stop what uses it (is another stack running?), or use other ports by setting',
      `JOINT_FORCE_PORT_BASE=${portBase + 100}`,
    ])
  })

  it.each([
    ['secrets.json', /secrets\.json cannot be used: it is damaged or of another version/],
    ['temporal.db', /temporal ended while starting[\s\S]*data of an earlier run is damaged/],
  ])('says how to go on when %s is damaged', async (name, message) => {
    await mkdir(path.join(dataDir, 'start'))
    await writeFile(path.join(dataDir, 'start', name), '{"half of a fi')
    const { code, output } = await failedStart()
    expect(code).toBe(1)
    expect(output).toMatch(message)
    expect(output.trimEnd()).toMatch(/npm start -- --fresh$/)
    expect(output).not.toContain('    at ')
    await assertPortsFree(portBlock(portBase), PORT_NAMES)
  })
})
