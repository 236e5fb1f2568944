import { Type } from 'typebox'
import type { RouteDeps } from '../deps.js'
import { newSellerEntry } from '../checks/authorised-seller.js'
import { found, notFound } from '../errors.js'
import { AuthorisedSellerSchema, NewAuthorisedSellerSchema } from '../../contract/brand.js'
import { presentAuthorisedSeller } from '../present/authorised-seller.js'
import { BrandParams, IdPageQuery, PageOf } from '../../contract/common.js'
import { readPage } from '../http/page.js'
import { type App, callerOf } from './route.js'

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
      await found('brand', brands.find(caller, brandId))
      const asked = newSellerEntry(caller, brandId, request.body, { marketplaces, nowMs: now() })
      const entry = await authorisedSellers.add(asked)
      return reply
        .code(201)
        .header('location', `/v1/brands/${brandId}/authorised-sellers/${entry.entryId}`)
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
