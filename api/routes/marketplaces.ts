import {
  type MarketplaceHealth,
  MarketplaceHealthSchema,
  MarketplaceParams,
  MarketplacesHealthSchema,
  MarketplacesSchema,
  PauseReasonBody,
  PausesSchema,
} from '../../contract/marketplace.js'
import { EVERYTHING, type MarketplacePause } from '../../store/store.js'
import type { ApiCaller } from '../callers/caller.js'
import { covers } from '../callers/reach.js'
import type { RouteDeps } from '../deps.js'
import { notFound } from '../errors.js'
import { presentHealth, presentMarketplace, presentPause } from '../present/marketplace.js'
import { type App, callerOf } from './route.js'

const MAX_PAUSES = 100

/** The marketplaces that take part, how they do, and their pauses. */
export function marketplaceRoutes(
  app: App,
  { marketplaces, store, namesOf, logger, now }: RouteDeps,
): void {
  const { cases, marketplaceAnswers, marketplacePauses: pauses } = store

  app.get(
    '/marketplaces',
    {
      config: { scope: 'marketplaces:read' },
      schema: {
        operationId: 'listMarketplaces',
        summary: 'List the marketplaces that take part',
        description: 'Those within reach of whoever asks, and which of them are paused.',
        tags: ['Marketplaces'],
        response: { 200: MarketplacesSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const own = marketplaces.filter(({ id }) => covers(caller.marketplaces, id))
      const paused = byMarketplace(await pauses.allCurrent())
      return { items: own.map((one) => presentMarketplace(one, paused.get(one.id))) }
    },
  )

  app.get(
    '/marketplaces/health',
    {
      config: { scope: 'marketplaces:manage' },
      schema: {
        operationId: 'listMarketplaceHealth',
        summary: 'How the marketplaces do: what waits, and how they answered last',
        tags: ['Marketplaces'],
        response: { 200: MarketplacesHealthSchema },
      },
    },
    async () => ({ items: await healthOf(marketplaces) }),
  )

  app.get(
    '/marketplaces/:marketplace/pauses',
    {
      config: { scope: 'marketplaces:manage', problems: ['not-found'] },
      schema: {
        operationId: 'listMarketplacePauses',
        summary: 'When a marketplace was paused, by whom and why',
        tags: ['Marketplaces'],
        params: MarketplaceParams,
        response: { 200: PausesSchema },
      },
    },
    async (request) => {
      const { id } = configured(request.params.marketplace)
      const found = await pauses.list(id, MAX_PAUSES)
      const names = await namesIn(found)
      return { items: found.map((pause) => presentPause(pause, names)) }
    },
  )

  app.post(
    '/marketplaces/:marketplace/pause',
    {
      config: { scope: 'marketplaces:manage', problems: ['not-found'] },
      schema: {
        operationId: 'pauseMarketplace',
        summary: 'Send a marketplace nothing until it is resumed',
        description:
          'From the answer on no call of it begins: no takedown, no restoration, no look-up. Its cases ' +
          'are decided as ever and wait; none of them needs attention for it. Of one that is paused ' +
          'already, the reason is replaced.',
        tags: ['Marketplaces'],
        params: MarketplaceParams,
        body: PauseReasonBody,
        response: { 200: MarketplaceHealthSchema },
      },
    },
    async (request) => {
      const { id } = configured(request.params.marketplace)
      const caller = callerOf(request)
      await pauses.pause(id, reasonOf(caller, request.body.reason))
      logger.warn({ marketplace: id, by: caller.id }, 'a marketplace was paused')
      return oneHealth(id)
    },
  )

  app.post(
    '/marketplaces/:marketplace/resume',
    {
      config: { scope: 'marketplaces:manage', problems: ['not-found'] },
      schema: {
        operationId: 'resumeMarketplace',
        summary: 'Let a paused marketplace go on',
        description:
          'What waits goes on by itself within half a minute, at the rate of the marketplace. One that ' +
          'is not paused stays as it is.',
        tags: ['Marketplaces'],
        params: MarketplaceParams,
        body: PauseReasonBody,
        response: { 200: MarketplaceHealthSchema },
      },
    },
    async (request) => {
      const { id } = configured(request.params.marketplace)
      const caller = callerOf(request)
      const ended = await pauses.resume(id, reasonOf(caller, request.body.reason))
      if (ended) logger.warn({ marketplace: id, by: caller.id }, 'a marketplace was resumed')
      return oneHealth(id)
    },
  )

  function configured(id: string): { id: string; name: string } {
    const found = marketplaces.find((one) => one.id === id)
    if (!found) throw notFound('marketplace')
    return found
  }

  function reasonOf(caller: ApiCaller, text: string) {
    return { text, by: caller.id, at: new Date(now()) }
  }

  async function oneHealth(id: string): Promise<MarketplaceHealth> {
    const [health] = await healthOf([configured(id)])
    if (!health) throw notFound('marketplace')
    return health
  }

  async function healthOf(of: RouteDeps['marketplaces']): Promise<MarketplaceHealth[]> {
    const [current, queues, answers] = await Promise.all([
      pauses.allCurrent(),
      cases.takedownQueues(EVERYTHING),
      marketplaceAnswers.all(),
    ])
    const paused = byMarketplace(current)
    const waiting = byMarketplace(queues)
    const answered = byMarketplace(answers)
    const names = await namesIn(current)
    return of.map((one) =>
      presentHealth(
        one,
        { pause: paused.get(one.id), queue: waiting.get(one.id), answers: answered.get(one.id) },
        names,
      ),
    )
  }

  function namesIn(found: readonly MarketplacePause[]) {
    const given = found.flatMap(({ reasons, resumed }) => [
      ...reasons,
      ...(resumed ? [resumed] : []),
    ])
    return namesOf(
      'staff',
      given.map(({ by: id }) => ({ role: 'operator', id })),
    )
  }
}

function byMarketplace<T extends { marketplace: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.marketplace, item]))
}
