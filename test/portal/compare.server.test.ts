import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { openPictures } from '../../evidence/create-pictures.js'
import { accessProblems, overflowOf } from '../../local/browser/checks.js'
import { until } from '../../local/until.js'
import { drawPicture } from '../../sandbox/drawing.js'
import { buildReference } from '../builders/brand.js'
import { type PortalWorld, startPortalWorld } from './portal-world.js'

const TITLE = 'Classic shoulder bag, original factory quality'
let world: PortalWorld
let folder: string
let caseId: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'joint-force-compare-'))
  const pictures = openPictures({ folder, localOrigins: [], now: Date.now })
  const drawn = (name: string) =>
    drawPicture({ marketplace: 'taobao', listingId: name, title: 'charger' })
  const [ours, theirs] = await Promise.all([
    pictures.keep(await drawn('genuine')),
    pictures.keep(
      await sharp(await drawn('copy'))
        .png()
        .toBuffer(),
    ),
  ])
  world = await startPortalWorld({ pictures, listed: [{ sha256: theirs.sha256 }] })
  await world.service.store.references.add(
    buildReference({
      ...{ name: 'Northwind shoulder bag', words: ['shoulder bag'], pictures: [ours] },
      features: ['A zip of brass', 'The number is stamped'],
    }),
    500,
  )
  ;[caseId = ''] = await world.report(1, TITLE)
})
afterAll(async () => {
  await world.stop()
  await rm(folder, { recursive: true, force: true })
})

const open = async (visit = {}) => {
  const visited = await world.open(`/?case=${encodeURIComponent(caseId)}&pane=listing`, visit)
  await visited.page.getByText('Genuine: Northwind shoulder bag').waitFor()
  return visited
}
const scales = (page: Page) =>
  page.evaluate<number[]>(
    `[...document.querySelectorAll('[role=group] > div')].map((each) => new DOMMatrix(getComputedStyle(each).transform).a)`,
  )

const untilScales = (page: Page, expected: number[]) =>
  until('both are zoomed', async () => isDeepStrictEqual(await scales(page), expected), {
    withinMs: 5_000,
  })

describe('a listing beside the genuine product', () => {
  it('is zoomed together with it, by a key and back', async () => {
    const { page, context, complaints } = await open()
    await page.locator('[role=group] img').nth(1).waitFor()
    expect(await scales(page)).toEqual([1, 1])
    await page.keyboard.press('z')
    await untilScales(page, [2.5, 2.5])
    await page.keyboard.press('z')
    await untilScales(page, [1, 1])
    expect(complaints).toEqual([])
    await context.close()
  })

  it('is laid over it, and divided by the arrow keys alone', async () => {
    const { page, context } = await open()
    await page.locator('[role=group] img').nth(1).waitFor()
    await page.keyboard.press('c')
    const slider = page.getByRole('slider', { name: 'How much of the listing is shown' })
    await slider.focus()
    const clipOf = () => page.locator('[role=group] [style*=clip-path]').getAttribute('style')
    const before = await clipOf()
    await page.keyboard.press('ArrowRight')
    expect(await slider.inputValue()).toBe('51')
    expect(await clipOf()).not.toBe(before)
    await page.keyboard.press('c')
    await slider.waitFor({ state: 'detached' })
    await context.close()
  })

  it('says what the price is of the suggested one, and writes what is not seen into the explanation', async () => {
    const { page, context } = await open()
    await page.getByText('8% of the suggested price').waitFor()
    await page.getByText('A zip of brass').click()
    await page.getByText('1 of 2 seen').waitFor()
    await page.getByRole('button', { name: 'Write what is missing' }).click()
    const explanation = page.getByLabel('Explanation')
    expect(await explanation.inputValue()).toBe('Not seen: The number is stamped.')
    await context.close()
  })

  it.each([360, 1440])('can be read and used by everybody, %i px wide', async (width) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, context } = await open({ width, colorScheme })
      await page.locator('[role=group] img').nth(1).waitFor()
      expect(await accessProblems(page)).toEqual([])
      await page.keyboard.press('c')
      expect(await accessProblems(page)).toEqual([])
      expect(await overflowOf(page)).toBeLessThanOrEqual(0)
      await context.close()
    }
  })
})
