import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EXIT } from '../../cli/exit.js'
import { matchesHash, parseApiKey } from '../../platform/api-key.js'
import { FROM_OWN_PAGE } from '../api/test-api.js'
import { openTestDatabase } from '../builders/database.js'
import { runCli, startCli, type TestCli } from './command-line.js'

let cli: TestCli
beforeAll(async () => {
  cli = await startCli()
})
afterAll(() => cli.stop())

describe('key', () => {
  it('makes the first operator’s key without the API, once', async () => {
    const empty = await openTestDatabase()
    const env = { MONGODB_URI: empty.options.uri }
    try {
      const first = await runCli(['key', 'bootstrap'], env)
      expect(first.code).toBe(EXIT.ok)
      const secret = first.out.trim()
      const stored = await empty.store.apiKeys.find(parseApiKey(secret)?.keyId ?? '')
      expect(stored).toMatchObject({ role: 'operator', createdBy: 'cli' })
      expect(matchesHash(secret, stored?.hash ?? '')).toBe(true)

      expect(await runCli(['key', 'bootstrap'], env)).toMatchObject({ code: EXIT.refused, out: '' })
      expect((await runCli(['key', 'bootstrap', '--another'], env)).code).toBe(EXIT.ok)
    } finally {
      await empty.drop()
    }
  })

  it('is made, listed and revoked', async () => {
    const create = ['key', 'create', '--name', 'Mei Lin', '--role', 'brandMember']
    expect((await cli.as('operator', create)).code).toBe(EXIT.refused)
    const made = await cli.as('operator', [...create, '--brand', 'northwind'])
    expect(made.code).toBe(EXIT.ok)
    const secret = made.out.trim()
    const { keyId = '' } = parseApiKey(secret) ?? {}
    const env = { JOINT_FORCE_API_KEY: secret }
    expect((await cli.as('operator', ['case', 'list'], { env })).code).toBe(EXIT.ok)

    const listed = await cli.as('operator', ['key', 'list'])
    expect(listed.out).toContain(keyId)
    expect(listed.out).not.toContain(secret)
    expect((await cli.as('operator', ['key', 'revoke', keyId])).code).toBe(EXIT.usage)
    expect((await cli.as('operator', ['key', 'revoke', keyId, '--yes'])).code).toBe(EXIT.ok)
    expect((await cli.as('operator', ['key', 'list'])).out).not.toContain(keyId)
  })
})

describe('person', () => {
  const invite = (...args: string[]) =>
    cli.as('operator', ['person', 'invite', ...args, '--name', 'Ines Prado'])
  const peopleOf = async () =>
    JSON.parse((await cli.as('operator', ['--json', 'person', 'list'])).out) as {
      personId: string
      email: string
    }[]

  it('is invited, handed a link, listed and deactivated', async () => {
    const email = 'ines.prado@northwind.example'
    const ofBrand = ['--role', 'brandMember', '--brand', 'northwind']
    expect((await invite(email, '--role', 'brandMember')).err).toContain('names its brandIds')
    const invited = await invite(email, ...ofBrand)
    expect(invited.out).toMatch(/^p-[a-z2-7]{13}: Ines Prado is invited by mail\n$/)
    expect((await invite(email, ...ofBrand)).out).toContain('acts for these, too')

    const link = await cli.as('operator', ['person', 'sign-in-link', email])
    expect(link.out).toMatch(/^http:\/\/127\.0\.0\.1:8700\/sign-in#[\w-]{43}\n$/)
    const token = link.out.trim().split('#')[1]
    const entered = await cli.api.call('POST', '/v1/sign-in', {
      ...{ key: null, headers: FROM_OWN_PAGE, body: { token } },
    })
    expect(entered.json()).toMatchObject({ person: { email } })

    const [person] = (await peopleOf()).filter((one) => one.email === email)
    const { personId = '' } = person ?? {}
    expect((await cli.as('operator', ['person', 'list'])).out).toContain('brandMember northwind')
    const leave = ['person', 'deactivate', personId]
    expect((await cli.as('operator', leave)).code).toBe(EXIT.usage)
    expect((await cli.as('operator', [...leave, '--yes'])).out).toBe(`${personId}: deactivated\n`)
    expect((await cli.as('operator', ['person', 'list'])).out).not.toContain(personId)
    const refused = await cli.as('operator', ['person', 'sign-in-link', email])
    expect([refused.code, refused.out]).toEqual([EXIT.refused, ''])
  })
})

describe('brands and their people', () => {
  it('are added and changed', async () => {
    const add = [
      'manager',
      'create',
      'eva',
      '--name',
      'Eva Lund',
      '--email',
      'eva@platform.example',
    ]
    expect(await cli.as('operator', add)).toMatchObject({ code: EXIT.ok })
    expect((await cli.as('operator', add)).code).toBe(EXIT.refused)
    const contact = 'Bo Ek <bo.ek@fjord.example>'
    const create = ['brand', 'create', 'fjord', '--name', 'Fjord', '--contact', contact]
    expect((await cli.as('operator', create)).out).toContain('bo.ek@fjord.example')
    const update = ['brand', 'update', 'fjord', '--account-manager', 'eva', '--json']
    expect(JSON.parse((await cli.as('operator', update)).out)).toMatchObject({
      accountManagerId: 'eva',
      contacts: [{ contactId: 'bo-ek', name: 'Bo Ek' }],
    })
    expect((await cli.as('operator', ['brand', 'list'])).out).toMatch(/^fjord +Fjord +yes +eva/m)
    const brake = (given: string) => ['brand', 'update', 'fjord', '--brake', given]
    expect((await cli.as('operator', brake('200/30'))).out).toContain(
      'more than 200 confirmations an hour wait 30 min',
    )
    expect((await cli.as('operator', brake('many'))).code).toBe(EXIT.usage)
  })

  it('adds contacts, and takes away or replaces them only when told', async () => {
    const contact = (name: string) => ['--contact', `${name} <${name}@delta.example>`]
    const run = async (...args: string[]) => cli.as('operator', ['brand', ...args, '--json'])
    const idsOf = async (...args: string[]) => {
      const brand = JSON.parse((await run(...args)).out) as { contacts: { contactId: string }[] }
      return brand.contacts.map(({ contactId }) => contactId)
    }

    expect(await idsOf('create', 'delta', '--name', 'Delta', ...contact('ana'))).toEqual(['ana'])
    expect(await idsOf('update', 'delta', ...contact('bo'))).toEqual(['ana', 'bo'])
    expect(await idsOf('update', 'delta', ...contact('ana'))).toEqual(['bo', 'ana'])
    expect(await idsOf('update', 'delta', ...contact('cy'), '--remove-contact', 'bo')).toEqual([
      'ana',
      'cy',
    ])
    expect((await run('update', 'delta', '--remove-contact', 'nobody')).code).toBe(EXIT.usage)
    expect(await idsOf('update', 'delta', ...contact('di'), '--replace-contacts')).toEqual(['di'])
  })

  it('have a policy that nobody overwrites unseen', async () => {
    const shown = await cli.as('operator', ['brand', 'policy', 'show', 'northwind', '--json'])
    const save = ['brand', 'policy', 'save', 'northwind', '--file', '-']
    const saved = await cli.as('operator', save, { stdin: shown.out })
    expect(saved.out).toMatch(/^Version +2$/m)
    const stale = await cli.as('operator', save, { stdin: shown.out })
    expect(stale.code).toBe(EXIT.refused)
    expect(stale.err).toContain('stale-revision')
    expect((await cli.as('operator', save, { stdin: 'null' })).code).toBe(EXIT.usage)
    const versions = await cli.as('operator', ['brand', 'policy', 'versions', 'northwind'])
    expect(versions.out).toMatch(/^1 .*\n2 /m)
  })

  it('have authorised sellers', async () => {
    const sellers = ['brand', 'authorised-sellers']
    const of = ['northwind', '--marketplace', 'taobao', '--seller', 'shop-1']
    const added = await cli.as('brandAdmin', [
      ...sellers,
      'add',
      ...of,
      '--until',
      '2099-12-31',
      '--json',
    ])
    const { entryId } = JSON.parse(added.out) as { entryId: string }
    const list = [...sellers, 'list', 'northwind']
    const listed = await cli.as('brandAdmin', list, { columns: 80 })
    expect(listed.out).toContain(entryId)
    expect(Math.max(...listed.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    const remove = [...sellers, 'remove', 'northwind', entryId]
    expect((await cli.as('brandAdmin', remove)).code).toBe(EXIT.ok)
    expect((await cli.as('brandAdmin', remove)).code).toBe(EXIT.notFound)
  })

  it('have genuine products, one by one or of a file', async () => {
    const run = (args: readonly string[], stdin = '') =>
      cli.as('brandMember', ['brand', 'references', ...args], { stdin })
    const tote = [
      '--name',
      'Tote',
      '--sku',
      'T-1',
      'T-2',
      '--word',
      'tote',
      '--rights',
      'NORTHWIND',
    ]
    const added = await run(['add', 'northwind', ...tote, '--price', '2400 CNY', '--json'])
    const product = JSON.parse(added.out) as { referenceId: string }
    expect(product).toMatchObject({
      ...{ name: 'Tote', skus: ['T-1', 'T-2'], words: ['tote'], features: [] },
      ...{ suggestedPrice: { amount: 2_400, currency: 'CNY' }, rights: 'NORTHWIND' },
    })
    const wrong = await run(['add', 'northwind', '--name', 'Wallet', '--price', 'cheap'])
    expect([wrong.code, wrong.err]).toEqual([EXIT.usage, expect.stringContaining('"29.90 EUR"')])

    const file = [
      { name: 'Tote' },
      { name: 'Belt', words: ['belt'], pictures: ['https://northwind.example/none.png'] },
      { name: 'Scarf', skus: [7] },
    ]
    const imported = await run(
      ['import', 'northwind', '--file', '-', '--json'],
      JSON.stringify(file),
    )
    expect(imported.code).toBe(EXIT.partly)
    const results = JSON.parse(imported.out) as object[]
    expect(results).toMatchObject([
      { name: 'Tote', result: 'known', referenceId: product.referenceId, problem: null },
      { name: 'Belt', result: 'added', problem: expect.stringContaining('picture') },
      { name: 'Scarf', result: 'refused', referenceId: null },
    ])
    expect((await run(['import', 'northwind', '--file', '-'], '{}')).code).toBe(EXIT.usage)
    const listed = await run(['list', 'northwind'])
    expect(listed.out).toMatch(/^ref-\w+ +Belt +none +belt +0 +none$/m)

    const remove = ['remove', 'northwind', product.referenceId]
    expect((await run(remove)).code).toBe(EXIT.usage)
    expect((await run([...remove, '--yes'])).code).toBe(EXIT.ok)
    expect((await run([...remove, '--yes'])).code).toBe(EXIT.notFound)
  })
})

describe('webhook', () => {
  const run = async (...args: string[]) => cli.as('brandAdmin', ['webhook', ...args])
  const url = 'https://hooks.northwind.example/cases'

  it('endpoints are added, changed, given another secret, tried out and removed', async () => {
    const made = await run('create', 'northwind', '--url', url, '--event', 'case.closed')
    expect(made.out).toMatch(/^whsec_\S{44}\n$/)
    const [, endpointId = ''] = /Endpoint (we-\w+)/.exec(made.err) ?? []
    expect((await run('create', 'northwind', '--url', 'http://10.0.0.1/')).code).toBe(EXIT.refused)
    expect((await run('list', 'northwind')).out).toMatch(/^we-\w+ +https:.* works .* case.closed$/m)

    const of = ['northwind', endpointId]
    const changed = await run('update', ...of, '--description', 'ERP', '--event', 'case.decided')
    expect(changed.out).toMatch(/^For +ERP$/m)
    expect((await run('update', ...of)).code).toBe(EXIT.usage)
    const rotated = await run('rotate-secret', ...of, '--overlap', '1')
    expect(rotated.out).toMatch(/^whsec_/)
    expect(rotated.out).not.toBe(made.out)

    const tested = await run('test', ...of)
    const [deliveryId = ''] = /^wd-\w+/.exec(tested.out) ?? []
    const listed = await run('deliveries', ...of)
    expect(listed.out).toMatch(new RegExp(`^${deliveryId} .* webhook.test `, 'm'))
    expect((await run('replay', ...of, '--delivery', deliveryId)).code).toBe(EXIT.ok)
    expect((await run('replay', ...of, '--from', '-2d', '--to', '+0m')).code).toBe(EXIT.ok)
    expect((await run('replay', ...of)).code).toBe(EXIT.usage)

    expect((await run('update', ...of, '--no-enable')).out).toMatch(/^State +disabled: byHand/m)
    expect((await run('test', ...of)).code).toBe(EXIT.refused)
    expect((await run('update', ...of, '--enable')).out).toMatch(/^State +works/m)
    expect((await run('remove', ...of)).code).toBe(EXIT.usage)
    expect((await run('remove', ...of, '--yes')).out).toBe(`${endpointId}: removed\n`)
    expect((await run('show', ...of)).code).toBe(EXIT.notFound)
  })
})
