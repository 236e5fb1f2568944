import { BrandParams } from '../../contract/common.js'
import { PolicySchema } from '../../contract/brand.js'
import { PolicyReplaySchema } from '../../contract/policy-replay.js'
import {
  type Calendar,
  DAY_MS,
  DEFAULT_CALENDAR,
  workingIntervals,
} from '../../domain/brand/calendar.js'
import { RULES_VERSION } from '../../domain/brand/policy.js'
import { replay } from '../../domain/case/replaying.js'
import { publicDaysOf } from '../../platform/public-days.js'
import { checkPolicy } from '../checks/policy.js'
import type { RouteDeps } from '../deps.js'
import { found } from '../errors.js'
import { type App, callerOf } from './route.js'

const LOOKED_AT_MS = 90 * DAY_MS
/** Each is played through in tens of microseconds, while nobody else has a turn. */
const MAX_CASES = 2_000

/** What a policy that is not saved would have made of the cases there were. */
export function policyReplayRoutes(app: App, { store, config, people, now }: RouteDeps): void {
  const { brands, cases } = store

  app.post(
    '/brands/:brandId/policy::replay',
    {
      config: { scope: 'brands:read', problems: ['not-found', 'invalid-value'] },
      schema: {
        operationId: 'replayPolicy',
        summary: 'Find out what a policy would have made of the last 90 days',
        description:
          `Of the latest ${MAX_CASES} cases that closed in that time, in the calendars of today and ` +
          'without deadlines that people moved. Saves nothing.',
        tags: ['Brands'],
        params: BrandParams,
        body: PolicySchema,
        response: { 200: PolicyReplaySchema },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { brandId } = request.params
      const brand = await found('brand', brands.find(caller, brandId))
      checkPolicy(request.body, config.POLICY_MIN_WINDOW_MS)
      const to = now()
      const since = new Date(to - LOOKED_AT_MS)
      const read = await cases.closedSince(caller, { brandId, since, limit: MAX_CASES + 1 })
      const closed = read.slice(0, MAX_CASES)
      const firstMs = Math.min(to, ...closed.map(({ openedAt }) => openedAt))
      const working = (calendar: Calendar = DEFAULT_CALENDAR) =>
        workingIntervals(calendar, firstMs, publicDaysOf(calendar, firstMs))
      const manager = await staff(brand.accountManagerId)
      const lead = await staff(manager?.leadId)
      const policy = {
        ...request.body,
        ...{ rulesVersion: RULES_VERSION, policyVersion: brand.policyVersion },
        workingTime: {
          brand: working(brand.calendar),
          accountManager: working(manager?.calendar),
          lead: working(lead?.calendar),
        },
      }
      return {
        ...{ from: since.toISOString(), to: new Date(to).toISOString() },
        ...{ closed: closed.length, isCapped: read.length > MAX_CASES },
        ...replay(policy, closed),
      }
    },
  )

  const staff = (id: string | null | undefined) => (id ? people.managers.get(id) : null)
}
