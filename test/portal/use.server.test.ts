import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { accessProblems } from '../../local/browser/checks.js'
import { until } from '../../local/until.js'
import { EVERYTHING } from '../../store/store.js'
import { untilRecorded } from '../setup/reporting.js'
import { type PortalWorld, startPortalWorld } from './portal-world.js'

let world: PortalWorld

beforeAll(async () => {
  world = await startPortalWorld()
})
afterAll(() => world.stop())

describe('the inbox', () => {
  it('takes answers by keys alone, tells what follows, and takes one back', async () => {
    await world.report(3, 'Scarf, by keys')
    const { page, context, complaints } = await world.open('/?text=scarf')
    await page.getByRole('option').first().waitFor()
    const opened = () => new URL(page.url()).searchParams.get('case')

    // What had the focus before is not what Enter presses.
    await page.getByRole('button', { name: 'Account and settings' }).focus()
    await page.keyboard.press('j')
    await page.locator('[role=option]:focus').waitFor()
    await until('a case is open', async () => opened(), { withinMs: 5_000 })
    const first = opened() ?? ''
    await page.getByRole('radio', { name: 'Counterfeit' }).waitFor()
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    await page.getByText('Tick the statement').waitFor()
    await page.keyboard.press('a')
    await page.keyboard.press('Enter')
    await page.getByText(/removed in \d+ sec/).waitFor()
    expect(opened()).not.toBe(first)
    await untilRecorded(world.service, first, ({ phase }) => phase === 'coolingOff')

    // The statement has been accepted once: the next takes a digit and Enter.
    const second = opened() ?? ''
    await page.getByRole('radio', { name: 'Counterfeit' }).waitFor()
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    await page
      .getByText(/removed in \d+ sec/)
      .nth(1)
      .waitFor()
    await page.keyboard.press('u')
    await page.getByText('waits for an answer again').waitFor()
    const undone = await untilRecorded(
      world.service,
      second,
      ({ phase }) => phase === 'awaitingBrand',
    )
    expect(undone.decision).toBeNull()
    const kept = await world.service.store.cases.get(EVERYTHING, first)
    expect(kept?.state.decision).toMatchObject({ verdict: 'counterfeit' })

    const third = opened() ?? ''
    await page.getByRole('radio', { name: 'Genuine', exact: true }).waitFor()
    await page.keyboard.press('5')
    await page.keyboard.press('Enter')
    await page.getByText('takes effect in').waitFor()
    const released = await untilRecorded(world.service, third, ({ phase }) => phase === 'closed')
    expect(released).toMatchObject({
      ending: { outcome: 'released', releaseReason: 'genuine' },
      decision: { shownHash: expect.any(String), by: { via: 'portal' } },
    })
    expect(complaints).toEqual([])
    await context.close()
  })

  it('answers many cases at once, and stops what can be stopped', async () => {
    // None of them endangers people: those wait for ten seconds only, also in a batch.
    await world.report(2, 'Tote, by the dozen')
    const { page, context, complaints } = await world.open('/?text=dozen')
    await page.getByRole('option').first().waitFor()
    const count = await page.getByRole('option').count()
    await page.keyboard.press('Shift+A')
    await page.getByRole('button', { name: 'Decide together' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Counterfeit').click()
    await dialog.getByText('I state in good faith').click()
    await dialog.getByRole('button', { name: /^Check/ }).click()
    await dialog.getByText(`${count} listings are removed`).waitFor()
    await dialog.getByRole('button', { name: /^Send for/ }).click()
    await dialog.getByText(`${count} taken, 0 not.`).waitFor()
    await dialog.getByRole('button', { name: /^Stop/ }).click()
    await dialog.getByText(`${count} stopped, 0 could not be.`).waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('finds what is like the open case, and selects all of it by one key', async () => {
    await world.report(7, 'Umbrella with an emblem')
    const { page, context, complaints } = await world.open('/?text=umbrella')
    await page.getByRole('option').first().waitFor()
    await page
      .getByRole('option', { name: /Lucky Bags/ })
      .first()
      .click()
    await page.getByRole('button', { name: /Same seller ?\d+ ?select all \d+ cases/ }).waitFor()
    await page.keyboard.press('Shift+T')
    await page.getByText('7 selected').waitFor()
    expect(await page.getByRole('option', { selected: true }).count()).toBe(7)
    expect(new URL(page.url()).searchParams.get('shape')).toBe('an emblem umbrella with')
    await page.keyboard.press('b')
    await page.getByRole('dialog').getByRole('button', { name: 'Check 7 cases' }).waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('shows other facts in its rows, and gives all of the queue as a file', async () => {
    await world.report(2, 'Gloves to take away')
    const { page, context, complaints } = await world.open('/?text=gloves')
    const row = page.getByRole('option').first()
    await row.waitFor()
    const height = (await row.boundingBox())?.height
    await page.keyboard.press('f')
    await page.getByRole('dialog').getByText('Listing id').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Listing id: further up' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
    const columns = new URL(page.url()).searchParams.get('columns')
    expect(columns).toBe('marketplace,seller,price,severity,turn,listing,silence')
    await row.getByText(/^L[0-9a-z]{8,}$/).waitFor()
    expect((await row.boundingBox())?.height).toBe(height)

    const coming = page.waitForEvent('download')
    await page.keyboard.press('Shift+E')
    const file = await readFile(await (await coming).path(), 'utf8')
    expect(file.trim().split('\r\n')).toHaveLength(3)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('keeps a view of the queue under a name, shares, renames, opens and removes it', async () => {
    await world.report(1, 'Cushion, kept in a view')
    const { page, context, complaints } = await world.open('/?severity=S2&text=cushion')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('v')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Save what is shown as').fill('Chargers first')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await dialog.getByRole('heading', { name: 'Yours' }).waitFor()
    expect(await accessProblems(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Chargers first: change' }).click()
    await page.getByRole('menuitem', { name: /^Share within/ }).click()
    await dialog.getByRole('heading', { name: /^Shared within/ }).waitFor()
    await dialog.getByRole('button', { name: 'Removed' }).click()
    await page.waitForURL(/view=closed&outcome=takenDown$/)

    const colleague = await world.open('/')
    await colleague.page.getByRole('button', { name: 'Views of the queue' }).click()
    await colleague.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Chargers first/ })
      .click()
    await colleague.page.waitForURL(/severity=S2&text=cushion$/)
    await colleague.context.close()

    await page.keyboard.press('v')
    await dialog.getByRole('button', { name: 'Chargers first: change' }).click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await dialog.getByLabel('New name').fill('Chargers')
    await dialog.getByRole('button', { name: 'Rename' }).click()
    await dialog.getByRole('button', { name: 'Chargers: change' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await dialog.getByRole('button', { name: 'Chargers: change' }).waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
    await context.close()
  })

  it('says who decided when somebody else was first, and keeps what was written', async () => {
    await world.report(1, 'Wallet, seen twice')
    const { page, context } = await world.open('/?text=wallet')
    // Somebody whose stream is held up: otherwise the page would know before they press.
    await context.route('**/v1/live*', (route) => route.abort())
    await page.reload()
    await page.getByRole('option').first().click()
    await page.getByLabel('Explanation').fill('The stitching is ours.')
    const caseId = new URL(page.url()).searchParams.get('case') ?? ''
    const answer = await world.api.call(
      'POST',
      `/v1/cases/${encodeURIComponent(caseId)}/decision`,
      {
        key: 'brandAdmin',
        body: { verdict: 'notOurs' },
      },
    )
    expect(answer.statusCode).toBe(200)
    await page.getByText('Genuine', { exact: true }).click()
    await page.getByRole('button', { name: 'Send answer' }).click()

    const refusal = page.getByRole('alertdialog')
    await refusal.getByText('Your answer was not taken.').waitFor()
    await refusal
      .getByText(/brandAdmin already answered: Not our brand, (now|\d+ sec\. ago)/)
      .waitFor()
    await refusal.getByRole('button', { name: 'Go on' }).waitFor()
    await page.getByRole('link', { name: 'Look at the case' }).click()
    await page.getByText('Decided by brandAdmin').waitFor()
    const kept = await page.evaluate<string>("sessionStorage.getItem('joint-force.drafts')")
    expect(kept).toContain('The stitching is ours.')
    await context.close()
  })

  it('shows what others do as it happens, in every tab, and leaves focus and selection alone', async () => {
    await world.report(1, 'Leather belt, live')
    const { page, context, complaints } = await world.open('/?text=belt')
    const other = await context.newPage()
    await other.goto(page.url())
    const row = (of: typeof page) => of.getByRole('option', { name: /Leather belt/ }).first()
    await row(page).waitFor()
    await row(other).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('1 selected').waitFor()
    const caseId = new URL(page.url()).searchParams.get('case') ?? ''
    const decided = await world.api.call(
      'POST',
      `/v1/cases/${encodeURIComponent(caseId)}/decision`,
      {
        key: 'brandAdmin',
        body: { verdict: 'genuine' },
      },
    )
    expect(decided.statusCode).toBe(200)

    // Long before either tab would ask again by itself.
    await row(page).getByText('Listing stays online').waitFor({ timeout: 10_000 })
    await row(other).getByText('Listing stays online').waitFor({ timeout: 10_000 })
    expect(await page.getByText('1 selected').count()).toBe(1)
    expect(complaints).toEqual([])
    await context.close()
  })
})

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
    await page.getByRole('navigation').waitFor()

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

    await opening.page.getByRole('navigation').waitFor()
    expect(new URL(opening.page.url()).hash).toBe('')
    await asking.context.close()
    await opening.context.close()
  })

  it('goes by the account of a provider, and says when that is away', async () => {
    const { page, context } = await world.open('/sign-in', { isSignedIn: false })
    await page.getByRole('link', { name: 'Sign in with Northwind accounts' }).click()
    await page.getByRole('alert').getByText('Signing in there does not work').waitFor()
    expect(new URL(page.url()).pathname).toBe('/sign-in')
    await context.close()
  })
})
