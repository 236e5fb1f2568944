import { AcceptedSchema, DecidedSchema, NewDecisionSchema } from '../../../contract/decision.js'
import { CaseParams, IdempotencyHeaders } from '../../../contract/common.js'
import { senderOf } from '../../callers/caller.js'
import type { CountedDeciding } from '../../cases/counted-deciding.js'
import { decideMessage, decisionIdFor } from '../../cases/decide-message.js'
import { type App, callerOf, idempotencyKeyOf } from '../route.js'

/** Answering one case. */
export function decideCaseRoute(app: App, decide: CountedDeciding): void {
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
      const sender = senderOf(callerOf(request))
      const { caseId } = request.params
      const { decisionId = decisionIdFor(sender, caseId, idempotencyKeyOf(request)) } = request.body
      const answer = await decide(decideMessage(request.body, sender, caseId, decisionId, false))
      reply.header('location', locationOf(caseId, decisionId))
      return answer.kind === 'applied'
        ? reply.code(200).send({ ...answer.applied, applied: true })
        : reply.code(202).send({ caseId, decisionId, applied: false })
    },
  )
}

function locationOf(caseId: string, decisionId: string): string {
  return `/v1/cases/${encodeURIComponent(caseId)}/decisions/${encodeURIComponent(decisionId)}`
}
