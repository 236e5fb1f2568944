import type { RouteDeps } from '../deps.js'
import { StatsSchema } from '../schemas/stats.js'
import { type App, holderOf } from './route.js'

/** Numbers over the caller's own cases. */
export function statsRoutes(app: App, { store, now }: RouteDeps): void {
  app.get(
    '/stats',
    {
      config: { scope: 'stats:read' },
      schema: {
        operationId: 'getStats',
        summary: 'How much is open, overdue and decided, and how fast',
        tags: ['Statistics'],
        response: { 200: StatsSchema },
      },
    },
    async (request) => store.cases.stats(holderOf(request), new Date(now())),
  )
}
