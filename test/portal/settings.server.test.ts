import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openPictures } from '../../evidence/create-pictures.js'
import { brandRecipient } from '../../domain/notice/recipients.js'
import { until } from '../../local/until.js'
import { addressDigest } from '../../platform/answer-token.js'
import { drawPicture } from '../../sandbox/drawing.js'
import { EVERYTHING } from '../../store/store.js'
import { type PortalWorld, startPortalWorld } from './portal-world.js'

let world: PortalWorld
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'joint-force-settings-'))
  const pictures = openPictures({ folder, localOrigins: [], now: Date.now })
  world = await startPortalWorld({ pictures })
})
afterAll(async () => {
  await world.stop()
  await rm(folder, { recursive: true, force: true })
})

const asAdmin = { role: 'brandAdmin' } as const

describe('people', () => {
  it('are invited, given another role, and deactivated', async () => {
    const { page, context, complaints } = await world.open('/settings/people', asAdmin)
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Rui Tavares')
    await dialog.getByLabel('Mail address').fill('rui@northwind.example')
    await dialog.getByRole('button', { name: 'Send the invitation' }).click()
    await page.getByText('A mail is on its way to rui@northwind.example').waitFor()
    expect(world.api.mails.at(-1)?.to).toMatchObject({ address: 'rui@northwind.example' })
    const row = page.getByRole('row').filter({ hasText: 'Rui Tavares' })
    await row.getByText('Invited until').waitFor()

    await row.getByRole('button', { name: /^Change/ }).click()
    await dialog.getByRole('button', { name: /Role/ }).click()
    await page.getByRole('option', { name: 'Administrator of the brand' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await row.getByText('Administrator of the brand').waitFor()

    await row.getByRole('button', { name: /^Deactivate/ }).click()
    await dialog.getByRole('button', { name: 'Deactivate' }).click()
    await page.getByRole('table', { name: 'Former' }).getByText('Rui Tavares').waitFor()
    const person = await world.service.store.people.findByEmail('rui@northwind.example')
    expect(person).toMatchObject({
      deactivatedAt: expect.any(Date),
      memberships: [{ role: 'brandAdmin', brandIds: ['northwind'] }],
    })
    expect(complaints).toEqual([])
    await context.close()
  })

  it('learn that somebody else was first, and see what they did', async () => {
    const { person } = await world.api.makePerson({ name: 'Ana Lima' })
    const { page, context } = await world.open('/settings/people', asAdmin)
    await page
      .getByRole('row')
      .filter({ hasText: 'Ana Lima' })
      .getByRole('button', { name: /^Change/ })
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Ana')
    await world.service.store.people.change(person.personId, person.rev, { name: 'Ana L. Lima' })
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Somebody else changed this meanwhile').waitFor()
    const seen = page.getByText('Ana L. Lima').first()
    await seen.waitFor({ state: 'attached' })
    expect(await world.service.store.people.find(person.personId)).toMatchObject({
      name: 'Ana L. Lima',
    })
    await context.close()
  })
})

it('a key is shown once, works, and works no more once it is revoked', async () => {
  const { page, context, complaints } = await world.open('/settings/keys', asAdmin)
  await page.getByRole('button', { name: 'Make a key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What it is for').fill('Back office')
  await dialog.getByRole('button', { name: 'Make a key' }).click()
  const key = await dialog.locator('code').innerText()
  expect((await world.api.call('GET', '/v1/brands/northwind', { key })).statusCode).toBe(200)
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'I have it' }).click()
  expect(await page.content()).not.toContain(key)

  const row = page.getByRole('row').filter({ hasText: 'Back office' })
  await row.getByRole('button', { name: /^Revoke/ }).click()
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await row.getByText('revoked').waitFor()
  expect((await world.api.call('GET', '/v1/brands/northwind', { key })).statusCode).toBe(401)
  expect(complaints).toEqual([])
  await context.close()
})

it('an endpoint of webhooks is added, its secret shown once, tried out, changed, replayed and switched off', async () => {
  const { page, context } = await world.open('/settings/webhooks', { role: 'brandAdmin' })
  await page.getByRole('button', { name: 'Add an endpoint' }).click()
  const asked = page.getByRole('dialog', { name: 'Add an endpoint' })
  const send = asked.getByRole('button', { name: 'Add an endpoint' })
  await asked.getByLabel('Address').fill('https://10.0.0.1/hooks')
  await send.click()
  await asked.getByRole('alert').waitFor()
  await asked.getByLabel('Address').fill('https://hooks.northwind.example/jf')
  await asked.getByText('somebody is reminded').click()
  await send.click()
  const secret = page.getByRole('dialog', { name: 'The secret of the endpoint' })
  expect(await secret.locator('code').textContent()).toMatch(/^whsec_/)
  await secret.getByRole('button').last().click()

  await page.getByText('7 kinds of events').waitFor()
  await page.getByRole('button', { name: 'Send a test' }).click()
  await page.getByRole('rowheader', { name: 'a test' }).waitFor()

  await page.getByRole('button', { name: 'Change' }).click()
  const change = page.getByRole('dialog', { name: 'Change' })
  await change.getByLabel('What it is for').fill('Order system')
  await change.getByText('somebody is reminded').click()
  await change.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('rowheader').getByText('Order system').waitFor()
  await page.getByText('everything', { exact: true }).waitFor()

  await page.getByRole('button', { name: 'Send a time again' }).click()
  const replay = page.getByRole('dialog', { name: 'Send again what happened' })
  const day = (offset: number) =>
    new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
  await replay.getByLabel('First day').fill(day(-1))
  await replay.getByLabel('Last day').fill(day(-3))
  await replay.getByText('The last day lies before the first.').waitFor()
  await replay.getByLabel('Last day').fill('')
  await replay.getByRole('button', { name: 'Send again' }).click()
  await replay.waitFor({ state: 'detached' })
  await page.getByText(/^Sent again what happened from/).waitFor()

  await page.getByRole('button', { name: 'Switch off' }).click()
  await page.getByText('switched off').waitFor()
  const [endpoint] = await world.service.store.webhookEndpoints.list(
    ...([EVERYTHING, 'northwind', { limit: 5 }] as const),
  )
  expect(endpoint).toMatchObject({
    ...{ disabled: { reason: 'byHand' }, description: 'Order system' },
    replay: { events: 'undelivered', endedAt: expect.any(Date) },
  })
  await context.close()
})

it('authorised sellers come in from a table, after a look at what each line will do', async () => {
  const { page, context, complaints } = await world.open('/settings/sellers', asAdmin)
  await page.getByRole('button', { name: 'Read from CSV' }).click()
  const dialog = page.getByRole('dialog')
  const chooser = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Choose a file' }).click()
  const csv = 'marketplace,sellerId,sku\r\ntaobao,official-shop,\r\nnowhere,shop,\r\n'
  const file = { name: 'sellers.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
  await (await chooser).setFiles(file)
  await dialog.getByText('1 entry is new, 0 there already, 1 not possible.').waitFor()
  await dialog.getByText('There is no marketplace "nowhere"').waitFor()
  await dialog.getByRole('button', { name: 'Add 1' }).click()
  await dialog.getByText('1 entry was added, 1 not.').waitFor()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('row').filter({ hasText: 'official-shop' }).waitFor()

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download CSV' }).click()
  const stream = await (await downloading).createReadStream()
  const text = Buffer.concat(await stream.toArray()).toString()
  expect(text).toMatch(/^\ufeff?marketplace,sellerId,sku,validFrom,validUntil\r\n/)
  expect(text).toContain('taobao,official-shop,,20')
  const kept = await world.service.store.authorisedSellers.list(EVERYTHING, 'northwind', {
    limit: 10,
  })
  expect(kept.filter(({ sellerId }) => sellerId === 'official-shop')).toHaveLength(1)
  expect(complaints).toEqual([])
  await context.close()
})

it('a genuine product is added with a picture, changed by two people, and removed', async () => {
  const { page, context, complaints } = await world.open('/settings/references')
  await page.getByText('No genuine product yet').waitFor()
  await page.getByRole('button', { name: 'Add a product' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Travel charger 65 W')
  await dialog.getByLabel('SKUs').fill('NW-65\n\nNW-65-EU\nNW-65')
  await dialog.getByLabel('Features').fill('x'.repeat(301))
  await dialog.getByText('At most 300 characters a line.').waitFor()
  await dialog.getByLabel('Features').fill('Four screws below the label')
  await dialog.getByLabel('Suggested price').fill('199.5')
  const add = dialog.getByRole('button', { name: 'Add a product' })
  await dialog.getByLabel('Currency').fill('cn')
  await dialog.getByText('Three letters, such as EUR.').waitFor()
  expect(await add.isDisabled()).toBe(true)
  await dialog.getByLabel('Currency').fill('cny')
  await add.click()

  await page.getByRole('heading', { name: 'Pictures of Travel charger 65 W' }).waitFor()
  const file = path.join(folder, 'genuine.png')
  const drawn = { marketplace: 'taobao', listingId: 'genuine', title: 'charger' }
  await writeFile(file, await drawPicture(drawn))
  const chooser = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Choose a file' }).click()
  await (await chooser).setFiles(file)
  const picture = dialog.getByRole('img', { name: 'Picture 1' })
  const isDrawn = () =>
    picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0)
  await until('it is drawn', isDrawn, { withinMs: 5_000 })
  await dialog.getByLabel('Address of a picture').fill('https://127.0.0.1/x.png')
  await dialog.getByRole('button', { name: 'Fetch it' }).click()
  await dialog.getByText('The picture is not taken').waitFor()
  await dialog.getByRole('button', { name: 'Done' }).click()

  const row = page.getByRole('row').filter({ hasText: 'Travel charger 65 W' })
  await row.getByText('SKU NW-65, NW-65-EU').waitFor()
  const { references } = world.service.store
  const read = async () => (await references.list(EVERYTHING, 'northwind', { limit: 5 }))[0]
  const added = await read()
  expect(added).toMatchObject({
    ...{ skus: ['NW-65', 'NW-65-EU'], features: ['Four screws below the label'] },
    ...{ suggestedPrice: { amount: 199.5, currency: 'CNY' }, rights: null },
  })
  if (!added) throw new Error('it was not added')

  await row.getByRole('button', { name: /^Change/ }).click()
  await dialog.getByLabel('Rights').fill('NORTHWIND, word mark')
  const theirs = { name: 'Travel charger, 65 W', updatedAt: new Date() }
  await references.update(EVERYTHING, 'northwind', added.referenceId, added.rev, theirs)
  const save = dialog.getByRole('button', { name: 'Save' })
  await save.click()
  await dialog.getByText('Somebody else changed this meanwhile').waitFor()
  expect(await dialog.getByLabel('Name').inputValue()).toBe('Travel charger, 65 W')
  await save.click()
  const changed = page.getByRole('row').filter({ hasText: 'NORTHWIND, word mark' })
  await changed.getByText('Travel charger, 65 W').waitFor()
  expect(await read()).toMatchObject({ name: 'Travel charger, 65 W', pictures: [{}] })

  await changed.getByRole('button', { name: /^Remove/ }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await page.getByText('No genuine product yet').waitFor()
  expect(await read()).toBeUndefined()
  expect(complaints.filter((each) => !/status of 4(12|22)/.test(each))).toEqual([])
  await context.close()
})

it('somebody signs out of a session they see in the list', async () => {
  const first = await world.open('/settings/sessions')
  await first.page.getByText('this one').waitFor()
  const cookies = await first.context.cookies()
  const secret = cookies.find(({ name }) => name.includes('session'))?.value ?? ''
  const own = await world.api.call('GET', '/v1/sessions', { session: secret })
  expect(own.json<{ items: unknown[] }>().items).toHaveLength(1)
  const row = first.page.getByRole('row').filter({ hasText: 'this one' })
  await row.getByRole('button', { name: /^Sign out/ }).click()
  await first.page
    .getByRole('dialog')
    .getByRole('button', { name: /^Sign out/ })
    .click()
  await first.page.getByLabel('Your mail address').waitFor()
  await until(
    'the session has ended',
    async () =>
      (await world.api.call('GET', '/v1/sessions', { session: secret })).statusCode === 401,
    { withinMs: 6_000 },
  )
  await first.context.close()
})

describe('the policy', () => {
  it('is tried, saved as the next version, and not over what somebody else saved', async () => {
    const { page, context, complaints } = await world.open('/settings/policy', asAdmin)
    const brand = page.getByRole('region', { name: 'First: the brand' })
    await page.getByText('The brand is asked').waitFor()
    expect(await page.getByText('The brand is reminded').count()).toBe(2)
    await brand.getByRole('button', { name: 'Remove' }).first().click()
    await expectSoon(() => page.getByText('The brand is reminded').count(), 1)
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByText(/No case that was answered|would have come to an answer/).waitFor()
    await page.getByRole('button', { name: 'Save as the next version' }).click()
    await page.getByRole('rowheader', { name: '2', exact: true }).waitFor()
    const saved = await world.service.store.brands.find(EVERYTHING, 'northwind')
    expect(saved?.policy.severities.S2.brand.remindersMs).toHaveLength(1)

    await brand.getByRole('button', { name: 'Add a reminder' }).click()
    const { policy, policyVersion } = saved ?? {}
    if (!policy || !policyVersion) throw new Error('the brand has no policy')
    const theirs = { ...policy, extensionMs: 3_600_000 }
    await world.service.store.brands.savePolicy(
      EVERYTHING,
      'northwind',
      policyVersion,
      theirs,
      'somebody',
    )
    await page.getByRole('button', { name: 'Save as the next version' }).click()
    await page.getByText('Somebody else changed this meanwhile').waitFor()
    await expectSoon(() => page.getByText('The brand is reminded').count(), 1)
    const kept = await world.service.store.brands.find(EVERYTHING, 'northwind')
    expect(kept).toMatchObject({ policyVersion: 3, policy: { extensionMs: 3_600_000 } })
    expect(complaints.filter((each) => !/status of 412/.test(each))).toEqual([])
    await context.close()
  })
})

it('working days and contacts are changed', async () => {
  const { page, context, complaints } = await world.open('/settings/calendar', asAdmin)
  const country = page.getByRole('combobox', { name: 'Public holidays of' })
  await country.fill('China')
  await page.getByRole('option', { name: 'China', exact: true }).click()
  await page.getByRole('cell', { name: 'the country' }).first().waitFor()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  await page.getByRole('link', { name: 'Contacts' }).click()
  await page.getByRole('button', { name: 'Add a contact' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Product safety')
  await dialog.getByLabel('Mail address').fill('safety@northwind.example')
  await dialog.getByRole('button', { name: 'Save' }).click()
  const row = page.getByRole('row').filter({ hasText: 'safety@northwind.example' })
  await row.waitFor()
  await row.getByText('at once, several cases together').waitFor()
  await row.getByRole('button', { name: /^Mails/ }).click()
  await dialog.getByRole('button', { name: /How often/ }).click()
  await page.getByRole('option', { name: 'once an hour' }).click()
  await dialog.getByText('Results, too').click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await row.getByText('once an hour').waitFor()
  await row.getByText('without results').waitFor()
  const safety = brandRecipient('northwind', 'product-safety')
  const digest = addressDigest('safety@northwind.example')
  const chosen = await world.service.store.mailSettings.find(safety, digest)
  expect(chosen).toEqual({ frequency: 'hourly', news: false })
  const saved = await world.service.store.brands.find(EVERYTHING, 'northwind')
  expect(saved?.calendar.country).toBe('CN')
  expect(saved?.contacts.map(({ contactId }) => contactId)).toContain('product-safety')
  expect(complaints).toEqual([])
  await context.close()
})

function expectSoon(read: () => Promise<number>, wanted: number): Promise<true> {
  return until('it shows', async () => ((await read()) === wanted ? true : null), {
    withinMs: 5_000,
  })
}
