import { createServer } from 'node:net'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EXIT } from '../../cli/exit.js'
import { until } from '../../local/until.js'
import { makeCurrent } from '../../platform/current-version.js'
import { randomSuffix } from '../../platform/digest.js'
import { RELEASE } from '../../platform/release.js'
import type { ReconcileReport } from '../../domain/record/reconciling.js'
import { openTestDatabase } from '../builders/database.js'
import { saveBuiltQuestion } from '../builders/question.js'
import { testDataDir } from '../setup/environment.js'
import { confirmation, decideWhenOpen, reportAskedCase } from '../setup/reporting.js'
import { EVERYTHING } from '../../store/store.js'
import { startCli, type TestCli } from './command-line.js'

let cli: TestCli
beforeAll(async () => {
  cli = await startCli()
})
afterAll(() => cli.stop())

const askedCase = () => reportAskedCase(cli.service)

describe('audit verify', () => {
  it('finds whole records whole, and names the first event somebody changed', async () => {
    const [changed, whole] = [await askedCase(), await askedCase()]
    const questionId = await saveBuiltQuestion(cli.service.store, 'northwind')
    const before = await cli.as('operator', ['audit', 'verify', '--json', '--heads'])
    expect(before.code).toBe(EXIT.ok)
    const events = cli.service.database.raw.collection<{ _id: string; hash: string }>('caseEvents')
    const last = await events.findOne({ _id: `${whole.caseId}:2` })
    expect(JSON.parse(before.out)).toMatchObject({
      records: { case: 2, question: 1 },
      events: 5,
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
    expect(after.err).toContain('1 of 3 records')

    const one = await cli.as('operator', ['audit', 'verify', whole.caseId])
    expect(one).toMatchObject({ code: EXIT.ok, out: '' })
    const bad = await cli.as('operator', ['audit', 'verify', changed.caseId, '--json'])
    expect(bad.code).toBe(EXIT.auditFailed)
    expect(JSON.parse(bad.out)).toMatchObject({ findings: [{ seq: 2, problem: 'hash' }] })

    const question = await cli.as('operator', ['audit', 'verify', questionId])
    expect(question).toMatchObject({ code: EXIT.ok, out: '' })
    const asked = cli.service.database.raw.collection<{ _id: string }>('questionEvents')
    await asked.updateOne({ _id: `${questionId}:1` }, { $set: { canonical } as object })
    const altered = await cli.as('operator', ['audit', 'verify', questionId])
    expect(altered.code).toBe(EXIT.auditFailed)
    expect(altered.out).toMatch(/^Question +question~/m)
    // Without a workflow it would be found by each comparison.
    await cli.service.database.raw.collection('questions').deleteMany({})
    await asked.deleteMany({})
  })

  it('does not know a case without a record', async () => {
    for (const id of [
      'case~taobao~x~northwind~aaaaaaaa',
      'question~northwind~aaaaaaaaaaaaa',
      'x',
    ]) {
      const ended = await cli.as('operator', ['audit', 'verify', id])
      expect(ended).toMatchObject({ code: EXIT.notFound, out: '' })
    }
  })

  it('says when MongoDB is away', async () => {
    const env = { MONGODB_URI: 'mongodb://127.0.0.1:1/x?serverSelectionTimeoutMS=500' }
    const ended = await cli.as('operator', ['audit', 'verify'], { env })
    expect(ended.code).toBe(EXIT.unreachable)
    expect(ended.err).toContain('MONGODB_URI')
  })
})

describe('a marketplace that is paused', () => {
  const operate = (...args: string[]) => cli.as('operator', ['marketplace', ...args])
  const whyItWaits = async ({ handle }: Awaited<ReturnType<typeof askedCase>>) => {
    const { raw } = await handle.describe()
    return raw.pendingActivities?.find(({ lastFailure }) => lastFailure)?.lastFailure?.message
  }

  it('gets no takedown until it is resumed; the case waits, says why, and goes on by itself', async () => {
    const { sandbox, store } = cli.service
    const paused = await operate('pause', 'taobao', '--reason', 'their removals hit others')
    expect(paused).toMatchObject({ code: EXIT.ok, err: '' })
    const one = await askedCase()
    await decideWhenOpen(one, confirmation(one.caseId))
    const why = await until('it waits', async () => whyItWaits(one), {
      withinMs: 20_000,
    })
    expect(why).toContain('Taobao Marketplace is paused')
    expect(why).toContain('their removals hit others')
    const stuck = await cli.as('operator', ['marketplace', 'list', '--json'])
    expect(JSON.parse(stuck.out)).toEqual([
      expect.objectContaining({
        ...{ marketplace: 'taobao', waiting: 1 },
        pause: expect.objectContaining({
          reasons: [expect.objectContaining({ text: 'their removals hit others' })],
        }),
      }),
      expect.objectContaining({ marketplace: 'tmall', pause: null }),
    ])
    expect(await sandbox.ledger({ listingId: one.listingId })).toEqual([])
    const row = await store.cases.get(EVERYTHING, one.caseId)
    expect(row).toMatchObject({ phase: 'takingDown', state: { attention: null } })

    expect(await operate('resume', 'taobao', '--reason', 'mended')).toMatchObject({ code: EXIT.ok })
    expect((await one.handle.result()).outcome).toBe('takenDown')
    expect(await sandbox.ledger({ listingId: one.listingId, effective: true })).toHaveLength(1)

    const kept = await operate('pauses', 'taobao', '--json')
    expect(JSON.parse(kept.out)).toMatchObject([
      { reasons: [{ text: 'their removals hit others' }], resumed: { text: 'mended' } },
    ])
    const known = JSON.parse((await operate('list', '--json')).out) as object[]
    expect(known[0]).toMatchObject({ pause: null, waiting: 0, answeredAt: expect.any(String) })
  }, 60_000)

  it('is paused once, whatever is asked twice, and keeps every reason', async () => {
    for (const reason of ['a', 'a', 'b']) await operate('pause', 'tmall', '--reason', reason)
    for (const reason of ['c', 'd']) await operate('resume', 'tmall', '--reason', reason)
    const kept = await operate('pauses', 'tmall', '--json')
    expect(JSON.parse(kept.out)).toMatchObject([
      { reasons: [{ text: 'a' }, { text: 'b' }], resumed: { text: 'c' } },
    ])
    expect(await operate('pause', 'nowhere', '--reason', 'x')).toMatchObject({
      code: EXIT.notFound,
    })
    const byLead = await cli.as('lead', ['marketplace', 'pause', 'taobao', '--reason', 'x'])
    expect(byLead.code).not.toBe(EXIT.ok)
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
        Array.from({ length: 20 }, async (_, n) => {
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
      ...['cases', 'webhooks', 'marketplace-taobao', 'marketplace-taobao-lookups'].map((queue) => ({
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
