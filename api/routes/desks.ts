import { type Desk, DeskQuerySchema, DeskSchema, LeadDeskSchema } from '../../contract/desk.js'
import { ANSWERING_MS } from '../../domain/brand/answering.js'
import type { Phase } from '../../domain/vocabulary.js'
import type { AccountManager, CaseFilter, TenantScope } from '../../store/store.js'
import type { ApiCaller } from '../callers/caller.js'
import { ownStaffId } from '../callers/own-staff.js'
import type { RouteDeps } from '../deps.js'
import { found } from '../errors.js'
import { presentSummary } from '../present/case.js'
import {
  presentCovered,
  presentDeskBrand,
  presentQueue,
  presentStuckGroup,
  presentUnreachable,
  presentWorkloads,
} from '../present/desk.js'
import { iso } from '../present/iso.js'
import { type App, callerOf } from './route.js'

const MAX_BRANDS = 500
const MAX_PEOPLE = 1_000
const MAX_CASES = 100

/** What an account manager and a lead have before them, each in one answer. */
export function deskRoutes(app: App, { store, people, now }: RouteDeps): void {
  const { cases, brands, accountManagers } = store

  app.get(
    '/desk',
    {
      config: { scope: 'desk:read', problems: ['not-found'] },
      schema: {
        operationId: 'getDesk',
        summary: 'What an account manager has to look after',
        description:
          'Their brands with what is open and how they answer, cases that wait for the account manager or need attention, and contacts whom mails do not reach; within the caller’s brands and marketplaces.',
        tags: ['Desks'],
        querystring: DeskQuerySchema,
        response: { 200: DeskSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const manager = await managerOf(caller, request.query.accountManagerId)
      const covered = manager
        ? await accountManagers.coveredBy(manager.accountManagerId, now())
        : []
      const whose = manager && [manager, ...covered].map(({ accountManagerId }) => accountManagerId)
      const looked = await (whose
        ? brands.ofManagers(caller, whose, MAX_BRANDS)
        : brands.list(caller, { limit: MAX_BRANDS }))
      const byId = new Map(looked.map((brand) => [brand.brandId, brand]))
      const scope = { ...caller, brandIds: [...byId.keys()] }
      const own: CaseFilter = { open: true, ...(whose ? { assignees: whose } : {}) }
      const [figures, escalated, stuck, undelivered] = await Promise.all([
        cases.deskFigures(scope, sinceLately()),
        listed(caller, { ...own, phase: ['awaitingAccountManager'] }, 'dueAt'),
        listed(caller, { ...own, phase: ['needsAttention'] satisfies Phase[] }, 'openedAt'),
        cases.undelivered(scope),
      ])
      return {
        accountManagerId: manager?.accountManagerId ?? null,
        name: manager?.name ?? null,
        absence: manager && (await absenceOf(manager)),
        coversFor: presentCovered(covered),
        asOf: iso(now()),
        brands: looked.map((brand) => presentDeskBrand(brand, figures.get(brand.brandId))),
        ...{ escalated, stuck },
        unreachable: presentUnreachable(undelivered, byId),
      }
    },
  )

  app.get(
    '/desk/lead',
    {
      config: { scope: 'desk:lead' },
      schema: {
        operationId: 'getLeadDesk',
        summary: 'What needs a lead',
        description:
          'What each account manager has to do and has missed, cases that need attention by problem and marketplace, and takedowns that marketplaces have not answered; within the caller’s brands and marketplaces.',
        tags: ['Desks'],
        response: { 200: LeadDeskSchema },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const [staff, workloads, stuck, takedowns] = await Promise.all([
        accountManagers.list({ limit: MAX_PEOPLE }),
        cases.workloads(caller, sinceLately()),
        cases.stuckGroups(caller),
        cases.takedownQueues(caller),
      ])
      return {
        asOf: iso(now()),
        managers: presentWorkloads(staff, workloads),
        stuck: stuck.map(presentStuckGroup),
        takedowns: takedowns.map(presentQueue),
      }
    },
  )

  /** Whose desk is asked for, or the caller's own; `null`: everybody's. */
  async function managerOf(
    caller: ApiCaller,
    asked: string | undefined,
  ): Promise<AccountManager | null> {
    if (asked !== undefined) return found('account manager', accountManagers.find(asked))
    const ownId = await ownStaffId(people, caller)
    const own = ownId === null ? null : await accountManagers.find(ownId)
    return own?.role === 'accountManager' ? own : null
  }

  /** When somebody is away, unless that is over. */
  async function absenceOf({ absence }: AccountManager): Promise<Desk['absence']> {
    if (!absence || absence.until <= now()) return null
    const { from, until, coverId } = absence
    const cover = await accountManagers.find(coverId)
    return { from: iso(from), until: iso(until), coverId, coverName: cover?.name ?? coverId }
  }

  async function listed(scope: TenantScope, filter: CaseFilter, sort: 'dueAt' | 'openedAt') {
    const { items } = await cases.list(scope, filter, { limit: MAX_CASES, sort })
    return items.map(presentSummary)
  }

  function sinceLately() {
    return { now: new Date(now()), since: new Date(now() - ANSWERING_MS) }
  }
}
