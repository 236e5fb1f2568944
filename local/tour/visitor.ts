import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Locale } from '../../wording/vocabulary.js'
import { complaintsOf, reportPolicyViolations } from '../browser/checks.js'
import { listMails } from '../inbox/client.js'
import { until } from '../until.js'
import type { World } from '../world/open-world.js'

/** Cookies and storage of a browser. */
type BrowserState = Awaited<ReturnType<BrowserContext['storageState']>>

/** The window somebody looks through, and the language they read. */
export interface Window {
  width: number
  height: number
  locale: Locale
  timeZone: string
  /** Fingers in place of a mouse and keys. */
  isTouched?: boolean
}

/** Somebody at the portal in a browser of their own. */
export interface Visitor {
  context: BrowserContext
  page: Page
  /** What the consoles of their pages complained of. */
  complaints: string[]
  /** Presses a key, which is counted. */
  press: (key: string) => Promise<void>
  /** Keys pressed so far. */
  keystrokes: () => number
}

const DESK = { width: 1440, height: 900 }
/** The narrowest that everything is drawn for. */
const PHONE = { width: 360, height: 740 }

export const WINDOWS = {
  desk: { ...DESK, locale: 'en', timeZone: 'America/Sao_Paulo' },
  phone: { ...PHONE, locale: 'en', timeZone: 'America/Sao_Paulo', isTouched: true },
  chinese: { ...DESK, locale: 'zh-CN', timeZone: 'Asia/Shanghai' },
  portuguese: { ...DESK, locale: 'pt-BR', timeZone: 'America/Sao_Paulo' },
} as const satisfies Record<string, Window>

const LOAD = { withinMs: 30_000, everyMs: 100 }

/** Lets somebody look at that origin through a window, as who they are by `state`, if they are anybody yet. */
export async function visit(
  browser: Browser,
  window: Window,
  origin: string,
  state?: BrowserState,
): Promise<Visitor> {
  const { width, height, locale, timeZone, isTouched = false } = window
  const context = await browser.newContext({
    viewport: { width, height },
    locale,
    timezoneId: timeZone,
    reducedMotion: 'reduce',
    hasTouch: isTouched,
    isMobile: isTouched,
    baseURL: origin,
    ...(state ? { storageState: state } : {}),
  })
  await reportPolicyViolations(context)
  const page = await context.newPage()
  let pressed = 0
  return {
    context,
    page,
    complaints: complaintsOf(page),
    keystrokes: () => pressed,
    async press(key) {
      pressed++
      await page.keyboard.press(key)
    },
  }
}

/** Asks for a link on the page, takes it from the mail in the local inbox and goes in by it. */
export async function signInByMail({ page }: Visitor, email: string, { urls }: World) {
  const before = (await listMails(urls.inbox)).length
  await page.goto(`${urls.api}/sign-in`)
  await page.locator('input[type=email]').fill(email)
  await page.locator('button[type=submit]').click()
  const link = await until(
    `a link to sign in reaches ${email}`,
    async () => {
      const mails = await listMails(urls.inbox, before)
      const mine = mails.filter(({ envelope }) => envelope.to.some((to) => to.address === email))
      return mine
        .map(({ text = '' }) => /https?:\/\/\S+\/sign-in#\S+/.exec(text)?.[0])
        .find(Boolean)
    },
    LOAD,
  )
  await page.goto(link)
  await page.reload()
  await page.locator('button[type=submit]').click()
  await page.locator('header nav').waitFor()
}
