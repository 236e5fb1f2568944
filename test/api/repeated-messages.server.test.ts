import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { MESSAGE_NAMES, type MessageName } from '../../domain/vocabulary.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { EVERYTHING } from '../../store/store.js'
import type { listingCase } from '../../workflows/case/listing-case.js'
import { CASE_SIGNALS } from '../../workflows/messages.js'
import {
  MONITOR_CALLER,
  reportAskedCase,
  type ReportedCase,
  untilOpened,
  untilRecorded,
} from '../setup/reporting.js'
import { type CaseApi, outcome, startCaseApi } from './case-api.js'
import { eachMessage, type SentMessage } from './each-message.js'

/** Few, so that a case continues as new after a handful of sightings. */
const CONTINUE_AFTER_EVENTS = 50

let cases: CaseApi
let kinds: Record<MessageName, SentMessage>
beforeAll(async () => {
  cases = await startCaseApi()
  kinds = await eachMessage(cases)
})
afterAll(() => cases.stop())

/** Without the working time of a new owner, which is looked up after the fact. */
async function recordOf({ caseId }: ReportedCase): Promise<string[]> {
  const events = await cases.service.store.cases.events(EVERYTHING, caseId)
  return events.map(({ event }) => event.type).filter((type) => type !== 'workingTimeChanged')
}

/** Lets the monitor see the listing until the case goes on in another run. */
async function continuedAsNew(one: ReportedCase): Promise<void> {
  const handle = cases.service.client.workflow.getHandle<typeof listingCase>(one.workflowId)
  const { runId } = await handle.describe()
  const isContinued = async () => {
    const sighting = { ...one.input.sighting, sightingId: `s-${randomSuffix()}` }
    await handle.signal(CASE_SIGNALS.sightingAdded, { sighting, caller: MONITOR_CALLER })
    await untilRecorded(cases.service, one.caseId, ({ sightings }) =>
      sightings.some(({ sightingId }) => sightingId === sighting.sightingId),
    )
    return (await handle.describe()).runId !== runId
  }
  await until(`${one.caseId} continues as new`, isContinued, { withinMs: 20_000 })
  await untilOpened(cases.service, one)
}

describe('a message sent again under the same id', () => {
  it.each(MESSAGE_NAMES)(
    '%s is known again by a run that went on as new, or once the case has closed',
    async (name) => {
      const { prepare, send, sendOther, led } = kinds[name]
      const one = await reportAskedCase(cases.service, {
        continueAfterEvents: CONTINUE_AFTER_EVENTS,
      })
      await prepare(one)
      expect((await send(one)).statusCode).toBe(200)
      const { phase } = await untilRecorded(cases.service, one.caseId, led)
      if (phase !== 'closed') await continuedAsNew(one)

      const before = await recordOf(one)
      expect((await send(one)).statusCode).toBe(200)
      expect(outcome(await sendOther(one))).toEqual([409, 'other-content'])
      expect(await recordOf(one)).toEqual(before)
    },
  )
})
