import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { EXIT } from '../../cli/exit.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { buildNewCase } from '../api/new-case.js'
import { forgeEvent } from '../builders/database.js'
import { reportAskedCase, untilRecorded } from '../setup/reporting.js'
import { startCli, type TestCli } from './command-line.js'

let cli: TestCli
beforeAll(async () => {
  cli = await startCli()
})
afterAll(() => cli.stop())

/** A case the brand has been asked about. */
const askedCase = () => reportAskedCase(cli.service)

describe('stuck list', () => {
  it('says why a case does not move, and what moves it', async () => {
    const one = await askedCase()
    const { sandbox } = cli.service
    const refusal = { code: 'courtOrder', detail: 'A court has ordered it to stay.' }
    await sandbox.setFaults([{ kind: 'refuse', listingId: one.listingId, ...refusal }])
    const confirm = ['case', 'decide', one.caseId, '--verdict', 'counterfeit', '--attest']
    await cli.as('brandMember', confirm)
    await untilRecorded(cli.service, one.caseId, ({ phase }) => phase === 'needsAttention')
    await sandbox.setFaults([])

    const { code, out } = await cli.as('lead', ['stuck', 'list'], { columns: 80 })
    expect(code).toBe(EXIT.ok)
    expect(out).toContain(`S2  ${one.listingId}  northwind  needsAttention since`)
    expect(out).toContain('The marketplace refused the removal')
    expect(out).toContain(`joint-force case retry ${one.listingId}`)

    const shown = await cli.as('lead', ['case', 'show', one.listingId], { columns: 80 })
    expect(shown.out.replaceAll(/\u001b\[\d+m/g, '')).toMatch(/^Stuck +The marketplace refused/m)

    await cli.as('lead', ['case', 'retry', one.listingId])
    expect((await one.handle.result()).outcome).toBe('takenDown')
    await untilRecorded(cli.service, one.caseId, ({ phase }) => phase === 'closed')
    const none = await cli.as('lead', ['stuck', 'list', '--json'])
    expect(JSON.parse(none.out)).toEqual([])
  })

  it('has the cases that only Temporal knows, with or without a record', async () => {
    const { service } = cli
    const start = async (listingId: string) => {
      const body = buildNewCase({ listing: { listingId, pictures: [] } })
      const stdin = JSON.stringify(body)
      const { out } = await cli.as('monitor', ['case', 'start', '--file', '-'], { stdin })
      return { listingId, caseId: out.split(' ')[0] ?? '' }
    }
    const one = await start(`L${randomSuffix()}`)
    await untilRecorded(service, one.caseId, ({ phase }) => phase === 'awaitingBrand')
    await service.stopWorkers()
    const { caseId } = await start(`L${randomSuffix()}`)
    await forgeEvent(service.database, caseId, 1, 'unreadable')
    await forgeEvent(service.database, one.caseId, 3, 'unreadable')
    await service.startWorkers()
    const note = ['case', 'note', one.caseId, '--text', 'kept meanwhile']
    const isTaken = async () => (await cli.as('lead', note)).code === EXIT.ok
    await until('the case takes a note', isTaken, { withinMs: 30_000 })

    const list = () => cli.as('accountManager', ['stuck', 'list'], { columns: 200 })
    const { out } = await until(
      'both are listed',
      async () => {
        const shown = await list()
        return [caseId, one.caseId].every((id) => shown.out.includes(id)) && shown
      },
      { withinMs: 30_000 },
    )
    expect(out).toContain('S2  northwind  opening since')
    expect(out).toContain('it has not opened: what is stored cannot be read')
    expect(out).toContain(`S2  ${one.listingId}  northwind  awaitingBrand since`)
    expect(out).toContain('its record takes nothing more: what is stored cannot be read')
    expect(out).toContain(`joint-force audit verify ${one.caseId}`)
    const unknown = await cli.as('brandMember', ['stuck', 'list', '--json'])
    expect(JSON.parse(unknown.out)).toEqual([])

    const events = service.database.raw.collection('caseEvents')
    await events.deleteMany({ canonical: 'unreadable' })
    for (const id of [caseId, one.caseId]) await cli.as('lead', ['case', 'retry', id])
    await until('none is listed', async () => (await list()).out === '', { withinMs: 30_000 })
    await untilRecorded(service, caseId, ({ phase }) => phase === 'awaitingBrand')
  })
})
