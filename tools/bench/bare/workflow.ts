import {
  condition,
  defineQuery,
  defineUpdate,
  proxyActivities,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow'
import { SEARCH_ATTRIBUTES } from '../../../workflows/search-attributes.js'

export const BARE_QUEUE = 'bare'
export const BARE_MARKETPLACE_QUEUE = 'bare-marketplace'

export const goOn = defineUpdate('goOn')
export const isWaiting = defineQuery<boolean>('isWaiting')

const REMINDER_MS = 24 * 60 * 60 * 1000

interface BareActivities {
  doNothing(input: unknown): Promise<void>
}
const options = { startToCloseTimeout: '30s' } as const
const { doNothing } = proxyActivities<BareActivities>(options)
const marketplace = proxyActivities<BareActivities>({
  ...options,
  taskQueue: BARE_MARKETPLACE_QUEUE,
})

/**
 * The durable steps of a case that its brand confirms, in the same order, doing nothing: opened,
 * asked, a timer, an update, saved, removed at the marketplace, saved, told.
 */
export async function bareCase(input: unknown): Promise<void> {
  let waiting = false
  let mayGoOn = false
  setHandler(isWaiting, () => waiting)
  setHandler(goOn, () => {
    mayGoOn = true
  })
  await doNothing(input)
  show('awaitingBrand')
  const told = doNothing(input)
  void sleep(REMINDER_MS)
  waiting = true
  await condition(() => mayGoOn)
  show('takingDown')
  await doNothing(input)
  await marketplace.doNothing(input)
  show('closed')
  const toldOutcome = doNothing(input)
  await doNothing(input)
  await Promise.all([told, toldOutcome])
}

function show(phase: string): void {
  upsertSearchAttributes([
    { key: SEARCH_ATTRIBUTES.CasePhase, value: phase },
    { key: SEARCH_ATTRIBUTES.DueAt, value: new Date(Date.now() + REMINDER_MS) },
  ])
}
