import { Type } from 'typebox'
import { DEFAULT_CALENDAR } from '../../domain/brand/calendar.js'
import { DEFAULT_POLICY } from '../../domain/brand/policy.js'
import type { Brand } from '../../store/store.js'
import type { ApiCaller } from '../callers/caller.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, found } from '../errors.js'
import { etagOf, revisionOf } from '../http/etag.js'
import {
  BrandChangesSchema,
  BrandSchema,
  ChangedBrandSchema,
  NewBrandSchema,
  PolicySchema,
  PolicyVersionSchema,
} from '../../contract/brand.js'
import { checkCalendar } from '../checks/calendar.js'
import { checkPolicy } from '../checks/policy.js'
import { presentBrand } from '../present/brand.js'
import { BrandParams, IdPageQuery, IfMatchHeaders, PageOf } from '../../contract/common.js'
import { iso } from '../present/iso.js'
import { readPage } from '../http/page.js'
import { type App, callerOf } from './route.js'
import { covers } from '../callers/reach.js'

/** What only the platform decides about a brand. */
const OPERATOR_FIELDS = ['active', 'accountManagerId', 'brake'] as const

/** Brands and their policies. */
export function brandRoutes(app: App, { store, config, sweeps, people }: RouteDeps): void {
  const { accountManagers, brands } = store

  app.get(
    '/brands',
    {
      config: { scope: 'brands:read' },
      schema: {
        operationId: 'listBrands',
        summary: 'List brands',
        tags: ['Brands'],
        querystring: IdPageQuery,
        response: { 200: PageOf(BrandSchema) },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      return readPage(
        request.query,
        (page) => brands.list(caller, page),
        ({ brandId }) => brandId,
        presentBrand,
      )
    },
  )

  app.post(
    '/brands',
    {
      config: { scope: 'brands:create', problems: ['already-exists', 'invalid-value'] },
      schema: {
        operationId: 'createBrand',
        summary: 'Add a brand',
        tags: ['Brands'],
        body: NewBrandSchema,
        response: { 201: BrandSchema },
      },
    },
    async (request, reply) => {
      const { brandId, name, contacts } = request.body
      const { active = true, accountManagerId = null } = request.body
      const { calendar = DEFAULT_CALENDAR, policy = DEFAULT_POLICY, brake } = request.body
      const caller = callerOf(request)
      if (!covers(caller.brandIds, brandId)) {
        throw new ApiProblem('beyond-reach', 'This key may only use the brands it names.')
      }
      checkCalendar(calendar)
      checkPolicy(policy, config.POLICY_MIN_WINDOW_MS)
      await checkManager(accountManagerId)
      checkContacts(contacts)
      const given = { brandId, name, active, contacts, accountManagerId, calendar, policy }
      const brand = await brands.create({ ...given, ...(brake ? { brake } : {}) })
      return reply
        .code(201)
        .header('location', `/v1/brands/${brandId}`)
        .header('etag', etagOf(brand.rev))
        .send(presentBrand(brand))
    },
  )

  app.get(
    '/brands/:brandId',
    {
      config: { scope: 'brands:read', problems: ['not-found'] },
      schema: {
        operationId: 'getBrand',
        summary: 'Read a brand',
        tags: ['Brands'],
        params: BrandParams,
        response: { 200: BrandSchema },
      },
    },
    async (request, reply) => {
      const brand = await found('brand', brands.find(callerOf(request), request.params.brandId))
      return reply.header('etag', etagOf(brand.rev)).send(presentBrand(brand))
    },
  )

  app.patch(
    '/brands/:brandId',
    {
      config: {
        scope: 'brands:write',
        problems: [
          'not-found',
          'not-allowed-for-role',
          'invalid-value',
          'if-match-required',
          'stale-revision',
        ],
      },
      schema: {
        operationId: 'changeBrand',
        summary: 'Change a brand',
        description:
          'A brand’s administrator may change all but `active`, `accountManagerId` and `brake`. A ' +
          'new account manager gets the open cases of the one before; those that were given to ' +
          'somebody else by hand, and closed ones, stay.',
        tags: ['Brands'],
        params: BrandParams,
        headers: IfMatchHeaders,
        body: BrandChangesSchema,
        response: { 200: ChangedBrandSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const changes = request.body
      const before = await found('brand', brands.find(caller, request.params.brandId))
      if (caller.role !== 'operator' && OPERATOR_FIELDS.some((field) => field in changes)) {
        throw new ApiProblem(
          'not-allowed-for-role',
          `Only an operator changes ${OPERATOR_FIELDS.join(', ')}.`,
        )
      }
      const rev = revisionOf(request.headers['if-match'])
      if (changes.calendar) checkCalendar(changes.calendar)
      if (changes.contacts) checkContacts(changes.contacts)
      if (changes.accountManagerId) await checkManager(changes.accountManagerId)
      const sweepId = await followManager(caller, before, rev, changes.accountManagerId)
      const brand = await found(
        'brand',
        brands.update(caller, request.params.brandId, rev, changes),
      )
      people.brands.forget(brand.brandId)
      return reply
        .header('etag', etagOf(brand.rev))
        .send({ ...presentBrand(brand), ...(sweepId ? { sweepId } : {}) })
    },
  )

  app.get(
    '/brands/:brandId/policy',
    {
      config: { scope: 'brands:read', problems: ['not-found'] },
      schema: {
        operationId: 'getPolicy',
        summary: 'Read a brand’s policy',
        tags: ['Brands'],
        params: BrandParams,
        response: { 200: PolicyVersionSchema },
      },
    },
    async (request, reply) => {
      const brand = await found('brand', brands.find(callerOf(request), request.params.brandId))
      return reply.header('etag', etagOf(brand.policyVersion)).send(policyOf(brand))
    },
  )

  app.put(
    '/brands/:brandId/policy',
    {
      config: {
        scope: 'brands:write',
        problems: ['not-found', 'invalid-value', 'if-match-required', 'stale-revision'],
      },
      schema: {
        operationId: 'savePolicy',
        summary: 'Save a brand’s policy as its next version',
        description: 'It applies to cases opened from now on; open cases keep theirs.',
        tags: ['Brands'],
        params: BrandParams,
        headers: IfMatchHeaders,
        body: PolicySchema,
        response: { 200: PolicyVersionSchema },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { brandId } = request.params
      await found('brand', brands.find(caller, brandId))
      const version = revisionOf(request.headers['if-match'])
      checkPolicy(request.body, config.POLICY_MIN_WINDOW_MS)
      const brand = await found(
        'brand',
        brands.savePolicy(caller, brandId, version, request.body, caller.id),
      )
      return reply.header('etag', etagOf(brand.policyVersion)).send(policyOf(brand))
    },
  )

  app.get(
    '/brands/:brandId/policy/versions',
    {
      config: { scope: 'brands:read', problems: ['not-found'] },
      schema: {
        operationId: 'listPolicyVersions',
        summary: 'Read every version of a brand’s policy',
        tags: ['Brands'],
        params: BrandParams,
        response: { 200: Type.Object({ items: Type.Array(PolicyVersionSchema) }) },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      await found('brand', brands.find(caller, request.params.brandId))
      const versions = await brands.policyVersions(caller, request.params.brandId)
      return { items: versions.map((v) => ({ ...v, savedAt: iso(v.savedAt) })) }
    },
  )

  /** Its open cases go to the next account manager: durable before the change, begun after it. */
  async function followManager(
    caller: ApiCaller,
    { brandId, accountManagerId: from, rev }: Brand,
    ifRev: number,
    to: string | null | undefined,
  ): Promise<string | undefined> {
    if (!to || to === from || rev !== ifRev) return undefined
    return sweeps.start(caller, { kind: 'brandManager', brandId, from, rev })
  }

  /** A brand without a reachable account manager would have nobody to escalate to. */
  async function checkManager(accountManagerId: string | null): Promise<void> {
    if (accountManagerId === null) return
    const manager = await accountManagers.find(accountManagerId)
    if (manager?.active && manager.role === 'accountManager') return
    throw new ApiProblem('invalid-value', `"${accountManagerId}" is no active account manager.`)
  }
}

function checkContacts(contacts: readonly { contactId: string }[]): void {
  const ids = contacts.map(({ contactId }) => contactId)
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  if (twice === undefined) return
  throw new ApiProblem('invalid-value', `The contact "${twice}" is there twice.`)
}

function policyOf({ policyVersion, policy }: Brand) {
  return { version: policyVersion, policy }
}
