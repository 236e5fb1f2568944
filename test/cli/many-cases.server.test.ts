import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Static } from 'typebox'
import type { SweepSchema } from '../../contract/sweep.js'
import { EXIT } from '../../cli/exit.js'
import { randomSuffix } from '../../platform/digest.js'
import { buildNewCase } from '../api/new-case.js'
import { buildAccountManager } from '../builders/brand.js'
import { reportAskedCase, untilRecorded } from '../setup/reporting.js'
import { startCli, type TestCli } from './command-line.js'

let cli: TestCli
beforeAll(async () => {
  cli = await startCli()
  for (const accountManagerId of ['rui-tavares', 'eva-lind']) {
    await cli.service.store.accountManagers.create(buildAccountManager({ accountManagerId }))
  }
})
afterAll(() => cli.stop())

const askedCase = () => reportAskedCase(cli.service)
const untilWith = (caseId: string, id: string) =>
  untilRecorded(cli.service, caseId, ({ parties }) => parties.accountManagerId === id)
const reassign = (args: string[], options?: Parameters<TestCli['as']>[2]) =>
  cli.as('lead', ['case', 'reassign', ...args], options)
const sweepIn = (out: string) => JSON.parse(out) as Static<typeof SweepSchema>

describe('case reassign', () => {
  it('gives one case, or several by their ids and those of their listings', async () => {
    const [one, two, three] = [await askedCase(), await askedCase(), await askedCase()]
    const single = await reassign([one.listingId, '--to', 'rui-tavares'])
    expect(single).toMatchObject({ code: EXIT.ok, out: expect.stringContaining('awaitingBrand') })
    await untilWith(one.caseId, 'rui-tavares')

    const ids = [two.listingId, three.caseId]
    const many = await reassign([...ids, '--to', 'rui-tavares'], { columns: 80 })
    expect(many.code).toBe(EXIT.ok)
    expect(many.out).toMatch(/^Status +done\n[^]*^Cases +2\nDone +2\nLeft as they are +0\n/m)
    for (const { caseId } of [two, three]) await untilWith(caseId, 'rui-tavares')
  })

  it.each([
    ['a list', (ids: string[]) => `${ids.join('\n')}\n`],
    [
      'CSV',
      (ids: string[]) => `\ufeffbrandId;caseId\r\n${ids.map((id) => `x;${id}\r\n`).join('')}`,
    ],
    ['JSON', (ids: string[]) => JSON.stringify(ids)],
  ])('takes %s from a file, and says which case could not be given', async (_what, written) => {
    const [one, gone] = [await askedCase(), await askedCase()]
    await cli.as('lead', ['case', 'close', gone.caseId, '--reason', 'settled', '--yes'])
    await untilRecorded(cli.service, gone.caseId, ({ phase }) => phase === 'closed')

    const stdin = written([one.caseId, gone.caseId])
    const { code, out } = await reassign(['--to', 'eva-lind', '--file', '-', '--json'], { stdin })
    expect(code).toBe(EXIT.partly)
    expect(sweepIn(out)).toMatchObject({
      status: 'done',
      counts: { total: 2, done: 1, kept: 0, failed: 1 },
      failures: [{ caseId: gone.caseId, reason: 'closed' }],
    })
    await untilWith(one.caseId, 'eva-lind')
  })

  it('gives what somebody looks after, and shows a sweep that was not waited for', async () => {
    const one = await askedCase()
    await reassign([one.caseId, '--to', 'eva-lind'])
    await untilWith(one.caseId, 'eva-lind')
    const hand = ['--from', 'eva-lind', '--brand', 'northwind', '--to', 'rui-tavares']
    const begun = await reassign([...hand, '--no-wait', '--json'])
    const { sweepId, kind } = sweepIn(begun.out)
    expect(kind).toBe('handOver')
    const shown = await cli.as('lead', ['case', 'sweep', sweepId, '--json'])
    expect(shown.code).toBe(EXIT.ok)
    expect(sweepIn(shown.out)).toMatchObject({ sweepId, status: 'done', counts: { failed: 0 } })
    await untilWith(one.caseId, 'rui-tavares')
    const none = await cli.as('lead', ['case', 'sweep', 'nothing'])
    expect(none).toMatchObject({ code: EXIT.notFound, out: '' })
  })

  it.each([
    ['nothing', [], ''],
    ['a case and a person', ['x', '--from', 'eva-lind'], ''],
    ['a brand alone', ['x', '--brand', 'northwind'], ''],
    ['a file and a person', ['--file', '-', '--from', 'eva-lind'], ''],
    ['a table without the cases', ['--file', '-'], 'a,b\n1,2\n'],
    ['a list of numbers', ['--file', '-'], '[1]'],
  ])('takes %s for a slip', async (_what, args, stdin) => {
    const ended = await reassign([...args, '--to', 'rui-tavares'], { stdin })
    expect(ended).toMatchObject({ code: EXIT.usage, out: '' })
  })
})

describe('brand update --account-manager', () => {
  it('takes the open cases along, and says where to see it', async () => {
    const one = await askedCase()
    const path = ['brand', 'update', 'northwind', '--account-manager']
    const { err, code } = await cli.as('operator', [...path, 'eva-lind'])
    expect(code).toBe(EXIT.ok)
    const [, sweepId = ''] = /joint-force case sweep (\S+)/.exec(err) ?? []
    const shown = await cli.as('operator', ['case', 'sweep', sweepId, '--json'])
    expect(sweepIn(shown.out)).toMatchObject({ kind: 'brandManager', status: 'done' })
    await untilWith(one.caseId, 'eva-lind')
    expect((await cli.as('operator', [...path, 'eva-lind'])).err).toBe('')
  })
})

describe('case recall', () => {
  it('withdraws what rests on the rule alone, after it has asked', async () => {
    const ruleId = `r-${randomSuffix()}`
    const signals = [{ ruleId, weight: 1, observed: 'odd' }]
    const monitor = { name: 'reference-monitor', version: '9.9.9' }
    const body = buildNewCase({ signals, monitor })
    const answer = await cli.api.call('POST', '/v1/cases', { key: 'monitor', body })
    const { caseId } = answer.json<{ caseId: string }>()
    await untilRecorded(cli.service, caseId, ({ phase }) => phase === 'awaitingBrand')

    const recall = ['case', 'recall', '--rule', ruleId, '--monitor-version', '9.9.9', '--json']
    expect((await cli.as('monitor', recall)).code).toBe(EXIT.usage)
    const { code, out } = await cli.as('monitor', [...recall, '--yes'])
    expect(code).toBe(EXIT.ok)
    expect(sweepIn(out)).toMatchObject({ kind: 'recall', counts: { total: 1, done: 1 } })
    await untilRecorded(cli.service, caseId, ({ ending }) => ending?.outcome === 'withdrawn')
  })
})
