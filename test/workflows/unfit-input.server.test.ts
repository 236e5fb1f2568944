import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { WorkflowFailedError } from '@temporalio/client'
import { randomSuffix } from '../../platform/digest.js'
import { brandRecipient } from '../../domain/notice/recipients.js'
import { until } from '../../local/until.js'
import { EVERYTHING } from '../../store/store.js'
import {
  CASES_QUEUE,
  CONTACT_DIGEST,
  type ContactDigestInput,
  contactDigestId,
  LATE_ANSWER,
  LISTING_CASE,
  RECONCILE,
} from '../../workflows/messages.js'
import {
  MONITOR_CALLER,
  confirmation,
  refusalType,
  reportAskedCase,
  type ReportedCase,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

// What anybody who reaches the Temporal UI can send: any name, any JSON.

const CONTACT = brandRecipient('northwind', 'mei-lin')

let service: TestService

beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.stop())

async function typesOf({ caseId }: ReportedCase): Promise<string[]> {
  const stored = await service.store.cases.events(EVERYTHING, caseId)
  return stored.map(({ event }) => event.type)
}

describe('signals that do not fit', () => {
  it('are put on record, and the case goes on', async () => {
    const one = await reportAskedCase(service)
    const { sighting } = one.input
    const of = (overrides: object) => ({
      sighting: { ...sighting, ...overrides },
      caller: MONITOR_CALLER,
    })
    await one.handle.signal('sightingAdded', of({ sightingId: 's-0', suspectedSeverity: 'S0' }))
    await one.handle.signal('sightingAdded', of({ sightingId: 's-00', brandId: 'other' }))
    await one.handle.signal('sightingAdded')
    await one.handle.signal('noticeFailed', { caseId: one.caseId, kind: 'unheardOf' })
    await one.handle.signal('decideAsync', { ...confirmation(one.caseId), verdict: 'guilty' })
    await one.handle.signal('sightingAdded', of({ sightingId: 's-2' }))
    await one.handle.signal('decideAsync', confirmation(one.caseId, { verdict: 'genuine' }))

    expect(await one.handle.result()).toMatchObject({ outcome: 'released' })
    expect(await typesOf(one)).toEqual([
      ...['opened', 'asked', ...Array.from({ length: 5 }, () => 'signalIgnored')],
      ...['sightingAdded', 'decided', 'closed'],
    ])
  })

  it('do not stop the mails to a contact', async () => {
    const input: ContactDigestInput = {
      contactId: CONTACT,
      timing: { gatherMs: 200, intervalMs: 1_000 },
    }
    for (const unfit of [{}, null, [null, { noticeId: 'x' }], 'all of them']) {
      await service.client.workflow.signalWithStart(CONTACT_DIGEST, {
        workflowId: contactDigestId(CONTACT),
        taskQueue: CASES_QUEUE,
        args: [input],
        signal: 'enqueueNotices',
        signalArgs: [unfit],
      })
    }
    const { listingId } = await reportAskedCase(service)
    const text = () => service.smtp.received.map(({ raw }) => raw.replaceAll('=\r\n', '')).join()
    await until('the contact is asked', () => text().includes(listingId), { withinMs: 20_000 })
    expect(text()).toContain(listingId)
  })
})

describe('updates that do not fit', () => {
  it.each([
    ['retryTakedown', { acceptChanged: 'false' }],
    ['reassign', { role: 'accountManager', to: 'a'.repeat(5_000) }],
    ['reassign', null],
    ['extendDeadline', { until: { $date: 0 } }],
  ])('%s %j is refused', async (name, message) => {
    const one = await reportAskedCase(service)
    const refused: unknown = await one.handle
      .executeUpdate(name, { args: [message] })
      .catch((error: unknown) => error)
    expect(refusalType(refused)).toBe('InvalidMessage')
    expect(await typesOf(one)).toEqual(['opened', 'asked'])
    await one.handle.terminate()
  })
})

describe('a workflow that is started with something else than its input', () => {
  it.each([LISTING_CASE, CONTACT_DIGEST, LATE_ANSWER, RECONCILE])(
    '%s ends at once and says why',
    async (type) => {
      const started = service.client.workflow.execute(type, {
        workflowId: `unfit-${randomSuffix()}`,
        taskQueue: CASES_QUEUE,
        args: [{ caseId: 'S0' }],
      })
      const failure: unknown = await started.catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(WorkflowFailedError)
      const { cause } = failure as WorkflowFailedError
      expect(cause).toMatchObject({ type: 'InvalidMessage' })
      expect(cause?.message).toMatch(/the input of|must be the id of a case/)
    },
  )
})
