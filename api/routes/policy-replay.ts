import { BrandParams } from '../../contract/common.js'
import { PolicySchema } from '../../contract/brand.js'
import { PolicyReplaySchema, WindowCalendarsSchema } from '../../contract/policy-replay.js'
import { type Calendar, DAY_MS, workingIntervals } from '../../domain/brand/calendar.js'
import { RULES_VERSION } from '../../domain/brand/policy.js'
import { windowCalendars } from '../../domain/brand/window-calendars.js'
import { replay } from '../../domain/case/replaying.js'
import { publicDaysOf } from '../../platform/public-days.js'
import type { Brand } from '../../store/store.js'
import { checkPolicy } from '../checks/policy.js'
import type { RouteDeps } from '../deps.js'
import { found } from '../errors.js'
import { type App, callerOf } from './route.js'

const LOOKED_AT_MS = 90 * DAY_MS
/** Each is played through in tens of microseconds, while nobody else has a turn. */
const MAX_CASES = 2_000

/** What a policy that is not saved means: in whose working days, and for the cases there were. */
export function policyReplayRoutes(app: App, { store, config, people, now }: RouteDeps): void {
  const { brands, cases } = store

  app.get(
    '/brands/:brandId/policy/calendars',
    {
      config: { scope: 'brands:read', problems: ['not-found'] },
      schema: {
        operationId: 'getWindowCalendars',
        summary: 'Read in whose working days the windows of a brand’s policy are counted',
        description:
          'Of cases that open now. Where there is nobody, the calendar of who is asked before them counts.',
        tags: ['Brands'],
        params: BrandParams,
        response: { 200: WindowCalendarsSchema },
      },
    },
    async (request) =>
      calendarsOf(await found('brand', brands.find(callerOf(request), request.params.brandId))),
  )

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
      const working = (calendar: Calendar) =>
        workingIntervals(calendar, firstMs, publicDaysOf(calendar, firstMs))
      const calendars = await calendarsOf(brand)
      const policy = {
        ...request.body,
        ...{ rulesVersion: RULES_VERSION, policyVersion: brand.policyVersion },
        workingTime: {
          brand: working(calendars.brand),
          accountManager: working(calendars.accountManager),
          lead: working(calendars.lead),
        },
      }
      return {
        ...{ from: since.toISOString(), to: new Date(to).toISOString() },
        ...{ closed: closed.length, isCapped: read.length > MAX_CASES },
        ...replay(policy, closed),
      }
    },
  )

  async function calendarsOf(brand: Brand) {
    const manager = await staff(brand.accountManagerId)
    return windowCalendars(brand, { manager, lead: await staff(manager?.leadId) })
  }
  const staff = async (id: string | null | undefined) =>
    id ? ((await people.managers.get(id)) ?? null) : null
}
