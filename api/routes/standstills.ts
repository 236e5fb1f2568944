import type { RouteDeps } from '../deps.js'
import { StandingCasesSchema } from '../../contract/standstill.js'
import { presentStanding } from '../present/standstill.js'
import { standingCases } from '../cases/standstills.js'
import { type App, callerOf } from './route.js'

/** Cases whose process stands still, which their record does not show. */
export function standstillRoutes(app: App, { temporal, now }: RouteDeps): void {
  app.get(
    '/standstills',
    {
      config: { scope: 'cases:manage' },
      schema: {
        operationId: 'listStandstills',
        summary: 'List cases whose process stands still',
        description:
          'Read from Temporal, because their record does not show it, and some have none; of each ' +
          'kind at most 100. Empty when all is well.',
        tags: ['Cases'],
        response: { 200: StandingCasesSchema },
      },
    },
    async (request) => {
      const found = await standingCases(temporal, callerOf(request), now())
      return { items: found.map(presentStanding) }
    },
  )
}
