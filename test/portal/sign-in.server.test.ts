import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { until } from '../../local/until.js'
import { type PortalWorld, startPortalWorld } from './portal-world.js'

let world: PortalWorld

beforeAll(async () => {
  world = await startPortalWorld()
})
afterAll(() => world.stop())

/** Asks for a link on the page, and gives the token of the mail that comes, and the code that is shown. */
async function askForLink(page: Page, email: string): Promise<{ token: string; code: string }> {
  const before = world.api.mails.length
  await page.getByLabel('Your mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  const shown = await page.getByText('type this code there').textContent()
  const mail = await until('the mail comes', () => world.api.mails[before], { withinMs: 20_000 })
  const [, token = ''] = /sign-in#([\w-]+)/.exec(mail.text) ?? []
  return { token, code: /\d{6}/.exec(shown ?? '')?.[0] ?? '' }
}

describe('signing in', () => {
  it('goes by a link in a mail, which only a button uses up, and leads to the inbox', async () => {
    const { person } = await world.api.makePerson({})
    const { page, context } = await world.open('/', { isSignedIn: false })
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    const { token } = await askForLink(page, person.email)

    await page.goto(`${world.origin}/sign-in#${token}`)
    await page.reload()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Nothing to do here').waitFor()

    await page.getByRole('button', { name: 'Account and settings' }).click()
    await page.getByText(person.email).waitFor()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Send me a link' }).waitFor()
    expect(await page.evaluate("fetch('/v1/session').then(({ status }) => status)")).toBe(401)
    await context.close()
  })

  it('asks for the code in another browser', async () => {
    const { person } = await world.api.makePerson({})
    const asking = await world.open('/sign-in', { isSignedIn: false })
    const { token, code } = await askForLink(asking.page, person.email)
    const opening = await world.open(`/sign-in#${token}`, { isSignedIn: false })
    await opening.page.getByRole('button', { name: 'Sign in' }).click()
    await opening.page.getByLabel('Code').fill(code)
    await opening.page.getByRole('button', { name: 'Sign in' }).click()

    await opening.page.getByText('Nothing to do here').waitFor()
    expect(new URL(opening.page.url()).hash).toBe('')
    await asking.context.close()
    await opening.context.close()
  })
})
