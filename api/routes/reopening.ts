import { senderOf } from '../callers/caller.js'
import type { RouteDeps } from '../deps.js'
import { CaseParams, IdempotencyHeaders } from '../../contract/common.js'
import { ReasonSchema, ReopenedSchema } from '../../contract/decision.js'
import { type App, callerOf, idempotencyKeyOf } from './route.js'

/** Taking a closed case up again. */
export function reopeningRoutes(app: App, { gateway, reopenCase }: RouteDeps): void {
  app.post(
    '/cases/:caseId/reopen',
    {
      config: {
        scope: 'cases:reopen',
        problems: [
          'not-found',
          'case-open',
          'already-reopened',
          'other-content',
          'unknown-brand',
          'invalid-value',
          'not-allowed-now',
          'no-answer-in-time',
        ],
      },
      schema: {
        operationId: 'reopen',
        summary: 'Take a closed case up again',
        description:
          'Opens a new case of the listing, linked with the closed one, whatever was answered ' +
          'before. What the closed case had removed is put back first; then the brand is asked. ' +
          'The same request gives the same case.',
        tags: ['Managing cases'],
        params: CaseParams,
        headers: IdempotencyHeaders,
        body: ReasonSchema,
        response: { 202: ReopenedSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { caseId } = gateway.address(caller, request.params.caseId)
      const { reason } = request.body
      const idempotencyKey = idempotencyKeyOf(request)
      const sender = senderOf(caller)
      reply.code(202)
      return reopenCase({ caller: sender, caseId, reason, idempotencyKey })
    },
  )
}
