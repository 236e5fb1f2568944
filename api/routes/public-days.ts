import { PublicDaysQuery, PublicDaysSchema } from '../../contract/public-days.js'
import { countriesWithPublicDays, hasPublicDays, publicDaysOf } from '../../platform/public-days.js'
import type { RouteDeps } from '../deps.js'
import type { App } from './route.js'

/** What calendars can name as their country, and what that means. */
export function publicDayRoutes(app: App, { now }: RouteDeps): void {
  app.get(
    '/public-days',
    {
      config: { scope: 'calendars:read' },
      schema: {
        operationId: 'listPublicDays',
        summary: 'List the countries whose public holidays are known, and the days of one',
        tags: ['Brands'],
        querystring: PublicDaysQuery,
        response: { 200: PublicDaysSchema },
      },
    },
    async (request) => {
      const { country } = request.query
      const isKnown = country !== undefined && hasPublicDays(country)
      const days = isKnown ? publicDaysOf({ country }, now()) : null
      return {
        countries: countriesWithPublicDays(),
        days: days && { holidays: [...days.holidays], workdays: [...days.workdays] },
      }
    },
  )
}
