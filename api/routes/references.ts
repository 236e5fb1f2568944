import { Type } from 'typebox'
import { REFERENCE_LIMITS } from '../../domain/listing/references.js'
import {
  BrandParams,
  CaseParams,
  IdPageQuery,
  IfMatchHeaders,
  PageOf,
} from '../../contract/common.js'
import {
  FittingReferenceSchema,
  NewReferenceSchema,
  ReferenceChangesSchema,
  ReferenceParams,
  ReferenceSchema,
} from '../../contract/reference.js'
import { randomSuffix } from '../../platform/digest.js'
import { referencesFor } from '../cases/fitting-references.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, found, notFound } from '../errors.js'
import { etagOf, revisionOf } from '../http/etag.js'
import { readPage } from '../http/page.js'
import { presentReference } from '../present/reference.js'
import { type App, callerOf } from './route.js'

const FITTING_SHOWN = 10

/** The genuine products of a brand, and those that fit a listing. */
export function referenceRoutes(app: App, deps: RouteDeps): void {
  const { store, gateway, now } = deps
  const { references, brands } = store
  const path = '/brands/:brandId/references'

  app.get(
    path,
    {
      config: { scope: 'references:read', problems: ['not-found'] },
      schema: {
        operationId: 'listReferences',
        summary: 'List a brand’s genuine products',
        tags: ['References'],
        params: BrandParams,
        querystring: IdPageQuery,
        response: { 200: PageOf(ReferenceSchema) },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { brandId } = request.params
      await found('brand', brands.find(caller, brandId))
      return readPage(
        request.query,
        (page) => references.list(caller, brandId, page),
        ({ referenceId }) => referenceId,
        presentReference,
      )
    },
  )

  app.post(
    path,
    {
      config: { scope: 'references:write', problems: ['not-found', 'invalid-value'] },
      schema: {
        operationId: 'addReference',
        summary: 'Add a genuine product',
        description:
          'It is shown beside listings with one of its SKUs, with all of its words in their title, or with a ' +
          'picture like one of its own.',
        tags: ['References'],
        params: BrandParams,
        body: NewReferenceSchema,
        response: { 201: ReferenceSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { brandId } = request.params
      await found('brand', brands.find(caller, brandId))
      const { skus = [], words = [], features = [], ...given } = request.body
      const { name, suggestedPrice = null, rights = null } = given
      const reference = {
        ...{ referenceId: `ref-${randomSuffix()}`, brandId, name, skus, words, features },
        ...{ suggestedPrice, rights, pictures: [], rev: 1, updatedAt: new Date(now()) },
      }
      if (!(await references.add(reference, REFERENCE_LIMITS.perBrand))) {
        throw new ApiProblem(
          'invalid-value',
          `A brand has at most ${REFERENCE_LIMITS.perBrand} references; remove one first.`,
        )
      }
      return reply
        .code(201)
        .header('etag', etagOf(reference.rev))
        .header('location', `/v1/brands/${brandId}/references/${reference.referenceId}`)
        .send(presentReference(reference))
    },
  )

  app.get(
    `${path}/:referenceId`,
    {
      config: { scope: 'references:read', problems: ['not-found'] },
      schema: {
        operationId: 'getReference',
        summary: 'Read a genuine product',
        tags: ['References'],
        params: ReferenceParams,
        response: { 200: ReferenceSchema },
      },
    },
    async (request, reply) => {
      const { brandId, referenceId } = request.params
      const caller = callerOf(request)
      const reference = await found('reference', references.find(caller, brandId, referenceId))
      return reply.header('etag', etagOf(reference.rev)).send(presentReference(reference))
    },
  )

  app.patch(
    `${path}/:referenceId`,
    {
      config: {
        scope: 'references:write',
        problems: ['not-found', 'if-match-required', 'stale-revision'],
      },
      schema: {
        operationId: 'changeReference',
        summary: 'Change a genuine product',
        tags: ['References'],
        params: ReferenceParams,
        headers: IfMatchHeaders,
        body: ReferenceChangesSchema,
        response: { 200: ReferenceSchema },
      },
    },
    async (request, reply) => {
      const { brandId, referenceId } = request.params
      const caller = callerOf(request)
      await found('reference', references.find(caller, brandId, referenceId))
      const rev = revisionOf(request.headers['if-match'])
      const changes = { ...request.body, updatedAt: new Date(now()) }
      const reference = await found(
        'reference',
        references.update(caller, brandId, referenceId, rev, changes),
      )
      return reply.header('etag', etagOf(reference.rev)).send(presentReference(reference))
    },
  )

  app.delete(
    `${path}/:referenceId`,
    {
      config: { scope: 'references:write', problems: ['not-found'] },
      schema: {
        operationId: 'removeReference',
        summary: 'Remove a genuine product',
        tags: ['References'],
        params: ReferenceParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { brandId, referenceId } = request.params
      const isRemoved = await references.remove(callerOf(request), brandId, referenceId)
      if (!isRemoved) throw notFound('reference')
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/cases/:caseId/references',
    {
      config: { scope: 'cases:background', problems: ['not-found'] },
      schema: {
        operationId: 'listFittingReferences',
        summary: 'The genuine products that fit the listing of a case',
        description: `The best first, at most ${FITTING_SHOWN}: by SKU, by the words of the title, or by a picture.`,
        tags: ['References'],
        params: CaseParams,
        response: { 200: Type.Object({ items: Type.Array(FittingReferenceSchema) }) },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { caseId } = gateway.address(caller, request.params.caseId)
      const row = await found('case', store.cases.get(caller, caseId))
      const fits = await referencesFor(deps, caller, row)
      const items = fits.slice(0, FITTING_SHOWN).map(({ reference, by, distance }) => {
        const { pictureHashes: _, ...shown } = reference
        return { reference: presentReference(shown), by, distance }
      })
      return { items }
    },
  )
}
