import { setTimeout as delay } from 'node:timers/promises'
import type { NoticeKind } from '../../domain/vocabulary.js'
import type { RulePack } from '../../monitor/rule-pack.js'
import { type MonitorReport, runMonitor } from '../../monitor/run.js'
import { createApiClient } from '../world/api-client.js'
import type { KeyRing } from '../world/key-ring.js'
import { type Letterbox } from '../world/letters.js'
import type { World } from '../world/open-world.js'
import { createAnswerer } from './answerer.js'
import { type Board, createBoard, type PlayedCase } from './board.js'
import type { Display } from './display.js'
import { linesWithin } from './listings.js'
import { LONGEST_CASE_MS } from './policy.js'
import { createRecall } from './recall.js'
import { readWrittenScripts } from './scripts.js'
import { openShopFloor } from './shop-floor.js'
import { createStaff } from './staff.js'

/** More open cases than this at a time would make answers late on a small machine. */
const MAX_OPEN = 60
const REPORTED_AT_ONCE = 10
const TICK_MS = 300
/** A demo that takes longer than this, and this much more for each case, has come to a halt. */
const CAP_MS = 180_000
const CAP_PER_CASE_MS = 2_000

export interface PlayOptions {
  world: World
  keys: KeyRing
  letterbox: Letterbox
  listingsFile: string
  rulePack: RulePack
  display: Display
}

/**
 * Reports the listings of a file and plays everybody's part until every case has ended. Throws when
 * the end does not come within reason.
 */
export async function play(
  options: PlayOptions,
): Promise<{ report: MonitorReport; cases: PlayedCase[] }> {
  const { world, keys, letterbox, listingsFile, rulePack, display } = options
  const client = (role: keyof KeyRing) => createApiClient(world.urls.api, keys[role])
  const manager = client('accountManager')
  const lead = client('lead')
  const board = createBoard(client('operator'), await readWrittenScripts())
  const shopFloor = openShopFloor(world.sandbox)
  const staff = createStaff({ manager, lead, board, shopFloor })
  const recall = createRecall(client('monitor'), board, rulePack)
  const answerers = {
    brand: createAnswerer({
      ...{ role: 'brandMember', phase: 'awaitingBrand', api: client('brandMember'), board },
      answerTo: answerOfBrand,
    }),
    manager: createAnswerer({
      ...{ role: 'accountManager', phase: 'awaitingAccountManager', api: manager, board },
      answerTo: (kind, { script }) => (kind === 'escalated' ? script.manager : undefined),
    }),
    lead: createAnswerer({
      ...{ role: 'lead', phase: 'awaitingLead', api: lead, board },
      answerTo: (kind, { script }) => (kind === 'escalated' ? script.lead : undefined),
    }),
  }

  let opened = 0
  let report: MonitorReport | null = null
  let failure: Error | null = null
  const reporting = runMonitor({
    source: linesWithin(listingsFile, () => untilRoom(() => opened - board.closedCount())),
    rulePack,
    batchSize: REPORTED_AT_ONCE,
    api: { url: world.urls.api, key: keys.monitor },
    listingUrl: (marketplace, listingId) => world.shopPage(marketplace, listingId),
    onProgress: (event) => {
      if (event.kind === 'suspicious') {
        shopFloor.prepare(event.newCase.listing, board.scriptOf(event.newCase))
      } else if (event.kind === 'reported') opened = event.report.cases
      else if (event.kind === 'invalid') {
        display.report('monitor', `line ${event.line} is left out: ${event.reason}`)
      } else {
        const { newCase, code, detail } = event
        display.report('monitor', `${newCase.listing.listingId} was rejected: ${code}: ${detail}`)
      }
    },
  }).then(
    (done) => {
      report = done
      const { listings, cases } = done
      display.report('monitor', `${listings} listings read, ${cases} cases reported`)
    },
    (error: unknown) => {
      failure = error instanceof Error ? error : new Error(String(error))
    },
  )

  const startedAtMs = performance.now()
  const say = (who: string, count: number, did: string) => {
    if (count > 0) display.report(who, `${did} ${count}`)
  }
  for (;;) {
    // The letters first: what they are about is then surely on the board.
    const letters = await letterbox.read()
    await board.refresh()
    if (failure) throw asError(failure)
    const allReported = report !== null && board.all().length >= opened
    const open = board.open().length
    display.status(standing(board))
    if (allReported && open === 0) break
    if (performance.now() - startedAtMs > CAP_MS + CAP_PER_CASE_MS * opened) throw halted(board)

    await shopFloor.act(board)
    for (const letter of letters) {
      Object.values(answerers).forEach((answerer) => answerer.hear(letter))
      staff.hear(letter)
    }
    say('brand', await answerers.brand.answer(), 'cases answered:')
    say('manager', await answerers.manager.answer(), 'cases decided with proof:')
    say('lead', await answerers.lead.answer(), 'cases released:')
    say('manager', await staff.closeScripted(), 'cases closed by hand:')
    say('staff', await staff.unblock(), 'stuck cases unblocked:')
    say('monitor', await recall.act(allReported), 'cases withdrawn:')
    say('lead', await staff.closeOlderThan(LONGEST_CASE_MS), 'overdue cases closed:')
    await delay(TICK_MS)
  }
  await reporting
  if (!report) throw new Error('the monitor ended without a report')
  return { report, cases: board.all() }
}

function answerOfBrand(kind: NoticeKind, { script }: PlayedCase) {
  const { brand } = script
  if (kind === 'reminder') return brand
  return kind === 'asked' && brand?.to === 'asked' ? brand : undefined
}

async function untilRoom(openCount: () => number): Promise<void> {
  while (openCount() > MAX_OPEN - REPORTED_AT_ONCE) await delay(TICK_MS)
}

function standing(board: Board): string {
  const counts = new Map<string, number>()
  for (const { phase, outcome } of board.all()) {
    const word = outcome ?? phase
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const words = [...counts].map(([word, count]) => `${count} ${word}`).sort()
  return `${board.open().length} open of ${board.all().length}: ${words.join(', ')}`
}

function halted(board: Board): Error {
  const named = board.open().slice(0, 5)
  const cases = named.map(({ caseId, phase, scriptName }) => `${caseId} (${phase}, ${scriptName})`)
  return new Error(
    `The demo does not come to its end: ${board.open().length} cases are still open, such as ` +
      `${cases.join('; ')}. Is the machine overloaded? The logs say what happened last.`,
  )
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
