import path from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { createApiClient } from '../../client/client.js'
import { policyViolations } from '../browser/checks.js'
import { provisionChromium } from '../provision/chromium.js'
import { provisionContext } from '../provision/context.js'
import type { Progress } from '../provision/progress.js'
import { settleIn } from '../start/settle-in.js'
import { HP, VOLTBROOK } from '../start/tenants.js'
import { ACCOUNT_MANAGER, LEAD } from '../world/people.js'
import { until } from '../until.js'
import { openKeyRing } from '../world/key-ring.js'
import type { World } from '../world/open-world.js'
import { type Camera, openCamera } from './camera.js'
import { type Cleared, clearInbox } from './clear-inbox.js'
import { openShop } from './shop.js'
import type { TourAccount } from './tour-account.js'
import { signInByMail, visit, type Visitor, WINDOWS } from './visitor.js'

/** What a tour is made of. */
export interface TourOptions {
  world: World
  dataDir: string
  /** Where its pictures go. */
  imagesDir: string
  /** How many cases are answered by keys. */
  cases: number
  progress: Progress
}

/** Removals are held for 10 s, then asked for one by one. */
const REMOVED_WITHIN_MS = 120_000
const ASKED = { withinMs: 120_000, everyMs: 500 }

/** As the menu of the portal names them. */
const LANGUAGES = { chinese: '简体中文', portuguese: 'Português (Brasil)' } as const

/** So that somebody has to look at a case that stands still. */
const REFUSED_ONCE = {
  kind: 'refuse',
  marketplace: HP.marketplace.id,
  count: 1,
  code: 'listing_locked',
  detail: 'The listing is locked while another request about it is dealt with.',
} as const

/** What all scenes share. */
interface Stage extends TourOptions {
  browser: Browser
  camera: Camera
  visitors: Visitor[]
}

/** Reports the sample listings and plays people at their desks: a brand, in three languages, and staff. */
export async function runTour(options: TourOptions): Promise<TourAccount> {
  const { world, progress } = options
  await reportSamples(options)
  const browser = await chromium.launch(await provisionChromium(provisionContext()))
  const stage: Stage = { ...options, browser, camera: openCamera(options.imagesDir), visitors: [] }
  try {
    const brand = await enter(stage, 'desk', HP.brand.contact.email)
    const shop = await openShop(
      await brand.context.newPage(),
      `${world.urls.sandbox}/shop/${HP.marketplace.id}`,
    )
    const before = await shop.takenDown()
    const untilRemoved = async (count: number) =>
      (await shop.untilTakenDown(before + count, REMOVED_WITHIN_MS)) - before
    await showInbox(stage, brand)
    await world.sandbox.setFaults([REFUSED_ONCE])
    const cleared = await clearByKeys(stage, brand)
    await untilRemoved(cleared.confirmed - 1)
    await stage.camera.take(shop.page, 'shop-after')
    await showCase(stage, brand)
    await onPhone(stage, brand)
    const translated = [
      await inLanguage(stage, brand, 'chinese'),
      await inLanguage(stage, brand, 'portuguese'),
    ]
    await atSettings(stage, brand)
    await asAccountManager(stage)
    await asLead(stage)
    const confirmed = [cleared, ...translated].reduce((sum, each) => sum + each.confirmed, 0)
    const removedInShop = await untilRemoved(confirmed)
    progress.report('shop', `${removedInShop} listings have left it`)
    return accountOf(stage, { ...cleared, confirmed }, removedInShop)
  } catch (error) {
    await keepScreens(stage)
    throw error
  } finally {
    await browser.close()
  }
}

/** Both demo brands, and the sample listings as the monitor finds them. */
async function reportSamples({ world, dataDir, progress }: TourOptions): Promise<void> {
  const keys = await openKeyRing({
    dataDir,
    apiUrl: world.urls.api,
    mongodbUri: world.urls.mongodb,
    brandIds: [HP.brand.brandId],
    marketplaces: [HP.marketplace.id, VOLTBROOK.marketplace.id],
  })
  const { hp } = await settleIn(world, keys)
  progress.report('monitor', `${hp.acknowledged.length} listings of ${HP.brand.name} look wrong`)
  const api = createApiClient(world.urls.api, keys.brandMember)
  await until(
    `${HP.brand.name} has been asked about all of them`,
    async () => (await api.cases({ phase: ['awaitingBrand'] })).length >= hp.acknowledged.length,
    ASKED,
  )
}

async function enter(stage: Stage, window: keyof typeof WINDOWS, email: string): Promise<Visitor> {
  const { browser, world, progress } = stage
  const visitor = await visit(browser, WINDOWS[window], world.urls.api)
  stage.visitors.push(visitor)
  await signInByMail(visitor, email, world)
  await rowsShown(visitor.page)
  progress.report('sign-in', `${email}, by the link in the mail`)
  return visitor
}

/** The same person at another screen. */
async function sameOn(stage: Stage, { context }: Visitor, window: keyof typeof WINDOWS) {
  const state = await context.storageState()
  const visitor = await visit(stage.browser, WINDOWS[window], stage.world.urls.api, state)
  stage.visitors.push(visitor)
  return visitor
}

async function showInbox({ camera }: Stage, { page, press }: Visitor): Promise<void> {
  await press('j')
  await picturesShown(page)
  await camera.take(page, 'portal-inbox')
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await camera.take(page, 'portal-inbox-dark')
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await press('Shift+?')
  await page.getByRole('dialog').waitFor()
  await camera.take(page, 'portal-keys')
  await press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

async function clearByKeys({ cases, progress }: Stage, brand: Visitor): Promise<Cleared> {
  const cleared = await clearInbox(brand, cases, (done) => {
    if (done % 10 === 0) progress.report('inbox', `${done} of ${cases} cases answered by keys`)
  })
  const { keystrokes, seconds } = cleared
  progress.report('inbox', `${cases} cases, ${keystrokes} keys, ${seconds} s`)
  return cleared
}

/** One answer for many as it is about to be sent, and the page of a case that has ended. */
async function showCase({ camera, world }: Stage, { page, press }: Visitor): Promise<void> {
  await page.goto(`${world.urls.api}/`)
  await rowsShown(page)
  await press('Shift+A')
  await page.getByRole('button', { name: 'Decide together' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Counterfeit').click()
  await dialog.getByText('I state in good faith').click()
  await dialog.getByRole('button', { name: /^Check/ }).click()
  await dialog.getByRole('button', { name: /^Send for/ }).waitFor()
  await camera.take(page, 'portal-bulk')
  await press('Escape')
  await page.goto(`${world.urls.api}/?view=closed`)
  await rowsShown(page)
  await press('o')
  await page.locator('article ol li').first().waitFor()
  await picturesShown(page)
  await camera.take(page, 'portal-case')
}

/** One case on a phone, by touch: the listing, then the decision. */
async function onPhone(stage: Stage, brand: Visitor): Promise<void> {
  const { camera, world, progress } = stage
  const { page } = await sameOn(stage, brand, 'phone')
  await page.goto(`${world.urls.api}/`)
  await rowsShown(page)
  await camera.take(page, 'portal-queue-phone')
  // Not the first: that one is the account manager's by now.
  await page.getByRole('option').nth(2).click()
  await picturesShown(page)
  await camera.take(page, 'portal-listing-phone')
  await page.getByRole('button', { name: 'Decide', exact: true }).click()
  await page.getByText('Genuine', { exact: true }).click()
  await camera.take(page, 'portal-decision-phone')
  await page.getByRole('button', { name: 'Send answer' }).click()
  await page.getByText('takes effect in').waitFor()
  progress.report('phone', 'one case answered, 360 px wide')
}

/** One case in another language, by the same keys. */
async function inLanguage(
  stage: Stage,
  brand: Visitor,
  window: 'chinese' | 'portuguese',
): Promise<Cleared> {
  const { camera, world, progress } = stage
  const visitor = await sameOn(stage, brand, window)
  const { page } = visitor
  await page.goto(`${world.urls.api}/`)
  await rowsShown(page)
  await page.getByRole('button', { name: 'Account and settings' }).click()
  await page.getByRole('menuitem', { name: LANGUAGES[window] }).click()
  await page.locator(`html[lang="${WINDOWS[window].locale}"]`).waitFor()
  await picturesShown(page)
  await camera.take(page, `portal-inbox-${window}`)
  const cleared = await clearInbox(visitor, 1)
  progress.report(window, 'one case answered by the same keys')
  return cleared
}

/** What a brand decides for itself: who is there, and what happens when nobody answers. */
async function atSettings({ camera, world }: Stage, { page }: Visitor): Promise<void> {
  for (const [address, name, drawn] of [
    ['/settings/people', 'portal-people', 'main table'],
    ['/settings/policy', 'portal-policy', 'main svg'],
  ] as const) {
    await page.goto(`${world.urls.api}${address}`)
    await page.locator(drawn).first().waitFor()
    await camera.take(page, name)
  }
}

/** The desk, and one of the cases that the brand was not sure about. */
async function asAccountManager(stage: Stage): Promise<void> {
  const { camera, world, progress } = stage
  const { page } = await enter(stage, 'desk', ACCOUNT_MANAGER.email)
  await page.goto(`${world.urls.api}/desk`)
  await page.locator('main table').first().waitFor()
  await camera.take(page, 'portal-desk')
  const escalated = page.locator('section', { hasText: 'Waiting for the account manager' })
  await escalated.locator('a[href*="case="]').first().click()
  await rowsShown(page)
  await page.getByText('Genuine', { exact: true }).click()
  await page.getByLabel('How the brand answered').fill('By telephone: Clara Nunes, HP.')
  await page.getByRole('button', { name: 'Send answer' }).click()
  await page.getByText('takes effect in').waitFor()
  progress.report('manager', 'one case answered for the brand, which was not sure')
}

/** The desk of whoever is over all managers, and the button by which a case goes on. */
async function asLead(stage: Stage): Promise<void> {
  const { camera, world, progress } = stage
  const { page } = await enter(stage, 'desk', LEAD.email)
  await page.goto(`${world.urls.api}/lead`)
  const retry = page.getByRole('button', { name: /^Ask the marketplace again/ })
  await retry.first().waitFor()
  await camera.take(page, 'portal-lead')
  await retry.first().click()
  progress.report('lead', 'the case that stood still goes on')
}

function accountOf(
  { visitors, camera, cases, progress }: Stage,
  cleared: Cleared,
  removedInShop: number,
) {
  const complaints = visitors.flatMap((visitor) => visitor.complaints)
  for (const problem of [...camera.problems, ...complaints]) progress.report('found', problem)
  const { keystrokes, seconds, verdicts, confirmed } = cleared
  return {
    ...{ cases, keystrokes, seconds, verdicts, removedInShop, confirmed },
    axeViolations: camera.problems.length,
    cspViolations: policyViolations(complaints).length,
    screenshots: camera.taken,
  }
}

/** What everybody saw last, for whoever looks into why it went no further. */
async function keepScreens({ visitors, dataDir, progress }: Stage): Promise<void> {
  for (const [index, { page }] of visitors.entries()) {
    const file = path.join(dataDir, `went-no-further-${index + 1}.png`)
    await page.screenshot({ path: file }).catch(() => undefined)
    progress.report('tour', `what was on the screen is in ${file}`)
  }
}

async function rowsShown(page: Page): Promise<void> {
  await page.locator('[role=option]').first().waitFor()
}

/** Pictures are fetched and drawn anew when they are first looked at. */
async function picturesShown(page: Page): Promise<void> {
  const areThere = () =>
    page.evaluate<boolean>(
      '[...document.images].length > 0 && [...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0)',
    )
  await until('the pictures are shown', areThere, { withinMs: 30_000 })
}
