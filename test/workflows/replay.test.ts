import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Worker } from '@temporalio/worker'
import { costOf } from '../../local/history-cost.js'
import { compiled } from '../setup/compiled.js'
import '../setup/quiet-temporal.js'

const HISTORIES = path.join(import.meta.dirname, '../histories')

interface RecordedHistory {
  events: Record<string, unknown>[]
}

const files = (await readdir(HISTORIES)).filter((file) => file.endsWith('.json')).sort()
const read = async (file: string) =>
  JSON.parse(await readFile(path.join(HISTORIES, file), 'utf8')) as RecordedHistory

describe('recorded histories', () => {
  it('exist for every shape of a case, what it left to tell, mails to one contact, sweeps and webhooks', () => {
    const shapes = new Set(files.map((file) => file.split('.').at(-2)))
    expect([...shapes]).toEqual(
      expect.arrayContaining([
        ...['confirmed', 'expired', 'undone', 'stuckAndRetried', 'extended', 'refusedAndClosed'],
        ...['closedInOutage', 'pending', 'goneByOtherBrand', 'lateSighting', 'unknownSeverity'],
        ...['continuedAsNew', 'continued', 'reset', 'undelivered', 'told', 'mailed', 'swept'],
        ...['questionAnswered', 'questionPassedOn'],
        ...['carried', 'closed', 'reopened', 'reassigned', 'retried', 'gone'],
      ]),
    )
  })

  it('of every release replay with the present code', async () => {
    const histories = await Promise.all(
      files.map(async (file) => ({ workflowId: file, history: await read(file) })),
    )
    const results = Worker.runReplayHistories(
      { workflowBundle: { codePath: compiled.workflowBundle } },
      histories as never,
    )
    for await (const { workflowId, error } of results) {
      expect({ workflowId, error: error?.message }).toEqual({ workflowId, error: undefined })
    }
  })

  it('name no folder of the machine they were recorded on', async () => {
    for (const file of files) {
      const text = await readFile(path.join(HISTORIES, file), 'utf8')
      expect({ file, absolute: text.match(/(?:\(|at |file:\/\/)\/[^)\\"]*/)?.[0] }).toEqual({
        file,
      })
    }
  })

  it('of a confirmed case keep the budget of 12 actions and 50 events', async () => {
    const confirmed = files.filter((file) => file.includes('listing-case.confirmed'))
    expect(confirmed).not.toHaveLength(0)
    for (const file of confirmed) {
      const { actions, historyEvents } = costOf(await read(file))
      expect({ file, actions }).toEqual({ file, actions: 12 })
      expect(historyEvents).toBeLessThanOrEqual(50)
    }
  })
})
