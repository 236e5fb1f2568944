import { randomBytes } from 'node:crypto'
import { Client } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { createPayloadCodec, type PayloadKey } from '../../platform/payload-codec.js'
import { verifyCase } from '../../store/cases/audit.js'
import { brandRecipient } from '../../domain/notice/recipients.js'
import {
  CASE_SIGNALS,
  caseView,
  contactDigestId,
  sweepWorkflowId,
} from '../../workflows/messages.js'
import type { listingCase } from '../../workflows/case/listing-case.js'
import { buildNewCase } from '../api/new-case.js'
import { startApi, type TestApi } from '../api/test-api.js'
import { reconcileNow } from '../setup/reconciling.js'
import {
  confirmation,
  decideWhenOpen,
  reportAskedCase,
  reportListing,
  type ReportedCase,
  shownHashOf,
  untilRecorded,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

const key = (id: string): PayloadKey => ({ id, secret: randomBytes(32) })
const OLDER = key('2026-05')
const NEWER = key('2026-11')

let service: TestService
let api: TestApi
beforeAll(async () => {
  service = await startService({ payloadKeys: [NEWER, OLDER] })
  api = await startApi(service)
})
afterAll(async () => {
  await api.close()
  await service.stop()
})

/** A client of the same server with other keys, or none. */
function clientWith(...keys: PayloadKey[]): Client {
  const { connection, options } = service.client
  const [newest, ...older] = keys
  const payloadCodecs = newest ? [createPayloadCodec([newest, ...older])] : []
  return new Client({ connection, namespace: options.namespace, dataConverter: { payloadCodecs } })
}

/** What Temporal stores of a workflow, as one text; without search attributes, which stay readable. */
async function storedOf(workflowId: string): Promise<string> {
  const { workflow, workflowService, options } = clientWith()
  const described = await workflowService.describeWorkflowExecution({
    namespace: options.namespace,
    execution: { workflowId },
  })
  const { events } = await workflow.getHandle(workflowId).fetchHistory()
  return text([described, events])
}

/** Bytes as the text they are, which JSON would hide. */
function text(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .filter(([name]) => name !== 'searchAttributes')
    .map(([name, inner]) => `${name}: ${text(inner)}`)
    .join('\n')
}

const EXPLANATION = 'the seam of this bag is sewn by a machine we do not have'
const decisionOn = (one: ReportedCase) =>
  confirmation(one.caseId, { explanation: EXPLANATION, shownHash: shownHashOf(one) })

describe('with payload keys', () => {
  it('Temporal stores nothing of what a case is about, and everything works', async () => {
    const one = await reportAskedCase(service)
    expect(await one.handle.query(caseView)).toMatchObject({ phase: 'awaitingBrand' })
    await decideWhenOpen(one, decisionOn(one))
    expect(await one.handle.result()).toMatchObject({ outcome: 'takenDown' })
    const digest = contactDigestId(brandRecipient('northwind', 'mei-lin'))
    await until('a mail is sent', () => service.smtp.received.length > 0, { withinMs: 20_000 })

    const { listing, signals, whyUnverifiable } = one.input.sighting
    const secrets = [listing.title, listing.seller.name, signals[0]?.ruleId, whyUnverifiable]
    for (const workflowId of [one.workflowId, digest]) {
      const stored = await storedOf(workflowId)
      expect(stored).toContain('binary/encrypted')
      expect(stored).toContain(NEWER.id)
      const found = [...secrets, EXPLANATION, 'counterfeit'].filter((secret) =>
        stored.includes(secret ?? '?'),
      )
      expect(found).toEqual([])
    }
    // Outside the payloads, and said so in docs/operations.md.
    expect(await storedOf(one.workflowId)).toContain(listing.listingId)
  })

  it('a recall tells how far it is, and Temporal nothing of its rule or reason', async () => {
    const ruleId = `rule-${randomSuffix()}`
    const monitor = { name: 'reference-monitor', version: '9.9.9' }
    const report = buildNewCase({ signals: [{ ruleId, weight: 1, observed: 'odd' }], monitor })
    const opened = await api.call('POST', '/v1/cases', { key: 'monitor', body: report })
    const { caseId } = opened.json<{ caseId: string }>()
    await untilRecorded(service, caseId, ({ phase }) => phase === 'awaitingBrand')
    const body = { ruleId, monitorVersion: monitor.version, reason: EXPLANATION }
    const begun = await api.call('POST', '/v1/cases:withdraw', { key: 'monitor', body })
    const { sweepId } = begun.json<{ sweepId: string }>()
    const ended = async () => {
      const answer = await api.call('GET', `/v1/sweeps/${sweepId}`)
      const sweep = answer.json<{ status: string; counts: object }>()
      return sweep.status === 'done' && sweep
    }
    const { counts } = await until('the recall ends', ended, { withinMs: 20_000 })
    expect(counts).toEqual({ total: 1, done: 1, kept: 0, failed: 0 })
    const stored = await storedOf(sweepWorkflowId(sweepId))
    expect(stored).toContain('binary/encrypted')
    expect([ruleId, EXPLANATION, caseId].filter((secret) => stored.includes(secret))).toEqual([])
  })

  it('a case that was reported through the API shows its summary and memo to who has a key', async () => {
    const report = buildNewCase({ listing: { pictures: [] } })
    const answer = await api.call('POST', '/v1/cases', { key: 'monitor', body: report })
    const { caseId } = answer.json<{ caseId: string }>()
    const workflowId = caseId.slice(0, caseId.lastIndexOf('~'))
    const described = await service.client.workflow.getHandle(workflowId).describe()
    expect(described.memo).toMatchObject({ caseId })
    expect(await described.staticSummary()).toContain(report.listing.title)
    expect(await storedOf(workflowId)).not.toContain(report.listing.title)
    await expect(clientWith(OLDER).workflow.getHandle(workflowId).describe()).rejects.toThrow(
      `"${NEWER.id}", which TEMPORAL_PAYLOAD_KEYS does not have`,
    )
  })

  it('a terminated case goes on with what it was acknowledged for', async () => {
    const one = await reportAskedCase(service)
    await service.stopWorkers()
    await one.handle.signal(CASE_SIGNALS.decideAsync, decisionOn(one))
    await one.handle.terminate('by mistake')
    await service.startWorkers()
    await until('it is started again', async () => (await restartedBy()).includes(one.caseId), {
      withinMs: 20_000,
    })
    const state = await untilRecorded(service, one.caseId, ({ phase }) => phase === 'closed')
    expect(state.decision).toMatchObject({ explanation: EXPLANATION })
    expect(await verifyCase(service.store, one.caseId)).toMatchObject({ finding: null })
  })
})

describe('cases that were opened', () => {
  it.each([
    ['before anything was encrypted', () => clientWith()],
    ['under an older key', () => clientWith(OLDER)],
  ])('%s go on, also after a termination', async (_when, client) => {
    await service.stopWorkers()
    const early = { ...service, client: client() }
    const cases = [await reportListing(early), await reportListing(early)].map((one) => ({
      ...one,
      handle: service.client.workflow.getHandle<typeof listingCase>(one.workflowId),
    }))
    await service.startWorkers()
    for (const { caseId } of cases) {
      await untilRecorded(service, caseId, ({ phase }) => phase === 'awaitingBrand')
    }
    const [first, second] = cases
    if (!first || !second) throw new Error('no case')
    await decideWhenOpen(first, decisionOn(first))
    expect(await first.handle.result()).toMatchObject({ outcome: 'takenDown' })

    await service.stopWorkers()
    await second.handle.signal(CASE_SIGNALS.decideAsync, decisionOn(second))
    await second.handle.terminate('by mistake')
    await service.startWorkers()
    await until('it is started again', async () => (await restartedBy()).includes(second.caseId), {
      withinMs: 20_000,
    })
    const state = await untilRecorded(service, second.caseId, ({ phase }) => phase === 'closed')
    expect(state.decision).toMatchObject({ explanation: EXPLANATION })
  })
})

const restartedBy = async () => (await reconcileNow(service)).restarted
