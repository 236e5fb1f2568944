import type { RouteDeps } from '../deps.js'
import { periodOf, presentStats, StatsQuerySchema, StatsSchema } from '../../contract/stats.js'
import { type App, holderOf } from './route.js'

/** Numbers over the caller's own cases. */
export function statsRoutes(app: App, { store, now }: RouteDeps): void {
  app.get(
    '/stats',
    {
      config: { scope: 'stats:read', problems: ['invalid-value'] },
      schema: {
        operationId: 'getStats',
        summary: 'How much is open, overdue and decided, and how fast',
        description:
          'Of the last 90 days, or from `from` up to `to`; on request by brand or manager.',
        tags: ['Statistics'],
        querystring: StatsQuerySchema,
        response: { 200: StatsSchema },
      },
    },
    async (request) => {
      const { groupBy, ...period } = request.query
      const query = { now: new Date(now()), ...periodOf(period, now()) }
      const stats = await store.cases.stats(holderOf(request), {
        ...query,
        ...(groupBy ? { groupBy } : {}),
      })
      return presentStats(stats)
    },
  )
}
