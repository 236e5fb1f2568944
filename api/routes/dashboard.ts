import type { Static } from 'typebox'
import { DashboardQuerySchema, DashboardSchema } from '../../contract/dashboard.js'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { type DashboardFigures, dashboardFigures } from '../../domain/statistics/dashboard.js'
import type { TenantScope } from '../../store/store.js'
import { covers } from '../callers/reach.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, notFound } from '../errors.js'
import { type App, callerOf } from './route.js'

const USUAL_MS = 30 * DAY_MS
const LONGEST_MS = 400 * DAY_MS
/** Longer periods are shown by weeks. */
const BY_DAYS_MS = 93 * DAY_MS
const MAX_CASES = 2_000

/** How a brand, or all of them, have done in a period. */
export function dashboardRoutes(app: App, { store, now }: RouteDeps): void {
  app.get(
    '/stats/dashboard',
    {
      config: { scope: 'stats:read', problems: ['invalid-value', 'not-found'] },
      schema: {
        operationId: 'getDashboard',
        summary: 'How cases of a period went, beside those of the period before',
        description:
          'Of the last 30 days, or from `from` up to `to`, 400 days at most. Figures are about the ' +
          `latest ${MAX_CASES} cases that were opened in the period.`,
        tags: ['Statistics'],
        querystring: DashboardQuerySchema,
        response: { 200: DashboardSchema },
      },
    },
    async (request) => {
      const nowMs = now()
      const { from, to } = periodOf(request.query, nowMs)
      const scope = scopeOf(callerOf(request), request.query.brandId)
      const previousFrom = new Date(from.getTime() - (to.getTime() - from.getTime()))
      const step =
        to.getTime() - from.getTime() <= BY_DAYS_MS ? ('day' as const) : ('week' as const)
      const [open, course, current, previous] = await Promise.all([
        store.cases.openByPhaseAndAge(scope, new Date(nowMs)),
        store.cases.course(scope, { from, to, step }),
        figures(scope, from, to),
        figures(scope, previousFrom, from),
      ])
      return {
        ...{ from: from.toISOString(), to: to.toISOString(), step },
        previousFrom: previousFrom.toISOString(),
        isCapped: current.isCapped || previous.isCapped,
        open,
        course: course.map(({ at, ...counts }) => ({ at: at.toISOString(), ...counts })),
        ...{ current: current.figures, previous: previous.figures },
      }

      async function figures(
        of: TenantScope,
        since: Date,
        until: Date,
      ): Promise<{ figures: DashboardFigures; isCapped: boolean }> {
        const limit = MAX_CASES + 1
        const read = await store.cases.counted(of, { from: since, to: until, limit })
        const rows = read.slice(0, MAX_CASES)
        const views = await store.caseViews.firstViews(
          of,
          rows.map(({ caseId }) => caseId),
        )
        const counted = rows.map(({ caseId, ...row }) => ({
          ...row,
          viewedAt: views.get(caseId)?.getTime() ?? null,
        }))
        return { figures: dashboardFigures(counted, nowMs), isCapped: read.length > MAX_CASES }
      }
    },
  )
}

/** The caller's own, or the one brand of it. Throws `not-found`. */
function scopeOf({ brandIds, marketplaces }: TenantScope, brandId?: string): TenantScope {
  if (brandId === undefined) return { brandIds, marketplaces }
  if (!covers(brandIds, brandId)) throw notFound('brand')
  return { brandIds: [brandId], marketplaces }
}

function periodOf(
  { from, to }: Pick<Static<typeof DashboardQuerySchema>, 'from' | 'to'>,
  nowMs: number,
): { from: Date; to: Date } {
  const endMs = to === undefined ? nowMs : Date.parse(to)
  const startMs = from === undefined ? endMs - USUAL_MS : Date.parse(from)
  if (startMs < endMs && endMs - startMs <= LONGEST_MS) {
    return { from: new Date(startMs), to: new Date(endMs) }
  }
  throw new ApiProblem(
    'invalid-value',
    `"from" must lie before "to", by ${LONGEST_MS / DAY_MS} days at most.`,
  )
}
