import { MarketplacesSchema } from '../../contract/marketplace.js'
import { covers } from '../callers/reach.js'
import type { RouteDeps } from '../deps.js'
import { type App, callerOf } from './route.js'

/** The marketplaces that take part. */
export function marketplaceRoutes(app: App, { marketplaces }: RouteDeps): void {
  app.get(
    '/marketplaces',
    {
      config: { scope: 'marketplaces:read' },
      schema: {
        operationId: 'listMarketplaces',
        summary: 'List the marketplaces that take part',
        description: 'Those within reach of whoever asks.',
        tags: ['Marketplaces'],
        response: { 200: MarketplacesSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const own = marketplaces.filter(({ id }) => covers(caller.marketplaces, id))
      return { items: own.map(({ id, name }) => ({ marketplace: id, name })) }
    },
  )
}
