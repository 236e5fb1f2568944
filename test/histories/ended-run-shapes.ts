import { listingCaseStart } from '../../workflows/case/start.js'
import { CASES_QUEUE, CLOSE_SUPERSEDED, closeSupersededId, LISTING_CASE } from '../../workflows/messages.js'
import { LEAD_CALLER, MONITOR_CALLER, reportAskedCase } from '../setup/reporting.js'
import type { Shape } from './shape.js'


/** What becomes of cases whose run somebody ended. */
export const ENDED_RUN_SHAPES: Record<string, Shape> = {
  /** The next run gets what the ended one had accepted, in which one message applies no more. */
  carried: {
    async play(service) {
      const { caseId, workflowId, input, handle } = await reportAskedCase(service)
      await handle.terminate('by mistake')
      const at = Date.now()
      const by = { caseId, caller: LEAD_CALLER }
      const sighting = { ...input.sighting, sightingId: `${input.sighting.sightingId}-2` }
      const start = listingCaseStart(
        workflowId,
        {
          ...input,
          continued: 'the workflow had ended (TERMINATED); the case goes on from its record',
          undelivered: {
            messages: [
              {
                ...{ name: 'addNote', at, requestId: 'addNote:1#a' },
                message: { ...by, text: 'called', audience: 'internal' },
              },
              { name: 'sightingAdded', at, message: { sighting, caller: MONITOR_CALLER } },
              {
                ...{ name: 'returnToBrand', at, requestId: 'returnToBrand:1#a' },
                message: { ...by, message: 'look again' },
              },
              {
                ...{ name: 'closeManually', at, requestId: 'closeManually:1#a' },
                message: { ...by, reason: 'settled' },
              },
            ],
            leftOut: 'acknowledged before the workflow ended, but too much to be taken over: one',
          },
        },
        { severity: 'S2', phase: 'opening' },
      )
      await service.client.workflow.start(LISTING_CASE, start)
      const run = service.client.workflow.getHandle(workflowId)
      await run.result()
      return { 'listing-case.carried': run }
    },
  },
  superseded: {
    async play(service) {
      const { caseId, listingId, handle } = await reportAskedCase(service)
      await handle.terminate('by mistake')
      await reportAskedCase(service, { listingId })
      const close = await service.client.workflow.start(CLOSE_SUPERSEDED, {
        ...{ workflowId: closeSupersededId(caseId), taskQueue: CASES_QUEUE },
        args: [{ message: { caseId, caller: LEAD_CALLER, reason: 'settled' }, requestId: 'close:1#a' }],
      })
      await close.result()
      return { 'close-superseded.closed': close }
    },
  },
}
