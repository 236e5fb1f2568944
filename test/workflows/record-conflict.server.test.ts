import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { standingCases } from '../../api/cases/standstills.js'
import { until } from '../../local/until.js'
import { EVERYTHING } from '../../store/store.js'
import { CASE_UPDATES } from '../../workflows/messages.js'
import {
  LEAD_CALLER,
  confirmation,
  decideWhenOpen,
  reportAskedCase,
  untilRecorded,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

let service: TestService

beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.stop())

describe('a case that has something to save that can never be saved', () => {
  it('shows why, and saves it once that is mended', async () => {
    const one = await reportAskedCase(service)
    const { caseId, handle } = one
    const { db } = service.database.raw
    if (!db) throw new Error('the database is not open')
    // As an older index, or a rule somebody made by hand, would refuse it.
    await db.command({
      collMod: 'caseEvents',
      validator: { $nor: [{ caseId, type: 'noteAdded' }] },
    })
    await handle.executeUpdate(CASE_UPDATES.addNote, {
      args: [
        { caseId, caller: LEAD_CALLER, text: 'refused for now', audience: 'internal' as const },
      ],
    })
    const shown = await until(
      'it shows that it stands still',
      async () => (await standingCases(service.client, EVERYTHING, Date.now()))[0],
      { withinMs: 20_000 },
    )
    expect(shown).toMatchObject({ caseId, standstill: 'recordRefused' })
    expect(shown.detail).toMatch(/^the database takes nothing of this form: /)

    await db.command({ collMod: 'caseEvents', validator: {} })
    await handle.executeUpdate(CASE_UPDATES.retryTakedown, { args: [{}] })
    await untilRecorded(service, caseId, ({ notes }) => notes === 1)
    await decideWhenOpen(one, confirmation(caseId, { verdict: 'genuine' }))
    expect(await handle.result()).toMatchObject({ outcome: 'released' })
  })
})

describe('a case whose record cannot be continued', () => {
  it('tries ever more seldom, shows that it needs attention, and loses nothing', async () => {
    const one = await reportAskedCase(service)
    const { caseId } = one
    const rows = service.database.raw.collection<{ _id: string }>('cases')
    const isAhead = (by: number) =>
      rows.updateOne({ _id: caseId }, { $inc: { rev: by, 'state.rev': by } })
    await isAhead(5)
    const note = (text: string) =>
      one.handle.executeUpdate(CASE_UPDATES.addNote, {
        args: [{ caseId, caller: LEAD_CALLER, text, audience: 'internal' as const }],
      })
    await note('kept while the record is broken')

    await until(
      'it needs attention',
      async () => {
        const { searchAttributes } = await one.handle.describe()
        return searchAttributes['CasePhase']?.[0] === 'needsAttention'
      },
      { withinMs: 30_000 },
    )
    // Details of a running case, as the Temporal UI asks for them.
    const metadata = await one.handle.query<string>('__temporal_workflow_metadata')
    expect(JSON.stringify(metadata)).toContain(`audit verify ${caseId}`)
    const { historyLength, memo, searchAttributes } = await one.handle.describe()
    expect(historyLength).toBeLessThan(130)
    expect(memo?.['trouble']).toMatch(/^audit verify: the row of the case \(row\): the row is at/)
    expect(searchAttributes['Trouble']).toEqual(['recordRefused'])
    const [found] = await standingCases(service.client, EVERYTHING, Date.now())
    expect(found).toMatchObject({ caseId, standstill: 'recordRefused', detail: memo?.['trouble'] })

    await isAhead(-5)
    // The manager's retry; nothing is taken down by it.
    await one.handle.executeUpdate(CASE_UPDATES.retryTakedown, { args: [{}] })
    await until(
      'its record is continued',
      async () => !(await one.handle.describe()).searchAttributes['Trouble']?.[0],
      { withinMs: 10_000 },
    )
    expect((await one.handle.describe()).memo?.['trouble']).toBeUndefined()
    await decideWhenOpen(one, confirmation(caseId))
    expect(await one.handle.result()).toMatchObject({ outcome: 'takenDown' })
    const stored = await service.store.cases.events(EVERYTHING, caseId)
    const texts = stored.flatMap(({ event }) =>
      event.type === 'noteAdded' ? [event.data.text] : [],
    )
    expect(texts).toEqual(expect.arrayContaining(['kept while the record is broken']))
  })
})
