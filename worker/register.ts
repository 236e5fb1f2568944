import { type Client, ScheduleAlreadyRunning } from '@temporalio/client'
import { MINUTE_MS } from '../domain/calendar.js'
import {
  CASES_QUEUE,
  RECONCILE,
  RECONCILE_SCHEDULE,
  SEARCH_ATTRIBUTES,
} from '../workflows/messages.js'

const RECONCILE_EVERY_MS = 5 * MINUTE_MS

/** `temporal.api.enums.v1.IndexedValueType` for the types our attributes have. */
const INDEXED_VALUE_TYPE = { KEYWORD: 2, DATETIME: 6 } as const

/**
 * Makes the client's namespace ready for cases: search attributes and the schedule of the
 * reconciler. Doing it again changes nothing. Throws when the namespace cannot be used.
 */
export async function registerWithTemporal(
  client: Client,
  reconcileEveryMs = RECONCILE_EVERY_MS,
): Promise<void> {
  await registerSearchAttributes(client)
  await registerSchedule(client, reconcileEveryMs)
}

async function registerSearchAttributes({ connection, options }: Client): Promise<void> {
  const { operatorService } = connection
  const { namespace } = options
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace })
  const missing = Object.values(SEARCH_ATTRIBUTES).filter(({ name }) => !customAttributes?.[name])
  if (missing.length === 0) return
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(
      missing.map(({ name, type }) => [name, INDEXED_VALUE_TYPE[type]]),
    ),
  })
}

async function registerSchedule(client: Client, everyMs: number): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: RECONCILE_SCHEDULE,
      spec: { intervals: [{ every: everyMs }] },
      action: { type: 'startWorkflow', workflowType: RECONCILE, taskQueue: CASES_QUEUE },
      policies: { overlap: 'SKIP', catchupWindow: '1m' },
    })
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
  }
}
