import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import { accessProblems, overflowOf } from '../../local/browser/checks.js'
import { buildAuthorisedSeller, buildReference } from '../builders/brand.js'
import { buildEndpoint } from '../builders/webhook.js'
import { type PortalWorld, startPortalWorld, type Visit } from './portal-world.js'

let world: PortalWorld
let caseId: string

beforeAll(async () => {
  world = await startPortalWorld()
  ;[caseId = ''] = await world.report(3)
  const body = { text: 'Do you need the test report?', caseId }
  await world.api.call('POST', '/v1/questions', { key: 'brandMember', body })
  await world.service.store.authorisedSellers.add(buildAuthorisedSeller())
  await world.service.store.references.add(buildReference(), 10)
  await world.service.store.webhookEndpoints.create(buildEndpoint(), 1)
})
afterAll(() => world.stop())

interface Screen {
  address: () => string
  drawn: string
  /** Who looks at it; a member of the brand unless told. */
  role?: Visit['role']
}

/** Every screen: its address, and what is there once it is drawn. */
const SCREENS: Record<string, Screen> = {
  inbox: { address: () => '/', drawn: '[role=option]' },
  listing: { address: () => `/?case=${encodeURIComponent(caseId)}&pane=listing`, drawn: 'dl dd' },
  decision: {
    address: () => `/?case=${encodeURIComponent(caseId)}&pane=decision`,
    drawn: 'input[type=radio]',
  },
  empty: { address: () => '/?text=nothing-of-that-name', drawn: 'section p' },
  case: { address: () => `/cases/${encodeURIComponent(caseId)}`, drawn: 'article ol li' },
  'own sessions': { address: () => '/settings/sessions', drawn: 'table tbody tr' },
  questions: { address: () => '/questions', drawn: 'article li' },
  'questions to answer': {
    address: () => '/questions',
    drawn: 'article textarea',
    role: 'accountManager',
  },
  desk: { address: () => '/desk', drawn: 'table tbody tr', role: 'accountManager' },
  'desk of somebody': { address: () => '/desk?of=ana-souza', drawn: 'table', role: 'lead' },
  lead: { address: () => '/lead', drawn: 'table tbody tr', role: 'lead' },
  dashboard: { address: () => '/dashboard', drawn: '.recharts-line' },
  'dashboard of staff': {
    address: () => '/dashboard?days=365&compare=none',
    drawn: '.recharts-line',
    role: 'lead',
  },
  brands: { address: () => '/brands', drawn: 'table tbody tr', role: 'operator' },
  marketplaces: { address: () => '/marketplaces', drawn: 'table tbody tr', role: 'operator' },
  people: { address: () => '/settings/people', drawn: 'table tbody tr', role: 'brandAdmin' },
  'API keys': { address: () => '/settings/keys', drawn: 'table tbody tr', role: 'brandAdmin' },
  webhooks: { address: () => '/settings/webhooks', drawn: 'table tbody tr', role: 'brandAdmin' },
  'authorised sellers': { address: () => '/settings/sellers', drawn: 'table tbody tr' },
  'genuine products': { address: () => '/settings/references', drawn: 'table tbody tr' },
  contacts: { address: () => '/settings/contacts', drawn: 'table tbody tr', role: 'brandAdmin' },
  'working days': { address: () => '/settings/calendar', drawn: 'fieldset', role: 'brandAdmin' },
  policy: { address: () => '/settings/policy', drawn: 'figure svg', role: 'brandAdmin' },
  'policy, to read only': { address: () => '/settings/policy', drawn: 'figure svg' },
  'no such case': { address: () => '/cases/none', drawn: '[role=alert]' },
  'no such page': { address: () => '/nowhere', drawn: 'main a' },
  'sign-in': { address: () => '/sign-in', drawn: 'input[type=email]' },
  'sign-in that was refused': {
    address: () => '/sign-in?problem=sign-in-refused',
    drawn: '[role=alert]',
  },
  'sign-in by a link': { address: () => '/sign-in#token', drawn: 'button[type=submit]' },
}

type Locale = NonNullable<Visit['locale']>
type Role = NonNullable<Visit['role']>
const LOCALES: readonly Locale[] = ['en', 'zh-CN', 'pt-BR']
const THEMES = ['light', 'dark'] as const
const WIDTHS = [360, 1440]

/** Every theme and every width in each language, and each theme at each width in one of them. */
async function problemsOf(page: Page, turn: number): Promise<string[]> {
  const found: string[] = []
  for (const [index, colorScheme] of THEMES.entries()) {
    const width = WIDTHS[(index + turn) % WIDTHS.length] ?? 0
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 900 })
    const problems = await accessProblems(page)
    if ((await overflowOf(page)) > 0) problems.push('is wider than its window')
    found.push(...problems.map((problem) => `${colorScheme}, ${width} px: ${problem}`))
  }
  return found
}

// A browser starts with nothing loaded. One that nobody uses is taken again; two at once would
// wait for each other's streams.
const unused = new Map<string, BrowserContext[]>()

async function inBrowserOf(
  role: Role,
  locale: Locale,
  look: (context: BrowserContext) => Promise<void>,
): Promise<void> {
  const whose = `${role} ${locale}`
  const free = unused.get(whose) ?? []
  unused.set(whose, free)
  const context = free.pop() ?? (await world.enter({ role, locale }))
  await look(context)
  free.push(context)
}

describe.each(LOCALES.map((locale, turn) => [locale, turn] as const))('in %s', (locale, turn) => {
  it.concurrent.each(Object.entries(SCREENS))(
    'everybody can read and use: %s',
    async (_, screen) => {
      const { address, drawn, role = 'brandMember' } = screen
      await inBrowserOf(role, locale, async (context) => {
        const { page, complaints } = await world.openIn(context, address())
        await page.locator(drawn).first().waitFor({ state: 'attached' })

        expect(await page.locator('h1').count()).toBe(1)
        expect(await page.evaluate('document.documentElement.lang')).toBe(locale)
        expect(await problemsOf(page, turn)).toEqual([])
        expect(complaints.filter((complaint) => !/status of 404/.test(complaint))).toEqual([])
        await page.close()
      })
    },
  )
})
