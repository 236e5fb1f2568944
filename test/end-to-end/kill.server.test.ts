import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
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

type Moment = 'reporting' | 'takingDown'
type Kill = [name: StackProcessName, at: Moment]

/** What is killed in each of the demos, one after the other. */
const KILLS: Kill[][] = [
  [
    ['api', 'reporting'],
    ['worker', 'takingDown'],
    ['temporal', 'takingDown'],
  ],
  [
    ['worker', 'reporting'],
    ['api', 'takingDown'],
    ['mongod', 'takingDown'],
  ],
]

interface Told {
  demo: Demo
  result: DemoResult
  /** Cases that were open when what had been killed was back, by kill. */
  openAfterReturn: number[]
}

let folder: string
let demos: Demo[]
let stories: PromiseSettledResult<Told>[]

beforeAll(async () => {
  folder = await mkdtemp(path.join(testDataDir(), 'kill-'))
  demos = []
  const listingsFile = await writeQuickListings(folder)
  // Side by side: most of a demo is waiting for windows to pass.
  stories = await Promise.allSettled(
    KILLS.map((kills, index) => tell(kills, path.join(folder, `demo-${index}`), listingsFile)),
  )
}, 300_000)
afterAll(async () => {
  await Promise.all(demos.map(({ world }) => world.stop()))
  await rm(folder, { recursive: true, force: true })
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

/** Plays a demo to its end while one process after the other is killed. */
async function tell(kills: Kill[], dataDir: string, listingsFile: string): Promise<Told> {
  const output: string[] = []
  const note = (line: string) => void output.push(line)
  const demo = await openDemo({
    dataDir,
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
  demos.push(demo)
  const untilMoment = momentsOf(demo, output)
  const openAfterReturn: number[] = []
  const killing = async () => {
    for (const [name, at] of kills) {
      await untilMoment[at]()
      await killAndAwaitReturn(demo, name, untilMoment.isSo)
      openAfterReturn.push(await untilMoment.openCount())
    }
  }
  const [result] = await Promise.all([runDemo(demo), killing()])
  return { demo, result, openAfterReturn }
}

/** Moments at which losing a process hurts. */
function momentsOf({ world, keys }: Demo, output: readonly string[]) {
  const operator = createApiClient(world.urls.api, keys.operator)
  const limit = { withinMs: MOMENT_WITHIN_MS, everyMs: 20, standing: () => output.join('\n') }
  const isSo = (what: string, look: () => Promise<boolean> | boolean) => until(what, look, limit)
  return {
    /** Whatever else is to be so. */
    isSo,
    /** Reports are on their way: some have been acknowledged, others have not. */
    reporting: () => isSo('a case is reported', async () => (await operator.cases()).length > 0),
    /** The marketplace has acted, and other removals are under way. */
    takingDown: () =>
      isSo('a removal is under way', async () => {
        const removed = await world.sandbox.ledger({ effective: true })
        return removed.length > 0 && (await operator.cases({ phase: ['takingDown'] })).length > 0
      }),
    openCount: async () => (await operator.cases({ open: true })).length,
  }
}

/** Kills the process from outside, and waits until another one serves in its place. */
async function killAndAwaitReturn(
  { world }: Demo,
  name: StackProcessName,
  untilSo: ReturnType<typeof momentsOf>['isSo'],
): Promise<void> {
  const handle = world.processes[name]
  if (!handle) throw new Error(`${name} is not part of the demo`)
  const { pid } = handle
  process.kill(pid, 'SIGKILL')
  await untilSo(`${name} comes back`, () => handle.pid !== pid)
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

describe('a demo', () => {
  it.each(KILLS.map((kills, index) => [kills.flat().join(' '), index] as const))(
    'loses, doubles and invents nothing when processes are killed with -9: %s',
    async (_kills, index) => {
      const story = stories[index]
      if (story?.status !== 'fulfilled') throw story?.reason
      const { demo, result, openAfterReturn } = story.value
      const { account, again } = result

      expect(openAfterReturn.filter((count) => count > 0)).toHaveLength(KILLS[index]?.length ?? 0)
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
  )
})
