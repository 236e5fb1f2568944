import { DEFAULT_CALENDAR } from '../../domain/brand/calendar.js'
import type { AccountManager } from '../../store/store.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, found } from '../errors.js'
import { etagOf, revisionOf } from '../http/etag.js'
import { checkCalendar } from '../checks/calendar.js'
import { IdPageQuery, IfMatchHeaders, PageOf } from '../../contract/common.js'
import { readPage } from '../http/page.js'
import {
  AccountManagerChangesSchema,
  AccountManagerSchema,
  ChangedAccountManagerSchema,
  ManagerParams,
  NewAccountManagerSchema,
} from '../../contract/people.js'
import { presentManager } from '../present/account-manager.js'
import { type App, callerOf } from './route.js'

/** The marketplace's people who look after brands. */
export function accountManagerRoutes(app: App, { store, sweeps, people }: RouteDeps): void {
  const { accountManagers } = store

  app.get(
    '/account-managers',
    {
      config: { scope: 'managers:read' },
      schema: {
        operationId: 'listAccountManagers',
        summary: 'List account managers and leads',
        tags: ['People'],
        querystring: IdPageQuery,
        response: { 200: PageOf(AccountManagerSchema) },
      },
    },
    async (request) => {
      return readPage(
        request.query,
        (page) => accountManagers.list(page),
        ({ accountManagerId }) => accountManagerId,
        presentManager,
      )
    },
  )

  app.post(
    '/account-managers',
    {
      config: { scope: 'managers:write', problems: ['already-exists', 'invalid-value'] },
      schema: {
        operationId: 'createAccountManager',
        summary: 'Add an account manager or lead',
        tags: ['People'],
        body: NewAccountManagerSchema,
        response: { 201: AccountManagerSchema },
      },
    },
    async (request, reply) => {
      const { calendar = DEFAULT_CALENDAR, leadId = null, active = true, ...given } = request.body
      checkCalendar(calendar)
      await checkLead(leadId)
      await checkSubstitute(given)
      const manager = await accountManagers.create({ ...given, calendar, leadId, active })
      return reply
        .code(201)
        .header('location', `/v1/account-managers/${manager.accountManagerId}`)
        .header('etag', etagOf(manager.rev))
        .send(presentManager(manager))
    },
  )

  app.get(
    '/account-managers/:accountManagerId',
    {
      config: { scope: 'managers:read', problems: ['not-found'] },
      schema: {
        operationId: 'getAccountManager',
        summary: 'Read an account manager or lead',
        tags: ['People'],
        params: ManagerParams,
        response: { 200: AccountManagerSchema },
      },
    },
    async (request, reply) => {
      const manager = await found(
        'account manager',
        accountManagers.find(request.params.accountManagerId),
      )
      return reply.header('etag', etagOf(manager.rev)).send(presentManager(manager))
    },
  )

  app.patch(
    '/account-managers/:accountManagerId',
    {
      config: {
        scope: 'managers:write',
        problems: [
          'not-found',
          'invalid-value',
          'if-match-required',
          'stale-revision',
          'still-needed',
        ],
      },
      schema: {
        operationId: 'changeAccountManager',
        summary: 'Change an account manager or lead',
        description:
          'Whoever brands, account managers or open cases depend on can only leave or change role with `reassignTo`; `still-needed` names what does.',
        tags: ['People'],
        params: ManagerParams,
        headers: IfMatchHeaders,
        body: AccountManagerChangesSchema,
        response: { 200: ChangedAccountManagerSchema },
      },
    },
    async (request, reply) => {
      const { accountManagerId } = request.params
      const { reassignTo, ...changes } = request.body
      const before = await found('account manager', accountManagers.find(accountManagerId))
      const rev = revisionOf(request.headers['if-match'])
      if (changes.calendar) checkCalendar(changes.calendar)
      if (changes.leadId) await checkLead(changes.leadId)
      await checkSubstitute({ ...before, ...changes })
      const leaves = changes.active === false || (changes.role ?? before.role) !== before.role
      const successorId = leaves ? await successorOf(before, reassignTo) : undefined
      let sweepId: string | undefined
      if (successorId && before.rev === rev) {
        // Durable before anybody has left; it begins when they have.
        sweepId = await sweeps.start(callerOf(request), {
          kind: 'handOver',
          from: accountManagerId,
          to: successorId,
          reason: `${accountManagerId} no longer looks after it`,
          leaving: { role: before.role, rev },
        })
      }
      const manager = await found(
        'account manager',
        accountManagers.update(accountManagerId, rev, changes, successorId),
      )
      people.managers.forget(accountManagerId)
      return reply
        .header('etag', etagOf(manager.rev))
        .send({ ...presentManager(manager), ...(sweepId ? { sweepId } : {}) })
    },
  )

  /** Who takes over from somebody; `undefined` when nothing depends on them and nobody is named. */
  async function successorOf(
    { accountManagerId, role }: AccountManager,
    reassignTo: string | undefined,
  ): Promise<string | undefined> {
    if (reassignTo === undefined) {
      const depends = await accountManagers.responsibilities(accountManagerId)
      const { brandIds, accountManagerIds, openCases } = depends
      if (brandIds.length + accountManagerIds.length + openCases === 0) return undefined
      throw new ApiProblem(
        'still-needed',
        `Brands: ${brandIds.length}, account managers: ${accountManagerIds.length}, open cases: ${openCases}. Name who takes over as "reassignTo".`,
        { extensions: { ...depends } },
      )
    }
    const successor = await accountManagers.find(reassignTo)
    const canTakeOver = successor?.active && successor.role === role
    if (canTakeOver && reassignTo !== accountManagerId) return reassignTo
    throw new ApiProblem('invalid-value', `"${reassignTo}" is no other active ${role}.`)
  }

  async function checkSubstitute({
    accountManagerId,
    role,
    substituteId,
  }: Pick<AccountManager, 'accountManagerId' | 'role' | 'substituteId'>): Promise<void> {
    if (!substituteId) return
    const substitute = await accountManagers.find(substituteId)
    const canCover = substitute?.active && substitute.role === role
    if (canCover && substituteId !== accountManagerId) return
    throw new ApiProblem('invalid-value', `"${substituteId}" is no other active ${role}.`)
  }

  async function checkLead(leadId: string | null): Promise<void> {
    if (leadId === null) return
    const lead = await accountManagers.find(leadId)
    if (lead?.active && lead.role === 'lead') return
    throw new ApiProblem('invalid-value', `"${leadId}" is no active lead; add the lead first.`)
  }
}
