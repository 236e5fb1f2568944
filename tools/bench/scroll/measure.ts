import { chromium, type Page } from 'playwright-core'
import { provisionChromium } from '../../../local/provision/chromium.js'
import { provisionContext } from '../../../local/provision/context.js'
import type { Progress } from '../../../local/provision/progress.js'
import { startStack } from '../../../local/stack.js'
import type { Ports } from '../../../local/stack/ports.js'
import { until } from '../../../local/until.js'
import { writeMarketplacesFile } from '../../../local/world/marketplaces-file.js'
import { readSecrets } from '../../../local/world/secrets.js'
import { randomSecret, sha256Hex } from '../../../platform/digest.js'
import { percentiles } from '../../../store/cases/percentiles.js'
import { createStore } from '../../../store/create-store.js'
import type { Store } from '../../../store/store.js'
import { buildMembership, buildPerson, buildSession } from '../../../test/builders/person.js'
import { MARKETPLACES } from '../lists/records.js'
import { seedInParallel } from '../lists/seeding/in-parallel.js'
import { frameWorkOf, type TraceEvent } from './trace.js'

/** A slow wheel, a fast one, and the bar dragged (pixels a frame). */
const SPEEDS = [64, 600, 3_000]
const FRAMES = 300
const LOADED = { withinMs: 240_000, everyMs: 50 }
const CATEGORIES = [
  ...['devtools.timeline', 'devtools.timeline.frame', 'toplevel', 'v8', 'blink.user_timing'],
  ...['disabled-by-default-devtools.timeline', 'disabled-by-default-devtools.timeline.frame'],
]
const SESSION_COOKIE = 'joint-force-session'

/** The queue, scrolled at one speed. */
export interface ScrollAt {
  pixelsPerFrame: number
  frames: number
  /** Script, styles and layout of a frame. */
  p50Ms: number
  p95Ms: number
  /** The longest task of the thread that draws the page. */
  longestTaskMs: number
}

/** The queue of the inbox with all of its rows loaded. */
export interface ScrollMeasurement {
  rows: number
  /** From the address to the first row. */
  firstRowMs: number
  /** From there until every row is loaded, page by page. */
  allRowsMs: number
  at: ScrollAt[]
}

/** What to measure with. */
export interface ScrollOptions {
  dataDir: string
  ports: Ports
  progress: Progress
  env: Readonly<Record<string, string>>
  /** How many cases the queue holds. */
  rows: number
}

/**
 * Puts cases on record, opens the inbox with all of them in a real browser, loads every row and scrolls
 * through them by script; what each frame cost is read from the browser's own trace.
 */
export async function measureScroll(options: ScrollOptions): Promise<ScrollMeasurement> {
  const { dataDir, ports, progress, env, rows } = options
  const marketplaces = MARKETPLACES.map((id) => ({ id, name: id }))
  const sandboxUrl = `http://127.0.0.1:${ports.sandbox}`
  const stack = await startStack({
    dataDir,
    ports,
    processes: ['api'],
    onProgress: progress,
    temporalUi: false,
    env: {
      ...(await readSecrets(dataDir)),
      MARKETPLACES_FILE: await writeMarketplacesFile(dataDir, sandboxUrl, marketplaces),
      ...env,
    },
  })
  const { api: apiUrl, mongodb: mongodbUri } = stack.urls
  const store = createStore({ uri: mongodbUri })
  const browser = await chromium.launch(await provisionChromium(provisionContext({ progress })))
  try {
    progress.report('scroll', `putting ${rows} cases on record`)
    await seedInParallel({ mongodbUri, now: Date.now(), from: 0, end: rows })
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const value = await sessionOf(store)
    await context.addCookies([{ name: SESSION_COOKIE, value, url: apiUrl }])
    const page = await context.newPage()
    const startedAtMs = performance.now()
    await page.goto(`${apiUrl}/?view=all`)
    await page.locator('[role=option]').first().waitFor()
    const firstRowMs = performance.now() - startedAtMs
    progress.report('scroll', 'loading every row')
    await loadAll(page, rows)
    const allRowsMs = performance.now() - startedAtMs - firstRowMs
    const at: ScrollAt[] = []
    for (const pixelsPerFrame of SPEEDS) {
      progress.report('scroll', `${FRAMES} frames, ${pixelsPerFrame} pixels each`)
      at.push({ pixelsPerFrame, ...(await scrolled(page, pixelsPerFrame)) })
    }
    return { rows, firstRowMs, allRowsMs, at }
  } finally {
    await Promise.all([browser.close(), store.close()])
    await stack.stop()
  }
}

/** Somebody who may see the cases of every brand. */
async function sessionOf(store: Store): Promise<string> {
  const membership = buildMembership({ role: 'operator', brandIds: '*' })
  const person = await store.people.create(buildPerson({ memberships: [membership] }))
  const secret = randomSecret()
  const { membershipId } = membership
  const { personId } = person
  await store.sessions.create(buildSession({ hash: sha256Hex(secret), personId, membershipId }))
  return secret
}

/** Goes to the end again and again: that is what has the next page loaded. */
async function loadAll(page: Page, rows: number): Promise<void> {
  await until(
    'every row is loaded',
    async () => (await page.evaluate<number>(TO_THE_END)) >= rows,
    LOADED,
  )
  await page.evaluate('document.querySelector("[role=listbox]").scrollTo(0, 0)')
}

const TO_THE_END = `(() => {
  const queue = document.querySelector('[role=listbox]')
  queue.scrollTo(0, queue.scrollHeight)
  return Math.max(...[...queue.querySelectorAll('[role=option]')].map((row) => Number(row.ariaPosInSet ?? 0)))
})()`

async function scrolled(
  page: Page,
  pixelsPerFrame: number,
): Promise<Omit<ScrollAt, 'pixelsPerFrame'>> {
  const cdp = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  const complete = new Promise<void>((resolve) => {
    cdp.once('Tracing.tracingComplete', () => resolve())
  })
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES },
  })
  await page.evaluate(`new Promise((done) => {
    const queue = document.querySelector('[role=listbox]')
    queue.scrollTo(0, 0)
    let left = ${FRAMES}
    const step = () => {
      if (left-- === 0) return done()
      queue.scrollBy(0, ${pixelsPerFrame})
      requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
  })`)
  await cdp.send('Tracing.end')
  await complete
  await cdp.detach()
  const { workMs, longestTaskMs } = frameWorkOf(events)
  const { p50, p95 } = percentiles(workMs)
  return { frames: workMs.length, p50Ms: p50 ?? 0, p95Ms: p95 ?? 0, longestTaskMs }
}
