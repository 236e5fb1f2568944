import { describe, expect, it } from '@jest/globals'
import { MockActivityEnvironment } from '@temporalio/testing'
import { createFindCasesToSweep } from '../../../activities/sweep/find-cases-to-sweep.js'
import type { HandOverTask, SweepTask } from '../../../domain/sweep/sweeps.js'
import type { Store } from '../../../store/store.js'
import { buildAccountManager, buildBrand } from '../../builders/brand.js'
import { buildCaller } from '../../builders/case.js'
import '../../setup/quiet-temporal.js'

const FOUND = [{ openedAt: 1, caseId: 'case~taobao~1~northwind~aaaaaaaa' }]
const CALLER = buildCaller({ role: 'operator', brandIds: '*' })
const MINUTES_AGO = 3 * 60_000

/** A store in which brand and account manager have these revisions. */
function storeWith(brandRev: number, manager: { rev: number; active: boolean }) {
  return {
    cases: { openInOrder: () => Promise.resolve(FOUND), countOpen: () => Promise.resolve(1) },
    brands: { find: () => Promise.resolve({ ...buildBrand(), rev: brandRev }) },
    accountManagers: { find: () => Promise.resolve({ ...buildAccountManager(), ...manager }) },
  } as unknown as Store
}

const BRAND: SweepTask = { kind: 'brandManager', brandId: 'northwind', from: 'ana-souza', rev: 4 }
const HAND_OVER: HandOverTask = { kind: 'handOver', from: 'ana-souza', to: 'eva-lind' }
const LEAVING: SweepTask = { ...HAND_OVER, leaving: { role: 'accountManager', rev: 4 } }

function find(task: SweepTask, store: Store, waitedMs = 0) {
  const environment = new MockActivityEnvironment({ scheduledTimestampMs: Date.now() - waitedMs })
  return environment.run(createFindCasesToSweep({ store }), task, CALLER, null)
}

describe('a sweep that follows a change', () => {
  const before = storeWith(4, { rev: 4, active: true })
  const after = storeWith(5, { rev: 5, active: false })
  const another = storeWith(5, { rev: 5, active: true })

  it.each([
    ['a brand’s', BRAND],
    ['a person’s', LEAVING],
  ])('waits for %s, and does nothing when it never comes', async (_whose, task) => {
    await expect(find(task, before)).rejects.toThrow(/not saved yet/)
    expect(await find(task, before, MINUTES_AGO)).toEqual({ caseIds: [], next: null, total: 0 })
    expect(await find(task, after)).toMatchObject({ caseIds: [FOUND[0]?.caseId], total: 1 })
  })

  it('does nothing when somebody’s entry changed otherwise, so that they stay', async () => {
    expect(await find(LEAVING, another)).toMatchObject({ caseIds: [], total: 0 })
    expect(await find(HAND_OVER, another)).toMatchObject({ total: 1 })
  })
})
