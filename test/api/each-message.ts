import type { MessageName } from '../../domain/vocabulary.js'
import type { CaseState } from '../../domain/case/state.js'
import { buildAccountManager } from '../builders/brand.js'
import { type ReportedCase, untilRecorded } from '../setup/reporting.js'
import { type CaseApi, CONFIRMED } from './case-api.js'
import type { Answer } from './test-api.js'

/** A kind of message, sent through the API under one id. */
export interface SentMessage {
  /** Brings a case of which the brand has been asked to where the message is possible. */
  prepare: (one: ReportedCase) => Promise<void>
  send: (one: ReportedCase) => Promise<Answer>
  /** The same id with other content. */
  sendOther: (one: ReportedCase) => Promise<Answer>
  /** What the record says once it was applied. */
  led: (state: CaseState) => boolean
}

/** Somebody cases can be given to. */
const SUCCESSOR = 'bo-berg'
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

/** Every kind of message, on cases of a brand that has a cooling-off for bulk decisions only. */
export async function eachMessage(cases: CaseApi): Promise<Record<MessageName, SentMessage>> {
  const { service } = cases
  await service.store.accountManagers.create(
    buildAccountManager({ accountManagerId: SUCCESSOR, name: 'Bo Berg' }),
  )
  const until = [inDays(8), inDays(9)] as const
  const untilPhase = async ({ caseId }: ReportedCase, phase: CaseState['phase']) => {
    await untilRecorded(service, caseId, (state) => state.phase === phase)
  }
  const asAsked = () => Promise.resolve()
  const sent = (key: string, path: string, body: object, other: object) => {
    const send =
      (content: object) =>
      ({ caseId }: ReportedCase) =>
        cases.send(caseId, path, content, { key, headers: { 'idempotency-key': 'k-1' } })
    return { send: send(body), sendOther: send(other) }
  }
  return {
    decide: {
      prepare: asAsked,
      send: ({ caseId }) => cases.decide(caseId, { verdict: 'unsure', decisionId: 'd-9' }),
      sendOther: ({ caseId }) => cases.decide(caseId, { verdict: 'genuine', decisionId: 'd-9' }),
      led: ({ answers }) => answers.some(({ decisionId }) => decisionId === 'd-9'),
    },
    undecide: {
      async prepare(one) {
        const both = [one.caseId, await cases.open()]
        const decisions = await Promise.all(
          both.map(async (caseId) => ({ ...(await cases.asShown(caseId)), decisionId: 'd-1' })),
        )
        await cases.batch({ ...CONFIRMED, decisions })
        await untilPhase(one, 'coolingOff')
      },
      ...sent(
        'brandMember',
        'undecide',
        { decisionId: 'd-1', reason: 'no' },
        { decisionId: 'd-1', reason: 'still no' },
      ),
      led: ({ answers, phase }) => answers[0]?.result === 'undone' && phase === 'awaitingBrand',
    },
    extendDeadline: {
      prepare: asAsked,
      ...sent('accountManager', 'extend', { until: until[0] }, { until: until[1] }),
      led: ({ wait }) => wait?.dueAt === Date.parse(until[0]),
    },
    reassign: {
      prepare: asAsked,
      ...sent(
        'lead',
        'reassign',
        { role: 'accountManager', to: SUCCESSOR },
        { role: 'accountManager', to: 'ana-souza' },
      ),
      led: ({ parties }) => parties.accountManagerId === SUCCESSOR,
    },
    returnToBrand: {
      async prepare(one) {
        await cases.decide(one.caseId, { verdict: 'unsure' })
        await untilPhase(one, 'awaitingAccountManager')
      },
      ...sent('accountManager', 'return-to-brand', { message: 'look' }, { message: 'look again' }),
      led: ({ phase, question }) => phase === 'awaitingBrand' && question === 'look',
    },
    retryTakedown: {
      async prepare(one) {
        const { listingId } = one
        const refusal = { code: 'notNow', detail: 'the seller has objected', count: 1 }
        await service.sandbox.setFaults([{ kind: 'refuse', listingId, ...refusal }])
        await cases.decide(one.caseId, CONFIRMED)
        await untilPhase(one, 'needsAttention')
      },
      ...sent('accountManager', 'retry-takedown', {}, { acceptChanged: true }),
      led: ({ ending }) => ending?.outcome === 'takenDown',
    },
    closeManually: {
      prepare: asAsked,
      ...sent('lead', 'close', { reason: 'settled' }, { reason: 'given up' }),
      led: ({ ending }) => ending?.outcome === 'closedManually' && ending.reason === 'settled',
    },
    withdraw: {
      prepare: asAsked,
      ...sent('operator', 'withdraw', { reason: 'a bad rule' }, { reason: 'another bad rule' }),
      led: ({ ending }) => ending?.outcome === 'withdrawn',
    },
    addNote: {
      prepare: asAsked,
      ...sent('accountManager', 'notes', { text: 'called' }, { text: 'called back' }),
      led: ({ requests = [] }) => requests.length === 1,
    },
  }
}
