import { Type } from 'typebox'
import { CaseParams } from '../../../contract/common.js'
import { DecisionStateSchema } from '../../../contract/decision.js'
import type { RouteDeps } from '../../deps.js'
import { ApiProblem } from '../../errors.js'
import { iso } from '../../present/iso.js'
import { type App, callerOf } from '../route.js'

const DecisionParams = Type.Object({
  ...CaseParams.properties,
  decisionId: Type.String({ maxLength: 100 }),
})

/** What became of an answer. */
export function getDecisionRoute(app: App, { store, gateway }: RouteDeps): void {
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
      const caller = callerOf(request)
      const { caseId, decisionId } = request.params
      gateway.address(caller, caseId)
      const row = await store.cases.get(caller, caseId)
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
      const late = await store.lateAnswers.list(caller, caseId)
      const found = late.find((a) => a.decisionId === decisionId)
      if (found) {
        const { verdict, receivedAt } = found
        return { ...base, state: 'late', verdict, at: iso(receivedAt) } as const
      }
      if (phase === 'closed') throw new ApiProblem('not-found', 'The case knows no such decision.')
      return { ...base, state: 'pending' } as const
    },
  )
}
