import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import { accessProblems, overflowOf } from '../../local/browser/checks.js'
import { provisionChromium } from '../../local/provision/chromium.js'
import { provisionContext } from '../../local/provision/context.js'
import type { Locale } from '../../wording/vocabulary.js'
import type { Letter } from './letters.js'

/** How a mail is looked at: by whom, in which window, at what time of day. */
interface View {
  width: number
  locale: Locale
  colorScheme: 'light' | 'dark'
}

/** The views of each mail; the names end those of its pictures. */
export const VIEWS = {
  wide: { width: 680, locale: 'en', colorScheme: 'light' },
  narrow: { width: 360, locale: 'en', colorScheme: 'light' },
  dark: { width: 680, locale: 'en', colorScheme: 'dark' },
  chinese: { width: 680, locale: 'zh-CN', colorScheme: 'light' },
} as const satisfies Record<string, View>

/** What is below is more of the same, and would fill a repository. */
const MAX_HEIGHT = 1_200
const COLOURS = 16
/** What a picture may weigh. */
export const MAX_BYTES = 60_000

/** What became of the pictures. */
export interface Taken {
  files: string[]
  /** What axe found, whatever is wider than its window or larger than a repository should hold. */
  problems: string[]
}

/** Renders mails in a browser, each in every view, and keeps them as `<mail>-<view>.png` in a folder. */
export async function takePictures(letters: readonly Letter[], dir: string): Promise<Taken> {
  await mkdir(dir, { recursive: true })
  const browser = await chromium.launch(await provisionChromium(provisionContext()))
  const taken: Taken = { files: [], problems: [] }
  try {
    for (const [viewName, { width, locale, colorScheme }] of Object.entries(VIEWS)) {
      const page = await browser.newPage({ viewport: { width, height: 600 }, colorScheme })
      for (const { name, write } of letters) {
        const file = `${name}-${viewName}.png`
        await page.setContent(write(locale).html)
        const problems = await problemsOf(page)
        const picture = await pictureOf(page, width)
        if (picture.length > MAX_BYTES) problems.push(`has ${picture.length} bytes`)
        await writeFile(path.join(dir, file), picture)
        taken.files.push(file)
        taken.problems.push(...problems.map((problem) => `${file}: ${problem}`))
      }
      await page.close()
    }
  } finally {
    await browser.close()
  }
  return taken
}

async function problemsOf(page: Page): Promise<string[]> {
  const problems = await accessProblems(page)
  if ((await overflowOf(page)) > 0) problems.push('is wider than its window')
  return problems
}

async function pictureOf(page: Page, width: number): Promise<Buffer> {
  const whole = await page.evaluate<number>('document.documentElement.scrollHeight')
  await page.setViewportSize({ width, height: Math.min(whole, MAX_HEIGHT) })
  const picture = await page.screenshot()
  await page.setViewportSize({ width, height: 600 })
  return sharp(picture).png({ palette: true, colours: COLOURS, effort: 10 }).toBuffer()
}
