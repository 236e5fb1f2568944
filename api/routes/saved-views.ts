import { Type } from 'typebox'
import { IfMatchHeaders } from '../../contract/common.js'
import {
  MAX_SAVED_VIEWS,
  NewSavedViewSchema,
  SavedViewChangesSchema,
  SavedViewParams,
  SavedViewSchema,
} from '../../contract/saved-view.js'
import { randomSuffix } from '../../platform/digest.js'
import type { SavedView } from '../../store/store.js'
import type { ApiCaller } from '../callers/caller.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, found, notFound } from '../errors.js'
import { etagOf, revisionOf } from '../http/etag.js'
import { readerOf } from '../present/reader.js'
import { mayChangeView, presentView } from '../present/saved-view.js'
import { type App, callerOf } from './route.js'

/** As many as anybody looks through. */
const LISTED = 1_000

/** Lists of cases under a name: one’s own, and those shared within a brand. */
export function savedViewRoutes(app: App, deps: RouteDeps): void {
  const { store, standing, namesOf, now } = deps
  const { savedViews, brands } = store
  const path = '/views'

  async function presenterFor(caller: ApiCaller, views: readonly SavedView[]) {
    const owners = views.map(({ ownerId }) => ({ role: caller.role, id: ownerId }))
    const names = await namesOf(readerOf(caller.role), owners)
    return (view: SavedView) => presentView(view, caller, names)
  }

  async function checkBrand(caller: ApiCaller, brandId: string | null): Promise<void> {
    if (brandId === null) return
    await found('brand', brands.find(caller, brandId))
    await standing.checkActing(caller.role, [brandId])
  }

  async function changeable(caller: ApiCaller, viewId: string): Promise<SavedView> {
    const view = await found('view', savedViews.find(caller, viewId))
    await checkBrand(caller, view.brandId)
    if (mayChangeView(view, caller)) return view
    throw new ApiProblem(
      'not-allowed-for-role',
      'Only whoever saved it and an administrator of the brand change it; save one of your own.',
    )
  }

  app.get(
    path,
    {
      config: { scope: 'views:own' },
      schema: {
        operationId: 'listSavedViews',
        summary: 'List saved views',
        description: 'Your own and those that are shared within your brands, by name.',
        tags: ['Saved views'],
        response: { 200: Type.Object({ items: Type.Array(SavedViewSchema) }) },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const views = await savedViews.list(caller, LISTED)
      return { items: views.map(await presenterFor(caller, views)) }
    },
  )

  app.post(
    path,
    {
      config: { scope: 'views:own', problems: ['not-found', 'brand-inactive', 'invalid-value'] },
      schema: {
        operationId: 'saveView',
        summary: 'Save a list of cases under a name',
        description: 'With a `brandId` all who see that brand see it, too.',
        tags: ['Saved views'],
        body: NewSavedViewSchema,
        response: { 201: SavedViewSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { name, search, brandId = null } = request.body
      await checkBrand(caller, brandId)
      const view = {
        ...{ viewId: `v-${randomSuffix()}`, ownerId: caller.id, brandId, name, search },
        ...{ rev: 1, updatedAt: new Date(now()) },
      }
      if (!(await savedViews.add(view, MAX_SAVED_VIEWS))) {
        throw new ApiProblem(
          'invalid-value',
          `Everybody keeps at most ${MAX_SAVED_VIEWS} views; remove one first.`,
        )
      }
      const present = await presenterFor(caller, [view])
      return reply
        .code(201)
        .header('etag', etagOf(view.rev))
        .header('location', `/v1/views/${view.viewId}`)
        .send(present(view))
    },
  )

  app.patch(
    `${path}/:viewId`,
    {
      config: {
        scope: 'views:own',
        problems: [
          'not-found',
          'brand-inactive',
          'not-allowed-for-role',
          'if-match-required',
          'stale-revision',
        ],
      },
      schema: {
        operationId: 'changeSavedView',
        summary: 'Rename a saved view, replace what it shows, or share it',
        tags: ['Saved views'],
        params: SavedViewParams,
        headers: IfMatchHeaders,
        body: SavedViewChangesSchema,
        response: { 200: SavedViewSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { viewId } = await changeable(caller, request.params.viewId)
      await checkBrand(caller, request.body.brandId ?? null)
      const rev = revisionOf(request.headers['if-match'])
      const changes = { ...request.body, updatedAt: new Date(now()) }
      const view = await found('view', savedViews.update(caller, viewId, rev, changes))
      const present = await presenterFor(caller, [view])
      return reply.header('etag', etagOf(view.rev)).send(present(view))
    },
  )

  app.delete(
    `${path}/:viewId`,
    {
      config: {
        scope: 'views:own',
        problems: ['not-found', 'brand-inactive', 'not-allowed-for-role'],
      },
      schema: {
        operationId: 'removeSavedView',
        summary: 'Remove a saved view',
        tags: ['Saved views'],
        params: SavedViewParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { viewId } = await changeable(caller, request.params.viewId)
      if (!(await savedViews.remove(caller, viewId))) throw notFound('view')
      return reply.code(204).send(null)
    },
  )
}
