import { setTimeout as delay } from 'node:timers/promises'
import { type NoticeKind, PHASES } from '../../domain/vocabulary.js'
import { type MonitorReport, runMonitor } from '../../monitor/run.js'
import { createApiClient } from '../../client/client.js'
import type { KeyRing } from '../world/key-ring.js'
import { until } from '../until.js'
import type { Letterbox } from '../world/letters.js'
import { openedIn } from './account.js'
import { createAnswerer } from './answerer.js'
import { type Board, createBoard, type PlayedCase } from './board.js'
import { linesWithin } from './listings.js'
import type { Demo } from './open-demo.js'
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

/**
 * Reports the listings of a file and plays everybody's part until every case has ended. Throws when
 * the end does not come within reason.
 */
export async function play(
  { world, keys, listingsFile, rulePack, display }: Demo,
  letterbox: Letterbox,
): Promise<{ report: MonitorReport; cases: PlayedCase[] }> {
  const client = (role: keyof KeyRing) => createApiClient(world.urls.api, keys[role])
  const manager = client('accountManager')
  const lead = client('lead')
  const board = createBoard(client('operator'), await readWrittenScripts())
  const shopFloor = openShopFloor(world.sandbox)
  const staff = createStaff({ manager, lead, board, shopFloor })
  const recall = createRecall(client('monitor'), board, rulePack)
  const answerers = {
    brand: createAnswerer({
      role: 'brandMember',
      api: client('brandMember'),
      board,
      answerTo: answerOfBrand,
    }),
    manager: createAnswerer({
      role: 'accountManager',
      api: manager,
      board,
      answerTo: (kind, { script }) => (kind === 'escalated' ? script.manager : undefined),
    }),
    lead: createAnswerer({
      role: 'lead',
      api: lead,
      board,
      answerTo: (kind, { script }) => (kind === 'escalated' ? script.lead : undefined),
    }),
  }

  let opened: ReadonlySet<string> = new Set()
  let report: MonitorReport | null = null
  let failure: Error | null = null
  const reporting = runMonitor({
    source: linesWithin(listingsFile, () => untilRoom(() => opened.size - board.closedCount())),
    rulePack,
    batchSize: REPORTED_AT_ONCE,
    api: { url: world.urls.api, key: keys.monitor },
    listingUrl: (marketplace, listingId) => world.shopPage(marketplace, listingId),
    onProgress: (event) => {
      if (event.kind === 'suspicious') {
        shopFloor.prepare(event.newCase.listing, board.scriptOf(event.newCase))
      } else if (event.kind === 'reported') opened = openedIn(event.report)
      else if (event.kind === 'waiting') display.report('monitor', event.why)
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
      const { listings } = done
      display.report('monitor', `${listings} listings read, ${openedIn(done).size} cases opened`)
    },
    (error: unknown) => {
      failure = asError(error)
    },
  )

  const startedAtMs = performance.now()
  const say = (who: string, count: number, did: string) => {
    if (count > 0) display.report(who, `${count} ${count === 1 ? 'case' : 'cases'} ${did}`)
  }
  for (;;) {
    // The letters first: what they are about is then surely on the board.
    const letters = await letterbox.read()
    await board.refresh(opened)
    if (failure) throw asError(failure)
    const allReported = report !== null && board.all().length >= opened.size
    const open = board.open().length
    if (board.all().length > 0) display.status(standing(board))
    if (allReported && open === 0) break
    if (performance.now() - startedAtMs > CAP_MS + CAP_PER_CASE_MS * opened.size)
      throw halted(board)

    await shopFloor.act(board)
    for (const letter of letters) {
      Object.values(answerers).forEach((answerer) => answerer.hear(letter))
      staff.hear(letter)
    }
    say('brand', await answerers.brand.answer(), 'answered')
    say('manager', await answerers.manager.answer(), 'decided with proof')
    say('lead', await answerers.lead.answer(), 'released')
    say('manager', await staff.closeScripted(), 'closed by hand')
    say('staff', await staff.unblock(), 'unblocked')
    say('monitor', await recall.act(allReported), 'withdrawn')
    say('lead', await staff.closeOlderThan(LONGEST_CASE_MS), 'closed as overdue')
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
  const isThere = () => openCount() <= MAX_OPEN - REPORTED_AT_ONCE
  await until('there is room for another case', isThere, { withinMs: CAP_MS, everyMs: TICK_MS })
}

function standing(board: Board): string {
  const phases = board.open().map(({ phase }) => phase)
  const parts = PHASES.flatMap((phase) => {
    const count = phases.filter((one) => one === phase).length
    return count > 0 ? [`${count} ${phase}`] : []
  })
  return [`${board.closedCount()} of ${board.all().length} closed`, ...parts].join(', ')
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
