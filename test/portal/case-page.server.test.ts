import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { casePath } from '../../client/paths.js'
import { untilRecorded } from '../setup/reporting.js'
import { type PortalWorld, startPortalWorld } from './portal-world.js'

let world: PortalWorld
let caseId: string

beforeAll(async () => {
  world = await startPortalWorld()
  ;[caseId = ''] = await world.report(1)
})
afterAll(() => world.stop())

const address = () => `/cases/${encodeURIComponent(caseId)}`

describe('the page of a case', () => {
  it('says who has it, since when and by which clause of the policy', async () => {
    const { page, context } = await world.open(address())
    const asked = page.getByRole('listitem').filter({ hasText: 'Brand asked' })
    await asked.waitFor()
    const told = await asked.innerText()
    expect(told).toContain('the brand has 3 days of working time to answer')
    expect(told).toContain('policy version 1, severities.S2.brand.windowMs')
    expect(told).toMatch(/Turn of the brand, for \d+ \S+ so far/)
    await page.getByRole('definition').getByText('Ana Souza').waitFor()
    await context.close()
  })

  it('verifies the record on the server, and says when it is not what it was', async () => {
    const { page, context } = await world.open(address())
    await page.getByRole('button', { name: 'Verify the record' }).click()
    await page.getByText(/entries verified: nothing was changed/).waitFor()

    const events = world.service.database.raw.collection('caseEvents')
    await events.updateOne({ caseId, seq: 2 }, { $set: { 'data.cause': 'returned' } })
    await page.getByRole('button', { name: 'Verify again' }).click()
    await page.getByText('The record is not what it was.').waitFor()
    const problem = page.getByText('Entry 2: what is shown of it is not what was recorded')
    expect(await problem.isVisible()).toBe(true)
    await events.updateOne({ caseId, seq: 2 }, { $set: { 'data.cause': 'opened' } })
    await context.close()
  })

  it('keeps notes apart: a brand reads its own, and staff says for whom each is', async () => {
    const { page, context } = await world.open(address(), { role: 'accountManager' })
    for (const [reader, text] of [
      ['Staff only', 'they rang us'],
      ['The marketplace and staff', 'please keep the offer on file'],
    ] as const) {
      await page.getByRole('button', { name: /Who reads it/ }).click()
      await page.getByRole('option', { name: reader }).click()
      await page.getByLabel('Note').fill(text)
      await page.getByRole('button', { name: 'Add the note' }).click()
      await page.getByRole('listitem').filter({ hasText: text }).waitFor()
    }
    await context.close()
    await untilRecorded(world.service, caseId, ({ notes }) => notes === 2)

    const brand = await world.open(address())
    await brand.page.getByRole('listitem').filter({ hasText: 'Brand asked' }).waitFor()
    expect(await brand.page.getByText('they rang us').count()).toBe(0)
    expect(await brand.page.getByRole('button', { name: /Who reads it/ }).count()).toBe(0)
    await brand.context.close()
    const read = await world.api.call('GET', `/v1${casePath(caseId, '/events')}`, {
      key: 'monitor',
    })
    expect(read.body).toContain('please keep the offer on file')
    expect(read.body).not.toContain('they rang us')
  })

  it('prints whole: every sheet of paper follows from the one before, without bars and buttons', async () => {
    const { page, context } = await world.open(address())
    await page.getByRole('listitem').filter({ hasText: 'Brand asked' }).waitFor()
    await page.emulateMedia({ media: 'print' })
    const { inner, outer } = await page.evaluate<{ inner: number; outer: number }>(
      `({ inner: document.querySelector('article').scrollHeight, outer: document.documentElement.scrollHeight })`,
    )
    expect(outer).toBeGreaterThanOrEqual(inner)
    for (const name of ['Verify the record', 'Print', 'Account and settings']) {
      expect(await page.getByRole('button', { name }).isVisible()).toBe(false)
    }
    await context.close()
  })
})
