import { randomUUID } from 'node:crypto'
import type { Client } from '@temporalio/client'
import type { Applied } from '../../domain/case/message/reply.js'
import type { Caller } from '../../domain/case/message/caller.js'
import type { CaseMessages, NamedMessage } from '../../domain/case/messages.js'
import type { DecideMessage } from '../../domain/case/message/decide-message.js'
import type { MessageName } from '../../domain/vocabulary.js'
import { CASE_KIND } from '../../domain/case/kind.js'
import { parseCaseId } from '../../domain/case/identity.js'
import { decisionRepeat, requestIdOf, requestRepeat } from '../../domain/case/repeats.js'
import type { CaseRow, Store } from '../../store/store.js'
import { CASE_SIGNALS, CASE_UPDATES } from '../../workflows/messages.js'
import type { HoldConfirmation } from './brake.js'
import { caseClosed, interrupted, problemOf, superseded, unconfirmed } from './refusals.js'
import { namingWinner } from './naming-winner.js'
import { closeSuperseded } from './close-superseded.js'
import { ApiProblem, notFound, otherContent } from '../errors.js'
import { createKeepLateAnswer } from './late-answer.js'
import { contentDigest, decisionDigest } from './message-digest.js'
import { CALL_TIMEOUT_MS, createProcessGateway } from '../process-gateway.js'
import type { NamesOf } from '../callers/actor-names.js'
import { covers } from '../callers/reach.js'

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
  namesOf: NamesOf
  now: () => number
}): CaseGateway {
  const { temporal, store } = deps
  const keepLateAnswer = createKeepLateAnswer(deps)
  const gateway = createProcessGateway({
    ...{ temporal, names: CASE_KIND, records: store.cases },
    isEnded: ({ phase }: CaseRow) => phase === 'closed',
  })

  const address: CaseGateway['address'] = (caller, caseId) => {
    const parsed = parseCaseId(caseId)
    if (!parsed || !covers(caller.brandIds, parsed.brandId)) throw notFound('case')
    if (!covers(caller.marketplaces, parsed.marketplace)) throw notFound('case')
    return { ...parsed, caseId }
  }

  /** What the record says about a case whose process did not take the message. */
  const standingOf = async (
    caller: Caller,
    caseId: string,
  ): Promise<{ row: CaseRow; openCaseId?: string }> => {
    const standing = await gateway.standing(caller, caseId)
    switch (standing?.kind) {
      case undefined:
        throw notFound('case')
      case 'interrupted':
        throw interrupted()
      case 'superseded':
        return { row: standing.row, openCaseId: standing.by }
      case 'ended':
        return { row: standing.row }
    }
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
        throw caseClosed(row)
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
        throw caseClosed(row)
    }
  }

  /** Refusals name who was first. */
  const telling = async <T>({ role }: Caller, act: () => Promise<T>): Promise<T> => {
    try {
      return await act()
    } catch (error) {
      throw error instanceof ApiProblem ? await namingWinner(error, role, deps.namesOf) : error
    }
  }

  const addressed: Omit<CaseGateway, 'address'> = {
    async decide(given, { timeoutMs = CALL_TIMEOUT_MS } = {}) {
      const { caller, caseId, decisionId } = given
      const { workflowId, brandId } = address(caller, caseId)
      const digest = decisionDigest(given)
      const held = await deps.holdConfirmation(given, brandId)
      const message: DecideMessage = { ...given, digest, ...(held ? { held } : {}) }
      const updateId = requestIdOf(decisionId, digest)
      const sent = await gateway.send({ id: caseId, workflowId }, CASE_UPDATES.decide, message, {
        ...{ updateId, timeoutMs, fallback: CASE_SIGNALS.decideAsync },
      })
      switch (sent.kind) {
        case 'answered':
          return { kind: 'applied', applied: sent.answer, decisionId }
        case 'kept':
          return { kind: 'accepted', caseId, decisionId }
        case 'unconfirmed':
          throw unconfirmed(sent.cause)
        case 'late':
          return afterTheFact(message)
        case 'refused':
          if (sent.failure.type === 'CaseClosed') await keepLateAnswer(message)
          throw problemOf(sent.failure)
      }
    },
    async send(name, caller, caseId, message, options = {}) {
      const to = { ...address(caller, caseId), id: caseId }
      const { idempotencyKey, timeoutMs = CALL_TIMEOUT_MS } = options
      const key = idempotencyKey ? `${name}:${caller.id}:${idempotencyKey}` : randomUUID()
      const updateId = requestIdOf(key, contentDigest(caller, message))
      const addressed = { ...message, caseId, caller } as CaseMessages[typeof name]
      const named = { name, message: addressed } as unknown as NamedMessage
      const sent = await gateway.send(to, CASE_UPDATES[name], addressed, { updateId, timeoutMs })
      switch (sent.kind) {
        case 'answered':
          return sent.answer
        case 'kept':
        case 'late':
          return named.name === 'closeManually'
            ? closeWithoutProcess(named.message, updateId, timeoutMs)
            : sentEarlier(caller, caseId, updateId)
        case 'unconfirmed':
          throw unconfirmed(sent.cause)
        case 'refused':
          throw problemOf(sent.failure)
      }
    },
  }

  return {
    address,
    decide: (message, options) => telling(message.caller, () => addressed.decide(message, options)),
    send: (name, caller, ...rest) => telling(caller, () => addressed.send(name, caller, ...rest)),
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
