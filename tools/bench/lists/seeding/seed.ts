import { inParallel } from '../../../../platform/in-parallel.js'
import { createStore } from '../../../../store/create-store.js'
import { recordOf } from '../records.js'

const AT_ONCE = 24

/** Which numbers of cases to put on record. */
export interface SeedOrder {
  mongodbUri: string
  /** Every `step`-th from `first` on, before `end`. */
  first: number
  step: number
  end: number
  /** The instant all of them look back from (epoch ms). */
  now: number
}

/** Puts cases on record through the store, each with its whole record in one transaction. */
export async function seed({ mongodbUri, first, step, end, now }: SeedOrder): Promise<void> {
  const store = createStore({ uri: mongodbUri })
  try {
    const indices = Array.from(
      { length: Math.ceil((end - first) / step) },
      (_, i) => first + i * step,
    )
    await inParallel(indices, AT_ONCE, async (index) => {
      const { workflowId, events, state } = recordOf(index, now)
      const externalId = `report-${index}`
      await store.cases.open({ workflowId, externalId, events, state })
    })
  } finally {
    await store.close()
  }
}
