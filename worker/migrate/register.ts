import { type Client, ScheduleAlreadyRunning } from '@temporalio/client'
import { MINUTE_MS } from '../../domain/brand/calendar.js'
import { isNotForUs, missingSearchAttributes } from '../../platform/search-attributes.js'
import { CASES_QUEUE, RECONCILE, RECONCILE_SCHEDULE } from '../../workflows/messages.js'
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.js'

const RECONCILE_EVERY_MS = 5 * MINUTE_MS

/** `temporal.api.enums.v1.IndexedValueType` for the types our attributes have. */
const INDEXED_VALUE_TYPE = { KEYWORD: 2, DATETIME: 6 } as const
/** As Temporal's user interface calls them. */
const NAME_OF_TYPE = { KEYWORD: 'Keyword', DATETIME: 'Datetime' } as const

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

/**
 * Registers the search attributes that the namespace does not know. Throws, with what to do by
 * hand, where the server lets nobody do it over this interface.
 */
async function registerSearchAttributes(client: Client): Promise<void> {
  const wanted = new Map(Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => [name, type]))
  const missing = await missingSearchAttributes(client, [...wanted.keys()])
  if (missing.length === 0) return
  const types = missing.map((name) => [name, wanted.get(name) ?? 'KEYWORD'] as const)
  const { namespace } = client.options
  try {
    await client.connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(
        types.map(([name, type]) => [name, INDEXED_VALUE_TYPE[type]]),
      ),
    })
  } catch (cause) {
    if (!isNotForUs(cause)) throw cause
    const listed = types.map(([name, type]) => `${name} (${NAME_OF_TYPE[type]})`).join(', ')
    throw new Error(
      `the server lets nobody add search attributes here, as Temporal Cloud does not; add them to the namespace ${namespace} by hand and run this again: ${listed}`,
      { cause },
    )
  }
}

/** Makes the schedule, or brings it up to what this version wants of it. */
async function registerSchedule(client: Client, everyMs: number): Promise<void> {
  const wanted = {
    spec: { intervals: [{ every: everyMs }] },
    action: { type: 'startWorkflow', workflowType: RECONCILE, taskQueue: CASES_QUEUE } as const,
    policies: { overlap: 'SKIP', catchupWindow: '1m' } as const,
  }
  try {
    await client.schedule.create({ scheduleId: RECONCILE_SCHEDULE, ...wanted })
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
    // What a person set, such as a pause with its note, stays.
    await client.schedule
      .getHandle(RECONCILE_SCHEDULE)
      .update(({ state }) => ({ ...wanted, state }))
  }
}
