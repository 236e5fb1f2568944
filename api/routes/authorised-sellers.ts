import { Type } from 'typebox'
import { randomSuffix } from '../../platform/digest.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, found, notFound } from '../errors.js'
import { AuthorisedSellerSchema, NewAuthorisedSellerSchema } from '../../contract/brand.js'
import { presentAuthorisedSeller } from '../present/authorised-seller.js'
import { BrandParams, IdPageQuery, PageOf } from '../../contract/common.js'
import { instant } from '../http/instant.js'
import { readPage } from '../http/page.js'
import { type App, callerOf } from './route.js'
import { covers } from '../callers/reach.js'

/** The sellers a brand allows: their listings are released without asking. */
export function authorisedSellerRoutes(app: App, { store, marketplaces, now }: RouteDeps): void {
  const { authorisedSellers, brands } = store
  const path = '/brands/:brandId/authorised-sellers'

  app.get(
    path,
    {
      config: { scope: 'brands:read', problems: ['not-found'] },
      schema: {
        operationId: 'listAuthorisedSellers',
        summary: 'List a brand’s authorised sellers',
        tags: ['Brands'],
        params: BrandParams,
        querystring: IdPageQuery,
        response: { 200: PageOf(AuthorisedSellerSchema) },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { brandId } = request.params
      await found('brand', brands.find(caller, brandId))
      return readPage(
        request.query,
        (page) => authorisedSellers.list(caller, brandId, page),
        ({ entryId }) => entryId,
        presentAuthorisedSeller,
      )
    },
  )

  app.post(
    path,
    {
      config: { scope: 'sellers:write', problems: ['not-found', 'invalid-value'] },
      schema: {
        operationId: 'addAuthorisedSeller',
        summary: 'Authorise a seller',
        description: 'On one marketplace, for one SKU or all, for a span of time or without end.',
        tags: ['Brands'],
        params: BrandParams,
        body: NewAuthorisedSellerSchema,
        response: { 201: AuthorisedSellerSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { brandId } = request.params
      const { marketplace, sellerId, sku = null, validFrom, validUntil = null } = request.body
      await found('brand', brands.find(caller, brandId))
      const known = marketplaces.some(({ id }) => id === marketplace)
      if (!known || !covers(caller.marketplaces, marketplace)) {
        throw new ApiProblem(
          'invalid-value',
          `There is no marketplace "${marketplace}" that this key may use.`,
        )
      }
      const from = validFrom === undefined ? new Date(now()) : instant(validFrom, 'validFrom')
      const until = validUntil === null ? null : instant(validUntil, 'validUntil')
      if (until && until <= from) {
        throw new ApiProblem('invalid-value', 'validUntil must lie after validFrom.')
      }
      const entryId = `as-${randomSuffix()}`
      const entry = await authorisedSellers.add({
        entryId,
        brandId,
        marketplace,
        sellerId,
        sku,
        validFrom: from,
        validUntil: until,
        caseId: null,
        createdBy: caller.id,
        createdAt: new Date(now()),
      })
      return reply
        .code(201)
        .header('location', `/v1/brands/${brandId}/authorised-sellers/${entryId}`)
        .send(presentAuthorisedSeller(entry))
    },
  )

  app.delete(
    `${path}/:entryId`,
    {
      config: { scope: 'sellers:write', problems: ['not-found'] },
      schema: {
        operationId: 'removeAuthorisedSeller',
        summary: 'Take an authorisation back',
        tags: ['Brands'],
        params: Type.Object({
          ...BrandParams.properties,
          entryId: Type.String({ maxLength: 100 }),
        }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { brandId, entryId } = request.params
      const removed = await authorisedSellers.remove(callerOf(request), brandId, entryId)
      if (!removed) throw notFound('authorised seller')
      return reply.code(204).send(null)
    },
  )
}
