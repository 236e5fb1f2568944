import {
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow'
import type { NewCase } from '../../../contract/sighting.js'
import { SEARCH_ATTRIBUTES } from '../../../workflows/search-attributes.js'

export const FLOOR_QUEUE = 'floor'
export const FLOOR_MARKETPLACE_QUEUE = 'floor-marketplace'
export const FLOOR_DIGEST = 'floorDigest'

export const confirmFloor = defineUpdate('confirmFloor')
export const isFloorWaiting = defineQuery<boolean>('isFloorWaiting')
export const tellFloor = defineSignal<[string]>('tellFloor')

const REMINDER_MS = 24 * 60 * 60 * 1000

/** The effects of a case, without its rules. */
export interface FloorActivities {
  open(report: NewCase): Promise<void>
  save(report: NewCase, step: 'decided' | 'closed'): Promise<void>
  tell(report: NewCase): Promise<void>
  mail(cases: number): Promise<void>
}
export interface FloorMarketplaceActivities {
  remove(report: NewCase): Promise<void>
}

const options = { startToCloseTimeout: '30s' } as const
const { open, save, tell, mail } = proxyActivities<FloorActivities>(options)
const { remove } = proxyActivities<FloorMarketplaceActivities>({
  ...options,
  taskQueue: FLOOR_MARKETPLACE_QUEUE,
})

/** The bare workflow, whose steps do what those of a case do outside: write, tell, remove. */
export async function floorCase(report: NewCase): Promise<void> {
  let isWaiting = false
  let isConfirmed = false
  setHandler(isFloorWaiting, () => isWaiting)
  setHandler(confirmFloor, () => {
    isConfirmed = true
  })
  await open(report)
  show('awaitingBrand')
  const told = tell(report)
  void sleep(REMINDER_MS)
  isWaiting = true
  await condition(() => isConfirmed)
  show('takingDown')
  await save(report, 'decided')
  await remove(report)
  show('closed')
  const toldOutcome = tell(report)
  await save(report, 'closed')
  await Promise.all([told, toldOutcome])
}

/** Gathers what one contact is to be told, as the service does, and sends it in one mail. */
export async function floorDigest(timing: { gatherMs: number; intervalMs: number }): Promise<void> {
  const waiting = new Set<string>()
  setHandler(tellFloor, (id) => {
    waiting.add(id)
  })
  for (;;) {
    await condition(() => waiting.size > 0)
    await sleep(timing.gatherMs)
    const count = waiting.size
    waiting.clear()
    await mail(count)
    await sleep(timing.intervalMs)
  }
}

function show(phase: string): void {
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.CasePhase, value: phase },
    { key: SEARCH_ATTRIBUTES.DueAt, value: new Date(Date.now() + REMINDER_MS) },
  ])
}
