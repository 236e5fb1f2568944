import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { until } from '../../local/until.js'
import { verifyCase } from '../../store/cases/audit.js'
import { EVERYTHING } from '../../store/store.js'
import { CASE_SIGNALS } from '../../workflows/messages.js'
import { buildSighting } from '../builders/sighting.js'
import { type Answer, casePath, problemOf, startApi, type TestApi } from '../api/test-api.js'
import {
  confirmation,
  MONITOR_CALLER,
  reportAskedCase,
  type ReportedCase,
  shownHashOf,
} from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

let service: TestService
let api: TestApi

beforeAll(async () => {
  service = await startService()
  api = await startApi(service)
})
afterAll(async () => {
  await api.close()
  await service.stop()
})

const post = (caseId: string, path: string, body: object, key = 'brandMember') =>
  api.call('POST', casePath(caseId, path), { key, body })
const told = (answer: Answer) => [answer.statusCode, problemOf(answer).code]

const askedCase = () => reportAskedCase(service)

/**
 * Somebody else's open transaction on the row: nothing of the case can be saved until it ends,
 * which the returned function does after proving it.
 */
async function lockRow(caseId: string): Promise<() => Promise<void>> {
  const session = await service.database.raw.startSession()
  session.startTransaction()
  const cases = service.database.raw.collection<{ _id: string }>('cases')
  await cases.updateOne({ _id: caseId }, { $set: { lockedByTest: true } }, { session })
  const revOf = async () => (await service.store.cases.get(EVERYTHING, caseId))?.rev
  const lockedAt = await revOf()
  return async () => {
    expect(await revOf()).toBe(lockedAt)
    await session.abortTransaction()
    await session.endSession()
  }
}

async function untilSaving({ handle }: ReportedCase): Promise<void> {
  const isSaving = async () => {
    const { raw } = await handle.describe()
    const saving = raw.pendingActivities?.find((a) => a.activityType?.name === 'saveCase')
    return Boolean(saving?.lastStartedTime)
  }
  await until('the case is being saved', isSaving, { withinMs: 15_000 })
}

const typesOf = async (caseId: string) =>
  (await service.store.cases.events(EVERYTHING, caseId)).map(({ event }) => event.type)

describe('while a save is under way', () => {
  it('messages are applied in order, and all of them are saved', async () => {
    const one = await askedCase()
    const unlock = await lockRow(one.caseId)
    const note = (text: string) =>
      post(one.caseId, '/notes', { text, audience: 'internal' }, 'accountManager')
    expect((await note('first')).statusCode).toBe(200)
    await untilSaving(one)
    expect((await note('second')).statusCode).toBe(200)
    const decided = await post(one.caseId, '/decision', {
      decisionId: 'd-1',
      verdict: 'counterfeit',
      shownHash: shownHashOf(one),
      attestation: { accepted: true },
    })
    expect(decided.statusCode).toBe(200)
    const second = await post(one.caseId, '/decision', { decisionId: 'd-2', verdict: 'genuine' })
    expect(told(second)).toEqual([409, 'already-decided'])
    expect(await service.sandbox.ledger({ listingId: one.listingId })).toEqual([])

    await unlock()
    expect((await one.handle.result()).outcome).toBe('takenDown')
    expect(await typesOf(one.caseId)).toEqual([
      ...['opened', 'asked', 'noteAdded', 'noteAdded'],
      ...['decided', 'takedownRequested', 'closed'],
    ])
    expect(await verifyCase(service.store, one.caseId)).toMatchObject({ finding: null })
  })
})

describe('while the last save is under way', () => {
  it('nothing acknowledged is lost: it is on record or kept as a late answer', async () => {
    const one = await askedCase()
    const { caseId, handle } = one
    const unlock = await lockRow(caseId)
    const winner = await post(caseId, '/decision', { decisionId: 'd-won', verdict: 'genuine' })
    expect(winner.statusCode).toBe(200)
    await untilSaving(one)

    const late = await post(caseId, '/decision', { decisionId: 'd-late', verdict: 'notOurs' })
    expect(told(late)).toEqual([410, 'case-closed'])
    expect(problemOf(late)).toMatchObject({ outcome: 'released' })
    const again = await post(caseId, '/decision', { decisionId: 'd-won', verdict: 'genuine' })
    expect(again.statusCode).toBe(200)
    const note = await post(caseId, '/notes', { text: 'x', audience: 'brand' }, 'accountManager')
    expect(told(note)).toEqual([410, 'case-closed'])
    // What has no answer to refuse it with becomes part of the record.
    const bySignal = { decisionId: 'd-signal', shownHash: shownHashOf(one) }
    await handle.signal(CASE_SIGNALS.decideAsync, confirmation(caseId, bySignal))
    const { listing } = one.input.sighting
    const sighting = buildSighting({ sightingId: 's-last', listing })
    await handle.signal(CASE_SIGNALS.sightingAdded, { sighting, caller: MONITOR_CALLER })

    await unlock()
    expect(await handle.result()).toMatchObject({ outcome: 'released', rev: 6 })
    expect(await typesOf(caseId)).toEqual([
      ...['opened', 'asked', 'decided', 'closed'],
      ...['decisionRefused', 'sightingAdded'],
    ])
    const { state } = (await service.store.cases.get(EVERYTHING, caseId)) ?? {}
    expect(state?.answers).toMatchObject([
      { decisionId: 'd-won', result: 'won' },
      { decisionId: 'd-signal', result: 'refused', refusal: 'CaseClosed' },
    ])
    expect((await service.store.cases.claimOf('s-last'))?.caseId).toBe(caseId)
    expect(await service.store.lateAnswers.list(EVERYTHING, caseId)).toMatchObject([
      { decisionId: 'd-late', verdict: 'notOurs' },
    ])
    expect(await verifyCase(service.store, caseId)).toMatchObject({ finding: null })
  })
})
