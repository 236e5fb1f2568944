import { setImmediate } from 'node:timers/promises'
import { CancelledFailure } from '@temporalio/activity'
import type { Client } from '@temporalio/client'
import { describe, expect, it } from '@jest/globals'
import { MockActivityEnvironment } from '@temporalio/testing'
import { createReconciledCases } from '../../../activities/case/restart-case.js'
import { createReconcileCases } from '../../../activities/reconcile/reconcile-cases.js'
import type { Store } from '../../../store/store.js'
import '../../setup/quiet-temporal.js'

const IDS = Array.from({ length: 100 }, (_, n) => `case~taobao~L${n}~northwind~aaaaaaaaaaaaa`)

/** As many open rows as one has time for, each of a case that `isRunning` or whose row is gone by now. */
function endless(isRunning: boolean) {
  const counted = { rows: 0, runs: 0 }
  const store = {
    cases: {
      openIds: async () => {
        counted.rows += IDS.length
        return IDS
      },
      get: async () => null,
    },
  } as unknown as Store
  const temporal = {
    workflow: {
      list: async function* () {
        await setImmediate()
        if (isRunning) for (const caseId of IDS) yield { memo: { caseId } }
      },
      getHandle: () => ({
        describe: async () => {
          counted.runs++
          await setImmediate()
          return { status: { name: 'COMPLETED' }, memo: {} }
        },
      }),
    },
  } as unknown as Client
  const kinds = [createReconciledCases(store)] as const
  return { counted, deps: { temporal, restartsPerSecond: 1_000, kinds } }
}

describe('a comparison whose worker stops', () => {
  it.each([
    ['between pages', true],
    ['within one', false],
  ])('ends at once %s, and touches no case afterwards', async (_where, isRunning) => {
    const { counted, deps } = endless(isRunning)
    const environment = new MockActivityEnvironment()
    const comparing = environment.run(createReconcileCases(deps), { openingMs: 1 })
    while (counted.rows < 300) await setImmediate()
    environment.cancel('WORKER_SHUTDOWN')
    await expect(comparing).rejects.toThrow(CancelledFailure)
    const before = { ...counted }
    for (let n = 0; n < 20; n++) await setImmediate()
    expect(counted).toEqual(before)
  })
})
