import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { Client, type WorkflowHandle } from '@temporalio/client'
import { brandRecipient } from '../../domain/notice/recipients.js'
import type { HandOverTask } from '../../domain/sweep/sweeps.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import type { sweep } from '../../workflows/sweep.js'
import { listingCaseStart } from '../../workflows/case/start.js'
import { CASE_SIGNALS, CASE_UPDATES, CASES_QUEUE, contactDigestId, LISTING_CASE, SWEEP, sweepWorkflowId, TELLING, WEBHOOK_DELIVERY } from '../../workflows/messages.js'
import { wakingEndpoint } from '../../workflows/webhook/start.js'
import { buildAccountManager, buildBrand } from '../builders/brand.js'
import { buildEndpoint, buildMessage } from '../builders/webhook.js'
import { reconcileNow } from '../setup/reconciling.js'
import { LEAD_CALLER,
  confirmation,
  confirmInVain,
  decideWhenOpen,
  MONITOR_CALLER,
  reportAskedCase,
  type ReportedCase,
  reportForOther,
  reportListing,
  shownHashOf,
  untilOpened,
  untilRecorded,
} from '../setup/reporting.js'
import type { TestService, TestServiceOptions } from '../setup/service.js'
import { ENDED_RUN_SHAPES } from './ended-run-shapes.js'
import { PERSON_SHAPES } from './person-shapes.js'
import { QUESTION_SHAPES } from './question-shapes.js'
import type { Doors, Shape } from './shape.js'

/** Where the receiver of recorded webhooks listens. */
const RECEIVER = 'http://127.0.0.1:8790'
const OTHER_BRAND = 'southwind'
const CONTINUE_AFTER_EVENTS = 40

const throughDoor = ({ connection }: Doors): TestServiceOptions => ({
  activityClient: (namespace) => new Client({ connection, namespace }),
})

/** A case that runs to its end. */
const ended = (name: string, play: (service: TestService) => Promise<ReportedCase>): Shape => ({
  async play(service) {
    const { handle } = await play(service)
    await handle.result()
    return { [`listing-case.${name}`]: handle }
  },
})

/** The latest run of a case. */
const latest = async ({ client }: TestService, workflowId: string) => {
  const { runId } = await client.workflow.getHandle(workflowId).describe()
  return client.workflow.getHandle(workflowId, runId)
}

/** Compares until the case runs again; the list of ended workflows lags. */
async function untilRestarted(service: TestService, workflowId: string): Promise<WorkflowHandle> {
  const isRunning = async () => {
    await reconcileNow(service)
    const run = await latest(service, workflowId)
    return (await run.describe()).status.name === 'RUNNING' && run
  }
  return until(`${workflowId} is started again`, isRunning, { withinMs: 20_000 })
}

/** Every shape of a workflow that open cases may have, by name. */
export const SHAPES: Record<string, Shape> = {
  ...ENDED_RUN_SHAPES,
  ...PERSON_SHAPES,
  ...QUESTION_SHAPES,
  confirmed: ended('confirmed', async (service) => {
    const one = await reportAskedCase(service)
    await decideWhenOpen(one, confirmation(one.caseId))
    return one
  }),
  expired: ended('expired', (service) => reportListing(service, { severity: 'S3' })),
  undone: ended('undone', async (service) => {
    const one = await reportListing(service, { severity: 'S2' })
    const { caseId } = one
    const message = confirmation(caseId, { bulk: true })
    await decideWhenOpen(one, message)
    const { caller, decisionId } = message
    await one.handle.executeUpdate(CASE_UPDATES.undecide, {
      args: [{ caseId, caller, decisionId, reason: 'the wrong row' }],
    })
    await decideWhenOpen(one, confirmation(caseId, { verdict: 'genuine' }))
    return one
  }),
  stuckAndRetried: ended('stuckAndRetried', async (service) => {
    const one = await confirmInVain(service)
    await untilRecorded(service, one.caseId, ({ phase }) => phase === 'needsAttention')
    await service.sandbox.setFaults([])
    await one.handle.executeUpdate(CASE_UPDATES.retryTakedown, { args: [{}] })
    return one
  }),
  refusedAndClosed: ended('refusedAndClosed', async (service) => {
    const one = await reportListing(service)
    const { listingId, caseId } = one
    const refusal = { code: 'notInfringing', detail: 'we see it differently' }
    await service.sandbox.setFaults([{ kind: 'refuse', listingId, ...refusal }])
    await decideWhenOpen(one, confirmation(caseId))
    await untilRecorded(service, caseId, ({ phase }) => phase === 'needsAttention')
    await one.handle.executeUpdate(CASE_UPDATES.closeManually, {
      args: [{ caseId, caller: LEAD_CALLER, reason: 'the marketplace keeps it' }],
    })
    return one
  }),
  extended: ended('extended', async (service) => {
    const one = await reportListing(service, { severity: 'S4' })
    const { wait } = await untilRecorded(service, one.caseId, (s) => s.phase === 'awaitingBrand')
    const until = new Date((wait?.dueAt ?? 0) + 2_000).toISOString()
    await one.handle.executeUpdate(CASE_UPDATES.extendDeadline, { args: [{ until }] })
    return one
  }),
  closedInOutage: ended('closedInOutage', async (service) => {
    const one = await confirmInVain(service)
    const { caseId } = one
    await one.handle.executeUpdate(CASE_UPDATES.closeManually, {
      args: [{ caseId, caller: LEAD_CALLER, reason: 'the shop is no more' }],
    })
    await untilRecorded(service, caseId, ({ closing }) => (closing?.lookUps ?? 0) > 0)
    await service.sandbox.setFaults([])
    return one
  }),
  pending: ended('pending', async (service) => {
    const one = await reportAskedCase(service)
    const { listingId } = one
    await service.sandbox.setFaults([{ kind: 'pending', delayMs: 500, listingId, count: 1 }])
    await decideWhenOpen(one, confirmation(one.caseId))
    return one
  }),
  goneByOtherBrand: ended('goneByOtherBrand', async (service) => {
    await service.store.brands.create(buildBrand({ brandId: OTHER_BRAND, name: 'Southwind' }))
    const one = await reportAskedCase(service)
    const other = await reportForOther(service, one, OTHER_BRAND)
    await untilRecorded(service, other.caseId, ({ phase }) => phase === 'awaitingBrand')
    await decideWhenOpen(one, confirmation(one.caseId))
    return other
  }),
  continuedAsNew: {
    async play(service) {
      const { input, workflowId, listingId, handle: draft } = await reportListing(service)
      await draft.terminate('started again below, with a short limit')
      const caseId = `${input.caseId}x`
      const start = listingCaseStart(
        workflowId,
        { ...input, caseId, continueAfterEvents: CONTINUE_AFTER_EVENTS },
        { severity: 'S2', phase: 'opening' },
      )
      const { firstExecutionRunId } = await service.client.workflow.start(LISTING_CASE, start)
      await untilOpened(service, { workflowId })
      const handle = service.client.workflow.getHandle(workflowId)
      for (let n = 1; (await handle.describe()).runId === firstExecutionRunId; n++) {
        const sighting = { ...input.sighting, sightingId: `s-${randomSuffix()}` }
        await handle.signal(CASE_SIGNALS.sightingAdded, { sighting, caller: MONITOR_CALLER })
        await untilRecorded(service, caseId, ({ rev }) => rev > n)
      }
      await decideWhenOpen(
        { caseId, listingId, workflowId, input, handle: handle as ReportedCase['handle'] },
        confirmation(caseId),
      )
      await handle.result()
      return {
        'listing-case.continuedAsNew': service.client.workflow.getHandle(
          workflowId,
          firstExecutionRunId,
        ),
        'listing-case.continued': await latest(service, workflowId),
      }
    },
  },
  reset: {
    async play(service) {
      const one = await reportAskedCase(service)
      const { caseId, workflowId } = one
      const note = { caseId, caller: LEAD_CALLER, text: 'called', audience: 'internal' } as const
      await one.handle.executeUpdate(CASE_UPDATES.addNote, { args: [note] })
      await untilRecorded(service, caseId, ({ notes }) => notes === 1)
      const { events } = await one.handle.fetchHistory()
      const [firstTask] = (events ?? []).filter((e) => e.workflowTaskCompletedEventAttributes)
      await service.client.workflowService.resetWorkflowExecution({
        namespace: service.namespace,
        workflowExecution: { workflowId, runId: (await one.handle.describe()).runId },
        workflowTaskFinishEventId: firstTask?.eventId ?? null,
        reason: 'by mistake',
        requestId: randomUUID(),
      })
      const run = await latest(service, workflowId)
      await decideWhenOpen({ ...one, handle: run as ReportedCase['handle'] }, confirmation(caseId))
      await run.result()
      return { 'listing-case.reset': run }
    },
  },
  undelivered: {
    async play(service) {
      const one = await reportAskedCase(service)
      const { caseId, workflowId, input } = one
      await service.stopWorkers()
      const sighting = { ...input.sighting, sightingId: `s-${randomSuffix()}` }
      await one.handle.signal(CASE_SIGNALS.sightingAdded, { sighting, caller: MONITOR_CALLER })
      const message = { shownHash: shownHashOf(one), ...confirmation(caseId, { bulk: true }) }
      await one.handle.signal(CASE_SIGNALS.decideAsync, message)
      await one.handle.terminate('by mistake')
      await service.startWorkers()
      const run = await untilRestarted(service, workflowId)
      await run.result()
      return { 'listing-case.undelivered': run }
    },
  },
  lateSighting: {
    options: throughDoor,
    async play(service, { digests }) {
      const one = await reportAskedCase(service)
      const { caseId, workflowId, input } = one
      const { runId } = await one.handle.describe()
      await digests.shut()
      await decideWhenOpen(one, confirmation(caseId))
      await untilRecorded(service, caseId, ({ phase }) => phase === 'closed')
      const capturedAt = new Date(Date.now() + 1_000).toISOString()
      const sighting = {
        ...input.sighting,
        sightingId: `s-${randomSuffix()}`,
        listing: { ...input.sighting.listing, capturedAt },
      }
      await one.handle.signal(CASE_SIGNALS.sightingAdded, { sighting, caller: MONITOR_CALLER })
      const findTelling = async () => {
        const query = `WorkflowType = '${TELLING}'`
        for await (const { workflowId: id } of service.client.workflow.list({ query })) {
          return service.client.workflow.getHandle(id)
        }
        return null
      }
      const telling = await until('the rest is told apart', findTelling, { withinMs: 60_000 })
      await digests.open()
      await telling.result()
      return {
        'listing-case.lateSighting': service.client.workflow.getHandle(workflowId, runId),
        'telling.told': telling,
      }
    },
  },
  swept: {
    async play(service) {
      const to = 'eva-lind'
      await service.store.accountManagers.create(buildAccountManager({ accountManagerId: to }))
      const cases = [await reportAskedCase(service), await reportAskedCase(service)]
      const task: HandOverTask = { kind: 'handOver', from: 'ana-souza', to }
      const first = await service.client.workflow.start<typeof sweep>(SWEEP, {
        ...{ workflowId: sweepWorkflowId('recorded'), taskQueue: CASES_QUEUE },
        args: [{ task, caller: LEAD_CALLER, maxPages: 1 }],
      })
      await first.result()
      for (const { caseId } of cases) {
        await untilRecorded(service, caseId, ({ parties }) => parties.accountManagerId === to)
      }
      const { workflowId, firstExecutionRunId: runId } = first
      return {
        'sweep.continuedAsNew': service.client.workflow.getHandle(workflowId, runId),
        'sweep.swept': await latest(service, workflowId),
      }
    },
  },
  mailed: {
    async play(service) {
      const one = await reportAskedCase(service)
      await decideWhenOpen(one, confirmation(one.caseId, { verdict: 'genuine' }))
      const { brandId, contacts } = buildBrand()
      const id = contactDigestId(brandRecipient(brandId, contacts[0]?.contactId ?? ''))
      const digest = service.client.workflow.getHandle(id)
      await digest.result()
      return { 'contact-digest.mailed': digest }
    },
  },
  /** A message that is taken at the second attempt; its endpoint is gone when it gets the next. */
  webhooks: {
    options: () => ({ webhookOrigins: [RECEIVER] }),
    async play(service) {
      let status = 500
      const receiver = createServer((_request, response) => void response.writeHead(status).end())
      receiver.listen(Number(new URL(RECEIVER).port), '127.0.0.1')
      const endpoint = buildEndpoint({ url: `${RECEIVER}/` })
      const { endpointId } = endpoint
      const { webhookEndpoints, webhookDeliveries } = service.store
      await webhookEndpoints.create(endpoint, 10)
      const run = async () => {
        await webhookDeliveries.add([buildMessage({ endpointId })], new Date())
        const { workflow } = service.client
        const { workflowId, signaledRunId } = await workflow.signalWithStart(WEBHOOK_DELIVERY, wakingEndpoint(endpoint))
        return workflow.getHandle(workflowId, signaledRunId)
      }
      const first = await run()
      const isTried = async () => {
        const [delivery] = await webhookDeliveries.list(endpointId, {}, { limit: 1 })
        return delivery?.attempts === 1
      }
      await until('the message is tried', isTried, { withinMs: 20_000 })
      status = 204
      await first.result()
      status = 410
      const second = await run()
      await second.result()
      receiver.close()
      return { 'webhook-delivery.retried': first, 'webhook-delivery.gone': second }
    },
  },
}
