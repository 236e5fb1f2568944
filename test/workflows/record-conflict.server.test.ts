import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { until } from '../../local/until.js'
import { EVERYTHING } from '../../store/store.js'
import { addNote } from '../../workflows/messages.js'
import { buildCaller } from '../builders/case.js'
import { confirmation, decideWhenOpen, reportAskedCase } from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

let service: TestService

beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.stop())

describe('a case whose record cannot be continued', () => {
  it('tries ever more seldom, shows that it needs attention, and loses nothing', async () => {
    const one = await reportAskedCase(service)
    const { caseId } = one
    const rows = service.database.raw.collection<{ _id: string }>('cases')
    const isAhead = (by: number) =>
      rows.updateOne({ _id: caseId }, { $inc: { rev: by, 'state.rev': by } })
    await isAhead(5)
    const caller = buildCaller({ role: 'lead', id: 'key-lead', brandIds: '*' })
    const note = (text: string) =>
      one.handle.executeUpdate(addNote, {
        args: [{ caseId, caller, text, audience: 'internal' as const }],
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
    expect((await one.handle.describe()).historyLength).toBeLessThan(120)

    await isAhead(-5)
    await note('wakes it')
    await decideWhenOpen(one, confirmation(caseId))
    expect(await one.handle.result()).toMatchObject({ outcome: 'takenDown' })
    const stored = await service.store.cases.events(EVERYTHING, caseId)
    const texts = stored.flatMap(({ event }) =>
      event.type === 'noteAdded' ? [event.data.text] : [],
    )
    expect(texts).toEqual(expect.arrayContaining(['kept while the record is broken', 'wakes it']))
  })
})
