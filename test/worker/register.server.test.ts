import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { REPOSITORY_DIR } from '../../local/provision/context.js'
import { registerWithTemporal } from '../../worker/migrate/register.js'
import { CASES_QUEUE, RECONCILE, RECONCILE_SCHEDULE } from '../../workflows/messages.js'
import { openNamespace, type OwnNamespace } from '../setup/namespace.js'

let own: OwnNamespace
beforeAll(async () => {
  own = await openNamespace()
})
afterAll(() => own.connection.close())

describe('a namespace made ready for cases', () => {
  it('may be made ready again, by several at once', async () => {
    const register = () => registerWithTemporal(own.client, 3_600_000)
    const all = Promise.all([register(), register(), register()])
    await expect(all).resolves.toHaveLength(3)
  })

  it('is asked as often as this version wants, and stays paused if somebody paused it', async () => {
    const schedule = own.client.schedule.getHandle(RECONCILE_SCHEDULE)
    await schedule.pause('the database is being moved')
    await registerWithTemporal(own.client, 7_200_000)
    const { spec, state, action } = await schedule.describe()
    expect(spec.intervals).toMatchObject([{ every: 7_200_000 }])
    expect(state).toMatchObject({ paused: true, note: 'the database is being moved' })
    expect(action).toMatchObject({ workflowType: RECONCILE, taskQueue: CASES_QUEUE })
  })

  it('understands every query of docs/operations.md', async () => {
    const docs = await readFile(path.join(REPOSITORY_DIR, 'docs/operations.md'), 'utf8')
    const [, table = ''] = docs.split(/^\| To find +\| Query +\|$/m)
    const [rows = ''] = table.split('\n\n')
    const queries = [...rows.matchAll(/`([^`]+)`/g)].map(([, query = '']) => query)
    expect(queries.length).toBeGreaterThan(8)
    for (const query of queries) {
      const { count } = await own.client.workflow.count(query)
      expect({ query, count }).toEqual({ query, count: 0 })
    }
  })
})
