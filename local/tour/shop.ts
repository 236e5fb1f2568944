import type { Page } from 'playwright-core'
import { until } from '../until.js'

/** A shop's page in a window of its own, which follows the shop by itself. */
export interface ShopWindow {
  page: Page
  /** Listings taken down, as the page says. */
  takenDown(): Promise<number>
  /** Waits until the page says so many. */
  untilTakenDown(count: number, withinMs: number): Promise<number>
}

/** Opens the page of a marketplace. */
export async function openShop(page: Page, address: string): Promise<ShopWindow> {
  await page.goto(address)
  const takenDown = async () => {
    const text = (await page.getByRole('status').first().textContent()) ?? ''
    const [, count] = /(\d+) taken down/.exec(text) ?? []
    if (count === undefined) throw new Error(`the shop does not say what was taken down: ${text}`)
    return Number(count)
  }
  return {
    page,
    takenDown,
    async untilTakenDown(count, withinMs) {
      const isReached = async () => (await takenDown()) >= count
      await until(`${count} listings have left the shop`, isReached, {
        withinMs,
        everyMs: 250,
      }).catch(() => undefined)
      return takenDown()
    },
  }
}
