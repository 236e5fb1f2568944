import { Type } from 'typebox'
import { CaseParams } from '../../contract/common.js'
import { SimilarSchema } from '../../contract/similar.js'
import { similarCases } from '../cases/similar-cases.js'
import type { RouteDeps } from '../deps.js'
import { found } from '../errors.js'
import { type App, callerOf } from './route.js'

/** What may be answered together with a case. */
export function similarCaseRoutes(app: App, { store, gateway }: RouteDeps): void {
  app.get(
    '/cases/:caseId/similar',
    {
      config: { scope: 'cases:read', problems: ['not-found'] },
      schema: {
        operationId: 'listSimilarCases',
        summary: 'How many cases are like this one',
        description:
          'Of the same seller, with a picture that looks the same, a title of the same pattern, or a ' +
          'price in the same band: others of the brand that wait for an answer, and how to list them.',
        tags: ['Cases'],
        params: CaseParams,
        response: { 200: Type.Object({ items: Type.Array(SimilarSchema) }) },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { caseId } = gateway.address(caller, request.params.caseId)
      const row = await found('case', store.cases.get(caller, caseId))
      return { items: await similarCases(store, caller, row) }
    },
  )
}
