import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { ATTESTATION_VERSION } from '../../domain/vocabulary.js'
import type { Caller } from '../../domain/case/message/caller.js'
import type { DecideMessage } from '../../domain/case/message/decide-message.js'
import { sha256Hex } from '../../platform/digest.js'
import { callerOf } from '../callers/authenticate.js'
import { caseOfListing } from '../cases/case-of-listing.js'
import { takeBodies } from '../http/bodies.js'
import type { DecideAnswer } from '../cases/gateway.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, problemOf } from '../errors.js'
import { inParallel } from '../../platform/in-parallel.js'
import { CaseParams, IdempotencyHeaders } from '../../contract/common.js'
import { instant } from '../http/instant.js'
import { iso } from '../present/iso.js'
import {
  AcceptedSchema,
  BatchDecisionSchema,
  DecidedSchema,
  DecisionBatchResultSchema,
  DecisionBatchSchema,
  DecisionStateSchema,
  type NewDecision,
  NewDecisionSchema,
} from '../../contract/decision.js'
import {
  BATCH_BODY_LIMIT_BYTES,
  BATCH_CONCURRENCY,
  createBatchPatience,
  itemProblem,
  unfitItem,
} from './batch.js'
import { type BatchItem, DecisionCsvSchema, itemsOfCsv, itemsOfJson } from './decision-items.js'
import { type App, holderOf, idempotencyKeyOf } from './route.js'

const batchDecision = Compile(BatchDecisionSchema)
const DecisionParams = Type.Object({
  ...CaseParams.properties,
  decisionId: Type.String({ maxLength: 100 }),
})

/** Answering cases. */
export function decisionRoutes(
  app: App,
  { store, gate, gateway, metrics, standing }: RouteDeps,
): void {
  const decide = async (message: DecideMessage, timeoutMs?: number): Promise<DecideAnswer> => {
    try {
      const answer = await gateway.decide(message, { timeoutMs })
      metrics.decision(answer.kind)
      return answer
    } catch (error) {
      metrics.decision('refused')
      throw error
    }
  }

  app.post(
    '/cases/:caseId/decision',
    {
      config: {
        scope: 'cases:decide',
        problems: [
          'not-found',
          'not-allowed-for-role',
          'already-decided',
          'listing-changed',
          'other-content',
          'still-opening',
          'case-closed',
          'invalid-message',
          'not-allowed-now',
          'case-interrupted',
          'case-superseded',
        ],
      },
      schema: {
        operationId: 'decideCase',
        summary: 'Answer a case',
        description:
          'The first valid answer wins. 202 means: kept, but no worker has looked at it yet. ' +
          'A confirmation beyond what the brand’s brake lets pass within an hour is `held`. ' +
          'An account manager or lead answers for the brand with `proof` of how it answered.',
        tags: ['Decisions'],
        params: CaseParams,
        headers: IdempotencyHeaders,
        body: NewDecisionSchema,
        response: { 200: DecidedSchema, 202: AcceptedSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(holderOf(request))
      const { caseId } = request.params
      const { decisionId = decisionIdFor(caller, caseId, idempotencyKeyOf(request)) } = request.body
      const answer = await decide(decideMessage(request.body, caller, caseId, decisionId, false))
      reply.header('location', locationOf(caseId, decisionId))
      return answer.kind === 'applied'
        ? reply.code(200).send({ ...answer.applied, applied: true })
        : reply.code(202).send({ caseId, decisionId, applied: false })
    },
  )

  app.get(
    '/cases/:caseId/decisions/:decisionId',
    {
      config: { scope: 'cases:read', problems: ['not-found'] },
      schema: {
        operationId: 'getDecision',
        summary: 'What became of a decision',
        description: '`pending` while the case is open and has not dealt with it.',
        tags: ['Decisions'],
        params: DecisionParams,
        response: { 200: DecisionStateSchema },
      },
    },
    async (request) => {
      const holder = holderOf(request)
      const { caseId, decisionId } = request.params
      gateway.address(holder, caseId)
      const row = await store.cases.get(holder, caseId)
      if (!row) throw new ApiProblem('not-found', 'There is no record of this case yet.')
      const { phase, outcome } = row
      const base = { caseId, decisionId, phase, outcome }
      const answer = row.state.answers.find((a) => a.decisionId === decisionId)
      if (answer) {
        const { result, verdict, at, refusal } = answer
        return {
          ...base,
          state: result,
          verdict,
          at: iso(at),
          ...(refusal === undefined ? {} : { refusal }),
        }
      }
      const late = await store.lateAnswers.list(holder, caseId)
      const found = late.find((a) => a.decisionId === decisionId)
      if (found) {
        const { verdict, receivedAt } = found
        return { ...base, state: 'late', verdict, at: iso(receivedAt) } as const
      }
      if (phase === 'closed') throw new ApiProblem('not-found', 'The case knows no such decision.')
      return { ...base, state: 'pending' } as const
    },
  )

  app.register(async (scoped) => {
    takeBodies(scoped, 'text/csv', BATCH_BODY_LIMIT_BYTES)
    scoped.post(
      '/decisions::batch',
      {
        bodyLimit: BATCH_BODY_LIMIT_BYTES,
        config: { scope: 'cases:decide' },
        schema: {
          operationId: 'decideCases',
          summary: 'Answer up to 300 cases',
          description:
            'JSON, or CSV with a header row naming the fields. Every item has its own result; ' +
            'a bad one never fails the rest. More than one item counts as a bulk decision, which ' +
            'gets the longer cooling-off. With an Idempotency-Key the request can be sent again.',
          tags: ['Decisions'],
          headers: IdempotencyHeaders,
          body: {
            content: {
              'application/json': { schema: DecisionBatchSchema },
              'text/csv': { schema: DecisionCsvSchema },
            },
          },
          response: { 200: DecisionBatchResultSchema },
        },
      },
      async (request) => {
        const holder = holderOf(request)
        const caller = callerOf(holder, 'batch')
        const body: unknown = request.body
        const { items, ignoredColumns } =
          typeof body === 'string'
            ? await itemsOfCsv(body)
            : { items: itemsOfJson(body), ignoredColumns: [] }
        const patience = createBatchPatience()
        const key = idempotencyKeyOf(request)
        const decideOne = async (item: BatchItem, index: number) => {
          const place = { index, ...(item.line === undefined ? {} : { line: item.line }) }
          try {
            if (!batchDecision.Check(item.fields))
              throw unfitItem(batchDecision.Errors(item.fields))
            const { caseId: named, marketplace, listingId, ...given } = item.fields
            const reference = { caseId: named, marketplace, listingId }
            const caseId = await caseOfListing(store.cases, gate, holder, reference)
            const { brandId } = gateway.address(caller, caseId)
            await standing.checkActing(caller.role, [brandId])
            const { decisionId = decisionIdFor(caller, caseId, key) } = given
            const message = decideMessage(given, caller, caseId, decisionId, items.length > 1)
            const answer = await decide(message, patience.timeoutMs())
            if (answer.kind === 'accepted') patience.lose()
            return { ...place, ...itemResult(answer) }
          } catch (error) {
            const { caseId } = item.fields
            return {
              ...place,
              ...(typeof caseId === 'string' ? { caseId } : {}),
              status: problemOf(error).status,
              applied: false,
              problem: itemProblem(error, request.log),
            }
          }
        }
        const results = await inParallel(items, BATCH_CONCURRENCY, decideOne)
        const count = (from: number, to: number) =>
          results.filter(({ status }) => status >= from && status <= to).length
        const counts = { applied: count(200, 200), accepted: count(202, 202) }
        return {
          results,
          counts: { ...counts, refused: count(400, 599) },
          ...(ignoredColumns.length > 0 ? { ignoredColumns } : {}),
        }
      },
    )
  })
}

function itemResult(answer: DecideAnswer) {
  if (answer.kind === 'accepted') {
    return { caseId: answer.caseId, decisionId: answer.decisionId, status: 202, applied: false }
  }
  const { caseId, phase, outcome, held } = answer.applied
  return {
    caseId,
    decisionId: answer.decisionId,
    status: 200,
    applied: true,
    phase,
    ...(outcome ? { outcome } : {}),
    ...(held ? { held } : {}),
  }
}

/**
 * Random, or the same for the same key, caller and case, so that a request can be sent again, and
 * nobody is told that an answer was applied which was somebody else's.
 */
function decisionIdFor({ id }: Caller, caseId: string, idempotencyKey: string | undefined): string {
  return idempotencyKey === undefined
    ? randomUUID()
    : sha256Hex(JSON.stringify([idempotencyKey, id, caseId]))
}

/** The message of an answer; the statement a client accepts is the present one. */
export function decideMessage(
  given: NewDecision,
  caller: Caller,
  caseId: string,
  decisionId: string,
  bulk: boolean,
): DecideMessage {
  const { attestation, allowList, ...answer } = given
  const { until, ...allowed } = allowList ?? {}
  const untilAt =
    until === undefined ? {} : { until: instant(until, 'allowList/until').toISOString() }
  return {
    ...answer,
    ...(allowList ? { allowList: { ...allowed, ...untilAt } } : {}),
    ...(attestation ? { attestation: { accepted: true, textVersion: ATTESTATION_VERSION } } : {}),
    decisionId,
    caseId,
    caller,
    bulk,
  }
}

function locationOf(caseId: string, decisionId: string): string {
  return `/v1/cases/${encodeURIComponent(caseId)}/decisions/${encodeURIComponent(decisionId)}`
}
