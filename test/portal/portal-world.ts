import type { AddressInfo } from 'node:net'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { createOpenIdConnect } from '../../api/sign-in/open-id-connect.js'
import type { Intake } from '../../contract/sighting.js'
import type { PersonRole } from '../../domain/vocabulary.js'
import { complaintsOf } from '../../local/browser/checks.js'
import { provisionContext } from '../../local/provision/context.js'
import { provisionPortal } from '../../local/provision/portal.js'
import type { Picture } from '../../domain/listing/listing.js'
import type { Pictures } from '../../evidence/pictures.js'
import { randomSuffix } from '../../platform/digest.js'
import { buildMembership } from '../builders/person.js'
import { buildSighting } from '../builders/sighting.js'
import { SESSION_COOKIE, startApi, tenantOf, TEST_CONFIG, type TestApi } from '../api/test-api.js'
import { startService, type TestService } from '../setup/service.js'
import { browserLaunch } from '../setup/environment.js'
import { untilRecorded } from '../setup/reporting.js'

/** Offers as a monitor would report them: of several sellers, prices and severities. */
const OFFERS = [
  ['Classic shoulder bag, original factory quality', 'shop-2214', 'Lucky Bags', 199, 'S2'],
  ['Northwind tote, mirror grade, with dust bag and card', 'shop-2214', 'Lucky Bags', 349, 'S2'],
  ['Northwind travel charger 65 W, no certificate', 'shop-8810', 'Volt Corner', 29, 'S1'],
  ['Leather belt in the style of Northwind, gift box', 'shop-3071', 'Belt House', 88, 'S3'],
  ['Northwind Classic wallet, staff sale, last pieces', 'shop-5520', 'Mia’s Wardrobe', 420, 'S4'],
  ['女士单肩包 原厂品质 支持验货', 'shop-2214', 'Lucky Bags', 158, 'S2'],
] as const

/** It does not answer. */
const PROVIDER = {
  ...{ issuer: 'http://127.0.0.1:9', clientId: 'joint-force', clientSecret: 'of the tests' },
  name: 'Northwind accounts',
}

/** The portal as people meet it: built, served by the API, on running servers, in a browser. */
export interface PortalWorld {
  service: TestService
  api: TestApi
  origin: string
  browser: Browser
  /** Reports so many offers, all of that title if one is given, and waits until their brand has been asked. */
  report(count: number, title?: string): Promise<string[]>
  /** Opens a page of the portal, as a member of the brand unless told. */
  open(address: string, visit?: Visit): Promise<Visited>
  /** A browser of somebody's own, a member of the brand unless told. */
  enter(visit?: Visit): Promise<BrowserContext>
  /** Opens a page in such a browser. */
  openIn(context: BrowserContext, address: string): Promise<Visited>
  stop(): Promise<void>
}

/** How somebody looks at the portal. */
export interface Visit {
  width?: number
  height?: number
  colorScheme?: 'light' | 'dark'
  locale?: 'en' | 'zh-CN' | 'pt-BR'
  role?: PersonRole
  /** True unless told. */
  isSignedIn?: boolean
}

/** A page that is open, and what the browser has complained of on it. */
export interface Visited {
  page: Page
  context: BrowserContext
  complaints: string[]
}

/** What it shows besides. */
export interface PortalWorldOptions {
  /** None are kept unless told. */
  pictures?: Pictures
  /** Those of every listing that is reported. */
  listed?: Picture[]
}

/** Starts it; what is decided in the portal can be undone for ten seconds. */
export async function startPortalWorld({
  pictures,
  listed = [],
}: PortalWorldOptions = {}): Promise<PortalWorld> {
  const portalDir = await provisionPortal(provisionContext())
  const service = await startService()
  const api = await startApi(service, {
    config: { ...TEST_CONFIG, PORTAL_DIR: portalDir },
    provider: createOpenIdConnect(PROVIDER, TEST_CONFIG.PUBLIC_URL),
    ...(pictures ? { pictures } : {}),
  })
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  const origin = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`
  const browser = await chromium.launch(await browserLaunch())

  async function reportOne(index: number, given?: string): Promise<string> {
    const [usual, sellerId, name, amount, severity] = OFFERS[index % OFFERS.length] ?? OFFERS[0]
    const listingId = `L${randomSuffix()}`
    const { sightingId, ...sighting } = buildSighting({
      suspectedSeverity: severity,
      listing: {
        listingId,
        title: given ?? usual,
        price: { amount, currency: 'CNY' },
        suggestedPrice: { amount: 2_400, currency: 'CNY' },
        units: 1,
        seller: { id: sellerId, name, reputation: 'two diamonds', transactions: 812 },
        pictures: listed,
      },
    })
    const { listing } = sighting
    await service.sandbox.loadListings('taobao', JSON.stringify({ ...listing, unitsPerListing: 1 }))
    const body = { ...sighting, externalId: sightingId }
    const answer = await api.call('POST', '/v1/cases', { key: 'monitor', body })
    if (answer.statusCode !== 202) throw new Error(`not reported: ${answer.body}`)
    const { caseId } = answer.json<Intake>()
    await untilRecorded(service, caseId, ({ phase }) => phase === 'awaitingBrand')
    return caseId
  }

  return {
    service,
    api,
    origin,
    browser,
    report: (count, title) =>
      Promise.all(Array.from({ length: count }, (_, index) => reportOne(index, title))),
    open: async (address, visit) => openIn(await enter(visit), address),
    enter,
    openIn,
    stop: async () => {
      await browser.close()
      await api.close()
      await service.stop()
    },
  }

  async function enter(visit: Visit = {}): Promise<BrowserContext> {
    const { width = 1440, height = 900, colorScheme = 'light', locale = 'en' } = visit
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      locale,
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    })
    if (visit.isSignedIn ?? true) await signIn(context, visit)
    return context
  }

  async function openIn(context: BrowserContext, address: string): Promise<Visited> {
    const page = await context.newPage()
    const complaints = complaintsOf(page)
    await page.goto(`${origin}${address}`)
    return { page, context, complaints }
  }

  /** In that browser there is a session of somebody who has joined. */
  async function signIn(context: BrowserContext, { role = 'brandMember', locale = 'en' }: Visit) {
    const memberships = [buildMembership({ role, ...tenantOf(role) })]
    const { session } = await api.makePerson({ locale, memberships })
    await context.addCookies([{ name: SESSION_COOKIE, value: session, url: origin }])
  }
}
