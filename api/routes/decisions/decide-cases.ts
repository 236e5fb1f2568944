import { Compile } from 'typebox/compile'
import { IdempotencyHeaders } from '../../../contract/common.js'
import {
  BatchDecisionSchema,
  DecisionBatchResultSchema,
  DecisionBatchSchema,
} from '../../../contract/decision.js'
import { MAX_DECISIONS } from '../../../contract/limits.js'
import { inParallel } from '../../../platform/in-parallel.js'
import { senderOf } from '../../callers/caller.js'
import { caseOfListing } from '../../cases/case-of-listing.js'
import type { CountedDeciding } from '../../cases/counted-deciding.js'
import { decideMessage, decisionIdFor } from '../../cases/decide-message.js'
import type { DecideAnswer } from '../../cases/gateway.js'
import type { RouteDeps } from '../../deps.js'
import { problemOf } from '../../errors.js'
import {
  BATCH_BODY_LIMIT_BYTES,
  BATCH_CONCURRENCY,
  createBatchPatience,
  itemProblem,
  unfitItem,
} from '../../http/batch.js'
import { takeBodies } from '../../http/bodies.js'
import {
  type BatchItem,
  DecisionCsvSchema,
  itemsOfCsv,
  itemsOfJson,
} from '../../http/decision-items.js'
import { type App, callerOf, idempotencyKeyOf } from '../route.js'

const batchDecision = Compile(BatchDecisionSchema)

/** Answering many cases at once, each by itself. */
export function decideCasesRoute(
  app: App,
  { store, gate, gateway, standing }: RouteDeps,
  decide: CountedDeciding,
): void {
  app.register(async (scoped) => {
    takeBodies(scoped, 'text/csv', BATCH_BODY_LIMIT_BYTES)
    scoped.post(
      '/decisions::batch',
      {
        bodyLimit: BATCH_BODY_LIMIT_BYTES,
        config: { scope: 'cases:decide' },
        schema: {
          operationId: 'decideCases',
          summary: `Answer up to ${MAX_DECISIONS} cases`,
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
        const caller = callerOf(request)
        const sender = senderOf(caller, 'batch')
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
            const caseId = await caseOfListing(store.cases, gate, caller, reference)
            const { brandId } = gateway.address(caller, caseId)
            await standing.checkActing(caller.role, [brandId])
            const { decisionId = decisionIdFor(sender, caseId, key) } = given
            const message = decideMessage(given, sender, caseId, decisionId, items.length > 1)
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
