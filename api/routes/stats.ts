import type { Static } from 'typebox'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { ApiProblem } from '../errors.js'
import type { RouteDeps } from '../deps.js'
import { StatsQuerySchema, StatsSchema } from '../../contract/stats.js'
import { presentStats } from '../present/stats.js'
import { type App, callerOf } from './route.js'

const REPORT_MS = 90 * DAY_MS

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
      const stats = await store.cases.stats(callerOf(request), {
        ...query,
        ...(groupBy ? { groupBy } : {}),
      })
      return presentStats(stats)
    },
  )
}

/** The period asked for; the last 90 days where it is not said. Throws `invalid-value`. */
function periodOf(
  { from, to }: Pick<Static<typeof StatsQuerySchema>, 'from' | 'to'>,
  nowMs: number,
): { from: Date; to: Date } {
  const end = to === undefined ? nowMs : Date.parse(to)
  const start = from === undefined ? end - REPORT_MS : Date.parse(from)
  if (start < end) return { from: new Date(start), to: new Date(end) }
  throw new ApiProblem('invalid-value', '"from" must lie before "to".')
}
