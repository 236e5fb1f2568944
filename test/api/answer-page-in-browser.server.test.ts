import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Browser, chromium, type Page } from 'playwright-core'
import { brandRecipient } from '../../domain/notice/recipients.js'
import { EVERYTHING } from '../../store/store.js'
import { until } from '../../local/until.js'
import { buildBrand } from '../builders/brand.js'
import { browserLaunch } from '../setup/environment.js'
import { reportAskedCase, untilRecorded } from '../setup/reporting.js'
import { answerLink } from '../builders/answer-link.js'
import { startService, type TestService } from '../setup/service.js'
import { startApi, type TestApi } from './test-api.js'

let service: TestService
let api: TestApi
let browser: Browser
let origin: string

beforeAll(async () => {
  const [contact] = buildBrand().contacts
  if (!contact) throw new Error('the brand of the tests has no contact')
  const brazilian = { ...contact, contactId: 'joana-lima', locale: 'pt-BR' as const }
  const chinese = { ...contact, contactId: 'wang-fang', locale: 'zh-CN' as const }
  service = await startService({ brand: { contacts: [contact, chinese, brazilian] } })
  api = await startApi(service)
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  origin = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`
  browser = await chromium.launch(await browserLaunch())
})
afterAll(async () => {
  await browser.close()
  await api.close()
  await service.stop()
})

async function openLink(contactId: string): Promise<{ caseId: string; url: string }> {
  const { caseId } = await reportAskedCase(service)
  return {
    caseId,
    url: `${origin}${answerLink(caseId, { contactId: brandRecipient('northwind', contactId) })}`,
  }
}

/** A page without script, as the strictest reader has it, and what the browser complained about. */
async function open(
  url: string,
  { width = 1024, colorScheme = 'light' }: { width?: number; colorScheme?: 'light' | 'dark' } = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme,
    javaScriptEnabled: false,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  await page.goto(url)
  return { page, complaints }
}

/** Contrast of text on its background after WCAG 2.2, from computed colours. */
function contrast(foreground: string, background: string): number {
  const luminance = (color: string) => {
    const [r = 0, g = 0, b = 0] = (color.match(/\d+/g) ?? []).slice(0, 3).map((part) => {
      const share = Number(part) / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [light = 0, dark = 0] = [luminance(foreground), luminance(background)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

// What runs in the page is text here: this project's types know no browser.
const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'

async function colours(page: Page, selector: string) {
  const [color = '', background = ''] = await page.evaluate<string[]>(
    `[getComputedStyle(document.querySelector('${selector}'))]
      .flatMap(({ color, backgroundColor }) => [color, backgroundColor])`,
  )
  return { color, background }
}

describe('the answer page in a browser', () => {
  it.each([
    ['light', 1024, 'mei-lin', 'Is this listing genuine?'],
    ['dark', 1024, 'mei-lin', 'Is this listing genuine?'],
    ['light', 320, 'mei-lin', 'Is this listing genuine?'],
    ['dark', 390, 'wang-fang', '这件商品是正品吗？'],
    ['light', 390, 'joana-lima', 'Este anúncio é original?'],
  ] as const)(
    'is laid out and readable: %s, %i px wide, for %s',
    async (scheme, width, who, title) => {
      const { url } = await openLink(who)
      const { page, complaints } = await open(url, { width, colorScheme: scheme })

      expect(complaints).toEqual([])
      expect(await page.locator('h1').textContent()).toBe(title)
      const button = await colours(page, 'button')
      expect(contrast(button.color, button.background)).toBeGreaterThan(4.5)
      const sheet = await colours(page, '.sheet')
      expect(contrast(sheet.color, sheet.background)).toBeGreaterThan(4.5)
      const body = await colours(page, 'body')
      expect(body.background).not.toBe(sheet.background)
      expect(await page.evaluate(OVERFLOW)).toBe(0)
      await page.context().close()
    },
  )

  it('takes the answer by its form', async () => {
    const { caseId, url } = await openLink('mei-lin')
    const { page, complaints } = await open(url)
    await page.getByLabel('Counterfeit', { exact: false }).first().check()
    await page.getByRole('checkbox', { name: 'I state in good faith' }).check()
    await page.getByRole('button').click()

    expect(await page.locator('h1').textContent()).toContain('recorded')
    expect(complaints).toEqual([])
    const state = await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
    expect(state).toMatchObject({
      ending: { outcome: 'takenDown', basis: 'brandConfirmed' },
      decision: { by: { via: 'mailLink' } },
    })
    await page.context().close()
  })

  it('keeps answer and button in sight on a phone, and puts what is missing beside its field', async () => {
    const { caseId, url } = await openLink('mei-lin')
    const { page } = await open(url, { width: 360 })
    const button = page.getByRole('button', { name: 'Send answer' })
    const isInSight = async () => {
      const box = await button.boundingBox()
      return box !== null && box.y >= 0 && box.y + box.height <= 800
    }
    expect(await isInSight()).toBe(true)
    await page.getByRole('link', { name: 'Choose an answer' }).click()
    await page.getByLabel('Counterfeit', { exact: false }).first().check()
    expect(await page.locator('.bar .of-counterfeit').isVisible()).toBe(true)
    expect(await isInSight()).toBe(true)
    await button.click()

    const error = page.locator('#attestation-error')
    expect(await error.textContent()).toContain('Tick the statement')
    const [field, beside] = [
      await page.locator('#attestation').boundingBox(),
      await error.boundingBox(),
    ]
    expect(Math.abs((field?.y ?? 0) - (beside?.y ?? 9_999))).toBeLessThan(120)
    expect(await page.evaluate(OVERFLOW)).toBe(0)
    expect((await service.store.cases.get(EVERYTHING, caseId))?.state.answers).toEqual([])
    await page.context().close()
  })

  it('is scanned by a browser that runs scripts and follows every link, and nothing changes', async () => {
    const { caseId, url } = await openLink('mei-lin')
    const before = await service.store.cases.get(EVERYTHING, caseId)
    const context = await browser.newContext()
    const page = await context.newPage()
    const sent: string[] = []
    page.on('request', (request) => sent.push(request.method()))
    await page.goto(url)
    const links = await page.evaluate<string[]>(
      `[...document.links].map(({ href }) => href).filter((href) => href.startsWith(location.origin))`,
    )
    await page.evaluate(`(() => {
      const hint = document.createElement('link')
      Object.assign(hint, { rel: 'prefetch', href: location.href })
      document.head.append(hint)
    })()`)
    for (const link of links) await page.goto(link)
    await page.goto(url)
    for (const field of await page.locator('label').all()) await field.hover()
    expect(links.length).toBeGreaterThan(0)
    expect(new Set(sent)).toEqual(new Set(['GET']))
    expect(await service.store.cases.get(EVERYTHING, caseId)).toEqual(before)
    await context.close()
  })

  it('is neither read by a script of another site nor shown in a frame of it', async () => {
    const { url } = await openLink('mei-lin')
    const site = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><iframe></iframe>')
    })
    site.listen(0, '127.0.0.1')
    await once(site, 'listening')
    const context = await browser.newContext()
    try {
      const page = await context.newPage()
      // By another name, because a browser takes all ports of one host for one site.
      await page.goto(`http://localhost:${(site.address() as AddressInfo).port}/`)
      const read = `fetch(${JSON.stringify(url)}).then((answer) => answer.text(), String)`
      expect(await page.evaluate(read)).toBe('TypeError: Failed to fetch')
      await page.evaluate(`document.querySelector('iframe').src = ${JSON.stringify(url)}`)
      const framed = () => page.frames()[1]?.url().startsWith('chrome-error:') ?? false
      await until('the browser refuses to frame it', framed, { withinMs: 10_000 })
    } finally {
      await context.close()
      site.close()
    }
  })
})
