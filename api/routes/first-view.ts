import { Type } from 'typebox'
import { CaseParams } from '../../contract/common.js'
import { isBrandRole } from '../../domain/vocabulary.js'
import type { RouteDeps } from '../deps.js'
import { found } from '../errors.js'
import { type App, callerOf } from './route.js'

/** That somebody has a case in front of them, which reading it does not say: screens read ahead. */
export function firstViewRoutes(app: App, { store, gateway, now }: RouteDeps): void {
  app.post(
    '/cases/:caseId/viewed',
    {
      config: { scope: 'cases:read', problems: ['not-found'] },
      schema: {
        operationId: 'noteView',
        summary: 'Note that somebody of the brand looks at a case',
        description:
          'The first time counts, of somebody of the brand who is signed in; of others nothing is ' +
          'kept. It is no part of the record of the case.',
        tags: ['Cases'],
        params: CaseParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { caseId } = gateway.address(caller, request.params.caseId)
      const { brandId, marketplace } = await found('case', store.cases.get(caller, caseId))
      if (caller.session && isBrandRole(caller.role)) {
        const view = { caseId, brandId, marketplace, personId: caller.id, at: new Date(now()) }
        await store.caseViews.note(view)
      }
      return reply.code(204).send(null)
    },
  )
}
