import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { isInfringing } from '../../domain/vocabulary.js'
import { surveyListings } from '../../local/demo/listings.js'
import { type Demo, openDemo } from '../../local/demo/open-demo.js'
import { type DemoResult, runDemo } from '../../local/demo/run-demo.js'
import { readWrittenScripts, type ScriptName } from '../../local/demo/scripts.js'
import { isAlive } from '../../local/provision/lock.js'
import type { StackProcessName } from '../../local/stack.js'
import { freePorts } from '../../local/stack/ports.js'
import { until } from '../../local/until.js'
import { createApiClient } from '../../client/client.js'
import { INK_CARTRIDGES } from '../../monitor/rules/index.js'
import { verifyAllCases } from '../../store/cases/audit.js'
import { createStore } from '../../store/create-store.js'
import { EVERYTHING } from '../../store/store.js'
import { testDataDir } from '../setup/environment.js'
import { HP_FILE } from '../monitor/real-listings.js'

/** The listings whose story ends without waiting for window after window to pass. */
const QUICK_SCRIPTS: ReadonlySet<ScriptName> = new Set([
  ...(['markMisused', 'counterfeit', 'afterReminder', 'genuine', 'notIpMatter'] as const),
  ...(['unsure', 'settled', 'authorised', 'withdrawn', 'goneAfterConfirmation'] as const),
  ...(['marketplaceDown', 'marketplaceRefuses'] as const),
])
const MOMENT_WITHIN_MS = 60_000

let dataDir: string
let listingsFile: string
let demo: Demo | undefined
let running: Promise<DemoResult> | undefined
let output: string[]

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(testDataDir(), 'kill-'))
  listingsFile = await writeQuickListings(dataDir)
  output = []
  demo = undefined
  running = undefined
})
afterEach(async () => {
  await demo?.world.stop()
  await running?.catch(() => undefined)
  await rm(dataDir, { recursive: true, force: true })
})

async function writeQuickListings(folder: string): Promise<string> {
  const scripts = await readWrittenScripts()
  const lines = (await readFile(HP_FILE, 'utf8')).trimEnd().split('\n')
  const quick = lines.filter((line) => {
    const { listingId } = JSON.parse(line) as { listingId: string }
    const script = scripts.get(listingId)
    return script !== undefined && QUICK_SCRIPTS.has(script)
  })
  const file = path.join(folder, 'listings.ndjson')
  await writeFile(file, quick.join('\n'))
  return file
}

async function open(): Promise<Demo> {
  const note = (line: string) => void output.push(line)
  return openDemo({
    dataDir: path.join(dataDir, 'demo'),
    ports: await freePorts(),
    listingsFile,
    rulePack: INK_CARTRIDGES,
    survey: await surveyListings(listingsFile, INK_CARTRIDGES),
    display: {
      report: (name, message) => note(`${name}: ${message}`),
      status: note,
      print: note,
    },
  })
}

const untilMoment = (what: string, isSo: () => Promise<boolean> | boolean) =>
  until(what, isSo, {
    withinMs: MOMENT_WITHIN_MS,
    everyMs: 20,
    standing: () => output.join('\n'),
  })

/** Moments at which losing a process hurts. */
function momentsOf({ world, keys }: Demo) {
  const operator = createApiClient(world.urls.api, keys.operator)
  return {
    /** Reports are on their way: some have been acknowledged, others have not. */
    reporting: () =>
      untilMoment('a case is reported', async () => (await operator.cases()).length > 0),
    /** The marketplace has acted, and other removals are under way. */
    takingDown: () =>
      untilMoment('a removal is under way', async () => {
        const removed = await world.sandbox.ledger({ effective: true })
        return removed.length > 0 && (await operator.cases({ phase: ['takingDown'] })).length > 0
      }),
    openCount: async () => (await operator.cases({ open: true })).length,
  }
}

/** Kills the process from outside, and waits until another one serves in its place. */
async function killAndAwaitReturn({ world }: Demo, name: StackProcessName): Promise<void> {
  const handle = world.processes[name]
  if (!handle) throw new Error(`${name} is not part of the demo`)
  const { pid } = handle
  process.kill(pid, 'SIGKILL')
  await untilMoment(`${name} comes back`, () => handle.pid !== pid)
  expect(isAlive(pid)).toBe(false)
}

/** What the marketplaces' own ledger says, held against the record. */
async function inspect({ world }: Demo) {
  const store = createStore({ uri: world.urls.mongodb })
  try {
    const removals = (await world.sandbox.ledger({ effective: true })).filter(
      ({ operation }) => operation !== 'restore',
    )
    const undecided: string[] = []
    for (const { key } of removals) {
      const caseId = key?.split(':')[1] ?? ''
      const events = (await store.cases.events(EVERYTHING, caseId)).map(({ event }) => event)
      const requested = events.findIndex(({ type }) => type === 'takedownRequested')
      const isDecided = events
        .slice(0, Math.max(0, requested))
        .some((event) => event.type === 'decided' && isInfringing(event.data.decision.verdict))
      if (!isDecided) undecided.push(String(key))
    }
    const findings = []
    for await (const { finding } of verifyAllCases(store)) if (finding) findings.push(finding)
    return { removed: removals.map(({ listingId }) => listingId), undecided, findings }
  } finally {
    await store.close()
  }
}

type Moment = 'reporting' | 'takingDown'

describe('a demo', () => {
  it.each<[string, [Moment, StackProcessName][]]>([
    [
      'worker, API and Temporal',
      [
        ['reporting', 'worker'],
        ['takingDown', 'api'],
        ['takingDown', 'temporal'],
      ],
    ],
    [
      'API, worker and MongoDB',
      [
        ['reporting', 'api'],
        ['takingDown', 'worker'],
        ['takingDown', 'mongod'],
      ],
    ],
  ])(
    'loses, doubles and invents nothing when %s are killed with -9, one after the other',
    async (_names, kills) => {
      demo = await open()
      const at = momentsOf(demo)
      running = runDemo(demo)
      const openAfterReturn: number[] = []
      const killing = (async () => {
        for (const [moment, name] of kills) {
          await at[moment]()
          await killAndAwaitReturn(demo, name)
          openAfterReturn.push(await at.openCount())
        }
      })()
      const [{ account, again }] = await Promise.all([running, killing])

      expect(openAfterReturn.filter((count) => count > 0)).toHaveLength(kills.length)
      expect(account).toMatchObject({ unaccounted: 0, invalid: 0, alreadyAnswered: 0 })
      expect(account.cases).toBe(account.listings)
      const { removed, undecided, findings } = await inspect(demo)
      expect(new Set(removed).size).toBe(removed.length)
      expect(removed.length).toBe(account.takedownsEffective)
      expect(removed.length).toBeGreaterThan(0)
      expect(undecided).toEqual([])
      expect(findings).toEqual([])
      expect(again.cases).toBe(0)
    },
    180_000,
  )
})
