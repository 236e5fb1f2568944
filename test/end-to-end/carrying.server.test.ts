import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { MESSAGE_NAMES, type MessageName } from '../../domain/vocabulary.js'
import type { CaseState } from '../../domain/case/state.js'
import { until } from '../../local/until.js'
import { verifyCase } from '../../store/cases/audit.js'
import { EVERYTHING } from '../../store/store.js'
import type { listingCase } from '../../workflows/case/listing-case.js'
import { CASE_SIGNALS, caseView } from '../../workflows/messages.js'
import { type CaseApi, outcome, startCaseApi } from '../api/case-api.js'
import { eachMessage, type SentMessage } from '../api/each-message.js'
import type { Answer } from '../api/test-api.js'
import { buildSighting } from '../builders/sighting.js'
import { reconcileNow } from '../setup/reconciling.js'
import {
  MONITOR_CALLER,
  reportAskedCase,
  type ReportedCase,
  untilRecorded,
} from '../setup/reporting.js'

// What was acknowledged while the record could not be written, by a run that somebody then ended.
let cases: CaseApi
let kinds: Record<MessageName, SentMessage>
beforeAll(async () => {
  cases = await startCaseApi()
  kinds = await eachMessage(cases)
})
afterAll(() => cases.stop())

/** Until the case is started again: the list of running workflows lags behind a little. */
async function restarted({ caseId }: ReportedCase): Promise<void> {
  const isRestarted = async () => (await reconcileNow(cases.service)).restarted.includes(caseId)
  await until(`${caseId} is started again`, isRestarted, { withinMs: 20_000 })
}

/** The record takes nothing of the case while `work` is done. */
async function unsaved({ caseId }: ReportedCase, work: () => Promise<void>): Promise<void> {
  const { raw } = cases.service.database
  const refuse = (validator: object) => raw.db?.command({ collMod: 'caseEvents', validator })
  const revOf = async () => (await cases.service.store.cases.get(EVERYTHING, caseId))?.rev
  await refuse({ caseId: { $ne: caseId } })
  try {
    const before = await revOf()
    await work()
    expect(await revOf()).toBe(before)
  } finally {
    await refuse({})
  }
}

const latest = ({ workflowId }: ReportedCase) =>
  cases.service.client.workflow.getHandle<typeof listingCase>(workflowId)
const asked = () => reportAskedCase(cases.service)
const recorded = (one: ReportedCase, reached: (state: CaseState) => boolean) =>
  untilRecorded(cases.service, one.caseId, reached)
/** The same of the case's process, which cannot save. */
const untilSeen = (one: ReportedCase, reached: (state: CaseState) => boolean) =>
  until('the process gets that far', async () => reached(await latest(one).query(caseView)), {
    withinMs: 20_000,
  })

async function typesOf({ caseId }: ReportedCase): Promise<string[]> {
  const events = await cases.service.store.cases.events(EVERYTHING, caseId)
  // That of a new owner is looked up after the fact.
  return events.map(({ event }) => event.type).filter((type) => type !== 'workingTimeChanged')
}

/** The process has tried to save all it accepted, and waits: nothing is on its way any more. */
async function untilNotSaved(one: ReportedCase): Promise<void> {
  const isRefused = async () => {
    const { events } = await latest(one).fetchHistory()
    const lastOf = (isOne: (event: NonNullable<typeof events>[number]) => unknown) =>
      Number(events?.findLast(isOne)?.eventId ?? 0)
    const accepted = lastOf((event) => event.workflowExecutionUpdateAcceptedEventAttributes)
    const failed = lastOf((event) => event.activityTaskFailedEventAttributes)
    const scheduled = lastOf((event) => event.activityTaskScheduledEventAttributes)
    return failed > accepted && failed > scheduled
  }
  await until('the record has refused it', isRefused, { withinMs: 20_000 })
}

async function terminateUnsaved(one: ReportedCase, send: () => Promise<Answer>): Promise<void> {
  let answer: Answer | undefined
  await unsaved(one, async () => {
    answer = await send()
    await untilNotSaved(one)
    await latest(one).terminate('by mistake')
  })
  expect(answer?.statusCode).toBe(200)
}

describe('what was acknowledged and not saved when a run was ended', () => {
  it.each(MESSAGE_NAMES)('%s is carried out all the same, once', async (name) => {
    const { prepare, send, sendOther, led } = kinds[name]
    const one = await asked()
    await prepare(one)
    await terminateUnsaved(one, () => send(one))
    await restarted(one)
    await recorded(one, led)

    const types = await typesOf(one)
    expect((await send(one)).statusCode).toBe(200)
    expect(outcome(await sendOther(one))).toEqual([409, 'other-content'])
    expect(await typesOf(one)).toEqual(types)
    expect(await verifyCase(cases.service.store, one.caseId)).toMatchObject({ finding: null })
  })

  it('is applied in the order in which it came, signals too', async () => {
    const one = await asked()
    const { caseId } = one
    const { listing } = one.input.sighting
    const sighting = buildSighting({ sightingId: 's-again', suspectedSeverity: 'S1', listing })
    const note = (text: string) => cases.send(caseId, 'notes', { text })
    await note('saved')
    await recorded(one, ({ notes }) => notes === 1)
    await terminateUnsaved(one, async () => {
      await note('first')
      await latest(one).signal(CASE_SIGNALS.sightingAdded, { sighting, caller: MONITOR_CALLER })
      await latest(one).signal(CASE_SIGNALS.noticeFailed, {
        ...{ caseId, contactId: 'northwind~mei-lin', kind: 'asked', detail: '550' },
      })
      await untilSeen(one, ({ failedNotices }) => failedNotices.length === 1)
      return cases.send(caseId, 'close', { reason: 'settled' })
    })
    await restarted(one)
    await recorded(one, ({ phase }) => phase === 'closed')
    const types = await typesOf(one)
    expect(types.slice(0, 5)).toEqual(['opened', 'asked', 'noteAdded', 'noteAdded', 'noteAdded'])
    expect(types.filter((type) => type === 'noticeFailed')).toHaveLength(1)
    expect(types.filter((type) => type === 'severityRaised')).toHaveLength(1)
    expect(types.indexOf('sightingAdded')).toBeLessThan(types.indexOf('noticeFailed'))
    expect(types.at(-1)).toBe('closed')
  })

  it('is not lost with a run that was reset, nor with the next', async () => {
    const one = await asked()
    await unsaved(one, async () => {
      expect((await cases.send(one.caseId, 'notes', { text: 'called' })).statusCode).toBe(200)
      await untilNotSaved(one)
      const { runId } = await latest(one).describe()
      const { events } = await latest(one).fetchHistory()
      const done = events?.filter((event) => event.workflowTaskCompletedEventAttributes)
      await cases.service.client.workflowService.resetWorkflowExecution({
        namespace: cases.service.namespace,
        workflowExecution: { workflowId: one.workflowId, runId },
        workflowTaskFinishEventId: done?.[1]?.eventId ?? null,
        ...{ reason: 'by mistake', requestId: randomUUID() },
      })
      await latest(one).terminate('by mistake')
    })
    await restarted(one)
    const state = await recorded(one, ({ notes }) => notes > 1)
    // Its own, and that the case goes on from its record.
    expect([state.notes, state.requests?.length]).toEqual([2, 1])
  })
})
