import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import type { Applied } from '../../domain/case/message/reply.js'
import type { Caller } from '../../domain/case/message/caller.js'
import type { CaseMessages, NamedMessage } from '../../domain/case/messages.js'
import type { DecideMessage } from '../../domain/case/message/decide-message.js'
import type { MessageName } from '../../domain/vocabulary.js'
import { parseCaseId } from '../../domain/case/identity.js'
import { decisionRepeat, requestIdOf, requestRepeat } from '../../domain/case/repeats.js'
import type { CaseRow, Store } from '../../store/store.js'
import { CASE_SIGNALS, CASE_UPDATES } from '../../workflows/messages.js'
import type { HoldConfirmation } from './brake.js'
import {
  caseClosed,
  interrupted,
  isGone,
  isTimeout,
  problemFrom,
  refusalFrom,
  superseded,
  unconfirmed,
} from './refusals.js'
import { closeSuperseded } from './close-superseded.js'
import { notFound, otherContent } from '../errors.js'
import { createKeepLateAnswer } from './late-answer.js'
import { contentDigest, decisionDigest } from './message-digest.js'
import { runningCase, signalRun } from './running-case.js'
import { covers } from '../callers/reach.js'

/** How long an update may take before the fallback; also the limit of every other call. */
export const CALL_TIMEOUT_MS = 5_000

/** The record shows a case a moment before its process is ready for messages. */
const OPENING_PATIENCE_MS = 1_500
const OPENING_PAUSE_MS = 50

/** What became of a decision that was not refused. */
export type DecideAnswer =
  | { kind: 'applied'; applied: Applied; decisionId: string }
  /** Kept by Temporal, but no worker has looked at it: ask again later. */
  | { kind: 'accepted'; caseId: string; decisionId: string }

/** A message without what the gateway fills in. */
export type Unaddressed<N extends MessageName> = Omit<CaseMessages[N], 'caseId' | 'caller'>

/** The API's way to open cases. Everything refused is thrown as an `ApiProblem`. */
export interface CaseGateway {
  /** Throws `not-found` unless `caseId` names a case within the caller's brands and marketplaces. */
  address(caller: Pick<Caller, 'brandIds' | 'marketplaces'>, caseId: string): CaseAddress
  /** Decides; a confirmation beyond what the brand's brake lets pass waits (`brake.ts`). */
  decide(
    message: Omit<DecideMessage, 'held'>,
    options?: { timeoutMs?: number | undefined },
  ): Promise<DecideAnswer>
  /** Any other message. `idempotencyKey` makes sending it again the same message. */
  send<N extends Exclude<MessageName, 'decide'>>(
    name: N,
    caller: Caller,
    caseId: string,
    message: Unaddressed<N>,
    options?: { idempotencyKey?: string | undefined; timeoutMs?: number | undefined },
  ): Promise<Applied>
}
export type CaseAddress = NonNullable<ReturnType<typeof parseCaseId>> & { caseId: string }

export function createCaseGateway(deps: {
  temporal: Client
  store: Pick<Store, 'cases'>
  holdConfirmation: HoldConfirmation
  now: () => number
}): CaseGateway {
  const { temporal, store } = deps
  const keepLateAnswer = createKeepLateAnswer(deps)

  const address: CaseGateway['address'] = (caller, caseId) => {
    const parsed = parseCaseId(caseId)
    if (!parsed || !covers(caller.brandIds, parsed.brandId)) throw notFound('case')
    if (!covers(caller.marketplaces, parsed.marketplace)) throw notFound('case')
    return { ...parsed, caseId }
  }

  const executeOnce = <N extends MessageName>(
    name: N,
    { workflowId }: CaseAddress,
    message: CaseMessages[N],
    updateId: string,
    timeoutMs: number,
  ): Promise<Applied> =>
    temporal.withDeadline(Date.now() + timeoutMs, () =>
      temporal.workflow
        .getHandle(workflowId)
        .executeUpdate(CASE_UPDATES[name], { args: [message], updateId }),
    )

  const execute: typeof executeOnce = async (...call) => {
    const patientUntil = Date.now() + OPENING_PATIENCE_MS
    for (;;) {
      try {
        return await executeOnce(...call)
      } catch (error) {
        const opening = refusalFrom(error)?.code === 'StillOpening'
        if (!opening || Date.now() > patientUntil) throw error
        await setTimeout(OPENING_PAUSE_MS)
      }
    }
  }

  /** What the record says about a case whose process did not take the message. */
  const standingOf = async (
    caller: Caller,
    caseId: string,
  ): Promise<{ row: CaseRow; openCaseId?: string }> => {
    const row = await store.cases.get(caller, caseId)
    if (!row) throw notFound('case')
    if (row.phase === 'closed') return { row }
    const running = await temporal.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
      runningCase(temporal, row.workflowId),
    )
    if (running && running.caseId !== caseId) return { row, openCaseId: running.caseId }
    throw interrupted()
  }

  const recorded = async (caller: Caller, caseId: string): Promise<CaseRow> => {
    const { row, openCaseId } = await standingOf(caller, caseId)
    if (openCaseId !== undefined) throw superseded(openCaseId)
    return row
  }

  const afterTheFact = async (message: DecideMessage): Promise<DecideAnswer> => {
    const { caseId, caller, decisionId } = message
    const row = await recorded(caller, caseId)
    switch (decisionRepeat(row.state, message)) {
      case 'same':
        return { kind: 'applied', applied: appliedFrom(row, decisionId), decisionId }
      case 'other':
        throw otherContent()
      case null:
        await keepLateAnswer(message)
        throw caseClosed(row.outcome)
    }
  }

  /** A superseded case has no process that could take a close, which is all it takes. */
  const closeWithoutProcess = async (
    message: CaseMessages['closeManually'],
    requestId: string,
    timeoutMs: number,
  ): Promise<Applied> => {
    const { caller, caseId } = message
    const { row, openCaseId } = await standingOf(caller, caseId)
    if (openCaseId !== undefined) {
      await closeSuperseded(temporal, row, openCaseId, { message, requestId }, timeoutMs)
    }
    return sentEarlier(caller, caseId, requestId)
  }

  /** What the record says of a request whose case takes messages no more. */
  const sentEarlier = async (
    caller: Caller,
    caseId: string,
    requestId: string,
  ): Promise<Applied> => {
    const row = await recorded(caller, caseId)
    switch (requestRepeat(row.state, requestId)) {
      case 'same':
        return appliedFrom(row)
      case 'other':
        throw otherContent()
      case null:
        throw caseClosed(row.outcome)
    }
  }

  const decideAnyway = async (message: DecideMessage, to: CaseAddress): Promise<DecideAnswer> => {
    const { caseId, workflowId } = to
    const signalled = await temporal.withDeadline(Date.now() + CALL_TIMEOUT_MS, async () => {
      const running = await runningCase(temporal, workflowId)
      if (running?.caseId !== caseId) return false
      return signalRun(temporal, workflowId, running, CASE_SIGNALS.decideAsync, message)
    })
    if (!signalled) return afterTheFact(message)
    return { kind: 'accepted', caseId, decisionId: message.decisionId }
  }

  return {
    address,
    async decide(given, { timeoutMs = CALL_TIMEOUT_MS } = {}) {
      const { caller, caseId, decisionId } = given
      const to = address(caller, caseId)
      const digest = decisionDigest(given)
      const held = await deps.holdConfirmation(given, to.brandId)
      const message: DecideMessage = { ...given, digest, ...(held ? { held } : {}) }
      try {
        const updateId = requestIdOf(decisionId, digest)
        const applied = await execute('decide', to, message, updateId, timeoutMs)
        return { kind: 'applied', applied, decisionId }
      } catch (error) {
        if (isTimeout(error)) return decideAnyway(message, to)
        if (isGone(error)) return afterTheFact(message)
        const refusal = refusalFrom(error)
        if (refusal?.code === 'CaseClosed') {
          await keepLateAnswer(message)
        }
        throw refusal ? problemFrom(refusal) : error
      }
    },
    async send(name, caller, caseId, message, options = {}) {
      const to = address(caller, caseId)
      const { idempotencyKey, timeoutMs = CALL_TIMEOUT_MS } = options
      const key = idempotencyKey ? `${name}:${caller.id}:${idempotencyKey}` : randomUUID()
      const updateId = requestIdOf(key, contentDigest(caller, message))
      const addressed = { ...message, caseId, caller } as CaseMessages[typeof name]
      const named = { name, message: addressed } as unknown as NamedMessage
      try {
        return await execute(name, to, addressed, updateId, timeoutMs)
      } catch (error) {
        if (isTimeout(error)) throw unconfirmed(error)
        if (isGone(error)) {
          return named.name === 'closeManually'
            ? closeWithoutProcess(named.message, updateId, timeoutMs)
            : sentEarlier(caller, caseId, updateId)
        }
        const refusal = refusalFrom(error)
        throw refusal ? problemFrom(refusal) : error
      }
    },
  }
}

function appliedFrom(row: CaseRow, decisionId?: string): Applied {
  return {
    caseId: row.caseId,
    rev: row.rev,
    phase: row.phase,
    dueAt: row.dueAt ? row.dueAt.toISOString() : null,
    ...(decisionId === undefined ? {} : { decisionId }),
    ...(row.outcome ? { outcome: row.outcome } : {}),
  }
}
