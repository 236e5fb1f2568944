import { createServer } from 'node:net'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EXIT } from '../../cli/exit.js'
import { until } from '../../local/until.js'
import { matchesHash, parseApiKey } from '../../platform/api-key.js'
import { makeCurrent } from '../../platform/current-version.js'
import { randomSuffix } from '../../platform/digest.js'
import { RELEASE } from '../../platform/release.js'
import type { ReconcileReport } from '../../domain/record/reconciling.js'
import { openTestDatabase } from '../builders/database.js'
import { FROM_OWN_PAGE } from '../api/test-api.js'
import { testDataDir } from '../setup/environment.js'
import { reportAskedCase } from '../setup/reporting.js'
import { runCli, startCli, type TestCli } from './command-line.js'

let cli: TestCli
beforeAll(async () => {
  cli = await startCli()
})
afterAll(() => cli.stop())

const askedCase = () => reportAskedCase(cli.service)

describe('audit verify', () => {
  it('finds whole records whole, and names the first event somebody changed', async () => {
    const [changed, whole] = [await askedCase(), await askedCase()]
    const before = await cli.as('operator', ['audit', 'verify', '--json', '--heads'])
    expect(before.code).toBe(EXIT.ok)
    const events = cli.service.database.raw.collection<{ _id: string; hash: string }>('caseEvents')
    const last = await events.findOne({ _id: `${whole.caseId}:2` })
    expect(JSON.parse(before.out)).toMatchObject({
      cases: 2,
      events: 4,
      findings: [],
      heads: { [whole.caseId]: last?.hash },
    })

    const canonical = '{"text":"nobody was asked"}'
    await events.updateOne({ _id: `${changed.caseId}:2` }, { $set: { canonical } as object })
    const after = await cli.as('operator', ['audit', 'verify'], { columns: 100 })
    expect(after.code).toBe(EXIT.auditFailed)
    expect(after.out).toContain(changed.caseId)
    expect(after.out).toContain('event 2 (hash)')
    expect(after.out).not.toContain(whole.caseId)
    expect(after.err).toContain('1 of 2 records')

    const one = await cli.as('operator', ['audit', 'verify', whole.caseId])
    expect(one).toMatchObject({ code: EXIT.ok, out: '' })
    const bad = await cli.as('operator', ['audit', 'verify', changed.caseId, '--json'])
    expect(bad.code).toBe(EXIT.auditFailed)
    expect(JSON.parse(bad.out)).toMatchObject({ findings: [{ seq: 2, problem: 'hash' }] })
  })

  it('does not know a case without a record', async () => {
    const ended = await cli.as('operator', ['audit', 'verify', 'case~taobao~x~northwind~aaaaaaaa'])
    expect(ended).toMatchObject({ code: EXIT.notFound, out: '' })
  })

  it('says when MongoDB is away', async () => {
    const env = { MONGODB_URI: 'mongodb://127.0.0.1:1/x?serverSelectionTimeoutMS=500' }
    const ended = await cli.as('operator', ['audit', 'verify'], { env })
    expect(ended.code).toBe(EXIT.unreachable)
    expect(ended.err).toContain('MONGODB_URI')
  })
})

describe('reconcile', () => {
  it('starts a case again whose workflow was terminated', async () => {
    const one = await askedCase()
    await one.handle.terminate('by mistake')
    // Temporal's list of running workflows learns of it a little later.
    const isRestarted = async () => {
      const { code, out } = await cli.as('operator', ['reconcile', '--json'])
      expect(code).toBe(EXIT.ok)
      return (JSON.parse(out) as ReconcileReport).restarted.includes(one.caseId)
    }
    await until(`${one.caseId} is started again`, isRestarted, { withinMs: 20_000 })
    const handle = cli.service.client.workflow.getHandle(one.workflowId)
    expect((await handle.describe()).status.name).toBe('RUNNING')
  })

  it('says when no worker does it', async () => {
    await cli.service.stopWorkers()
    try {
      // A call whose deadline passes ends in one of two ways, one of which is rare.
      const all = await Promise.all(
        Array.from({ length: 60 }, async (_, n) => {
          await setTimeout(n * 17)
          return cli.as('operator', ['reconcile', '--timeout', '1'])
        }),
      )
      for (const ended of all) {
        expect(ended).toMatchObject({ code: EXIT.unreachable, out: '' })
        expect(ended.err).toContain('No worker')
      }
    } finally {
      await cli.service.startWorkers()
    }
  })

  it.each([['reconcile'], ['reconcile --last']])('%s names a wrong namespace', async (line) => {
    const env = { TEMPORAL_NAMESPACE: 'nowhere' }
    const ended = await cli.as('operator', line.split(' '), { env })
    expect(ended).toMatchObject({ code: EXIT.usage, out: '' })
    expect(ended.err).toMatch(/^error: .*TEMPORAL_NAMESPACE.*\n$/)
  })

  it('shows the service’s own last run', async () => {
    const schedule = cli.service.client.schedule.getHandle('reconcile-cases')
    await schedule.trigger()
    const last = () => cli.as('operator', ['reconcile', '--last', '--json'])
    const deadline = Date.now() + 20_000
    let shown = await last()
    while (shown.code === EXIT.notFound && Date.now() < deadline) shown = await last()
    expect(shown.code).toBe(EXIT.ok)
    expect(JSON.parse(shown.out)).toMatchObject({ superseded: [], withoutRow: [] })
  })
})

describe('doctor', () => {
  beforeAll(async () => {
    await makeCurrent(cli.service.client, RELEASE)
    await cli.service.stopWorkers()
    await cli.service.startWorkers({ buildId: RELEASE })
  })

  it('finds a running service healthy', async () => {
    const { code, out } = await cli.as('operator', ['doctor'])
    expect(out.split('\n').filter((line) => line.startsWith('FAIL'))).toEqual([])
    expect(out).toContain('marketplace-taobao: 1 worker polls it')
    expect(code).toBe(EXIT.ok)
  })

  it('names what is broken and what to do', async () => {
    const file = path.join(testDataDir(), `marketplaces-${randomSuffix()}.json`)
    const [taobao] = cli.service.marketplaces
    await writeFile(file, JSON.stringify([taobao, { ...taobao, id: 'tmall' }]))
    const silent = createServer((socket) => socket.end('554 go away\r\n'))
    await once(silent.listen(0, '127.0.0.1'), 'listening')
    const { port } = silent.address() as AddressInfo
    const empty = await openTestDatabase()
    await empty.raw.collection('cases').dropIndexes()
    const env = {
      MARKETPLACES_FILE: file,
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MONGODB_URI: empty.options.uri,
      JOINT_FORCE_API_KEY: cli.api.keys.lead.secret.replace(/.$/, '!'),
    }
    try {
      const { code, out } = await cli.as('operator', ['doctor', '--json'], { env })
      expect(code).toBe(EXIT.unhealthy)
      const findings = JSON.parse(out) as { name: string; ok: boolean; detail: string }[]
      expect(findings.filter(({ ok }) => !ok)).toMatchObject([
        { name: 'API', remedy: expect.stringContaining('JOINT_FORCE_API_KEY') },
        { name: 'Indexes', detail: 'missing in: cases', remedy: expect.stringContaining('migrat') },
        { name: 'Task queue', detail: `marketplace-tmall: no worker of ${RELEASE} polls it` },
        {
          name: 'Task queue',
          detail: `marketplace-tmall-lookups: no worker of ${RELEASE} polls it`,
        },
        { name: 'Mail server', remedy: expect.stringContaining('SMTP_URL') },
      ])
    } finally {
      silent.close()
      await empty.drop()
    }
  })

  it('names the version that is current when it is another', async () => {
    const env = { BUILD_ID: 'another-build' }
    const { code, out } = await cli.as('operator', ['doctor', '--json'], { env })
    expect(code).toBe(EXIT.unhealthy)
    const findings = JSON.parse(out) as { name: string; ok: boolean }[]
    expect(findings.filter(({ ok }) => !ok)).toMatchObject([
      {
        name: 'Current version',
        detail: expect.stringMatching(`^${RELEASE}, but this is another-build`),
        remedy: expect.stringContaining('migration of the release'),
      },
      ...['cases', 'marketplace-taobao', 'marketplace-taobao-lookups'].map((queue) => ({
        name: 'Task queue',
        detail: `${queue}: no worker of another-build polls it`,
      })),
    ])
  })

  it('goes on when Temporal is away', async () => {
    const env = { TEMPORAL_ADDRESS: '127.0.0.1:1' }
    const { code, out } = await cli.as('operator', ['doctor'], { env, columns: 80 })
    expect(code).toBe(EXIT.unhealthy)
    expect(out).toContain('TEMPORAL_ADDRESS')
    expect(out).toMatch(/ok .*Mail server/)
  }, 90_000)
})

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
})

describe('stats', () => {
  it('shows what is open, missed and decided, and of each brand', async () => {
    await askedCase()
    const shown = await cli.as('operator', ['stats', '--by', 'brand', '--from', '2026-01-01'])
    expect(shown.code).toBe(EXIT.ok)
    expect(shown.out).toMatch(/Open +\d+: awaitingBrand \d+/)
    expect(shown.out).toMatch(/Missed by +brand 0, account manager 0, lead 0/)
    expect(shown.out).toMatch(/^northwind +\d+ /m)
    const wrong = await cli.as('operator', ['stats', '--from', 'yesterday'])
    expect(wrong.code).toBe(EXIT.usage)
  })
})
