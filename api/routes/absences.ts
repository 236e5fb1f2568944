import { absenceProblem } from '../../domain/staff/covering.js'
import { BrandParams } from '../../contract/common.js'
import {
  AccountManagerSchema,
  BrandManagerSchema,
  ManagerParams,
  NewAbsenceSchema,
} from '../../contract/people.js'
import type { AccountManager } from '../../store/store.js'
import type { ApiCaller } from '../callers/caller.js'
import { ownStaffId } from '../callers/own-staff.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, found } from '../errors.js'
import { instant } from '../http/instant.js'
import { presentBrandManager, presentManager } from '../present/account-manager.js'
import { type App, callerOf } from './route.js'

/** When account managers and leads are away, and who looks after a brand meanwhile. */
export function absenceRoutes(app: App, { store, people, now }: RouteDeps): void {
  const { accountManagers, brands } = store

  app.put(
    '/account-managers/:accountManagerId/absence',
    {
      config: {
        scope: 'managers:cover',
        problems: ['not-found', 'invalid-value', 'not-allowed-for-role', 'stale-revision'],
      },
      schema: {
        operationId: 'setAbsence',
        summary: 'Say when somebody is away, and who covers',
        description:
          'In the place of what was known. While it lasts, whoever covers gets their mails and finds ' +
          'their brands and cases on the desk; nothing changes hands, and nothing has to be given ' +
          'back. One’s own for account managers; anybody’s for leads and operators.',
        tags: ['People'],
        params: ManagerParams,
        body: NewAbsenceSchema,
        response: { 200: AccountManagerSchema },
      },
    },
    async (request, reply) => {
      const manager = await theirs(callerOf(request), request.params.accountManagerId)
      const { coverId = manager.substituteId } = request.body
      if (!coverId) {
        throw new ApiProblem(
          'invalid-value',
          'Name who covers ("coverId"): there is no substitute.',
        )
      }
      const from = instant(request.body.from, 'from').getTime()
      const until = instant(request.body.until, 'until').getTime()
      const cover = await accountManagers.find(coverId)
      const problem = absenceProblem(manager, { from, until }, cover, now())
      if (problem !== null) throw new ApiProblem('invalid-value', `It cannot be: ${problem}.`)
      return reply.send(await change(manager, { from, until, coverId }))
    },
  )

  app.delete(
    '/account-managers/:accountManagerId/absence',
    {
      config: {
        scope: 'managers:cover',
        problems: ['not-found', 'not-allowed-for-role', 'stale-revision'],
      },
      schema: {
        operationId: 'endAbsence',
        summary: 'Say that somebody is back, or is not away after all',
        tags: ['People'],
        params: ManagerParams,
        response: { 200: AccountManagerSchema },
      },
    },
    async (request, reply) => {
      const manager = await theirs(callerOf(request), request.params.accountManagerId)
      return reply.send(await change(manager, null))
    },
  )

  app.get(
    '/brands/:brandId/account-manager',
    {
      config: { scope: 'brands:read', problems: ['not-found'] },
      schema: {
        operationId: 'getBrandManager',
        summary: 'Who looks after a brand now: its account manager, or who covers',
        tags: ['Brands'],
        params: BrandParams,
        response: { 200: BrandManagerSchema },
      },
    },
    async (request) => {
      const brand = await found('brand', brands.find(callerOf(request), request.params.brandId))
      const { accountManagerId } = brand
      if (accountManagerId === null) return presentBrandManager(null, null)
      const [own, present] = await Promise.all([
        accountManagers.find(accountManagerId),
        accountManagers.inCharge(accountManagerId, now()),
      ])
      return presentBrandManager(own, present)
    },
  )

  /** Somebody whose absence the caller may change. */
  async function theirs(caller: ApiCaller, accountManagerId: string): Promise<AccountManager> {
    const manager = await found('account manager', accountManagers.find(accountManagerId))
    if (caller.role !== 'accountManager') return manager
    if ((await ownStaffId(people, caller)) === accountManagerId) return manager
    throw new ApiProblem(
      'not-allowed-for-role',
      'An account manager says when they themselves are away; ask a lead for others.',
    )
  }

  async function change(
    { accountManagerId, rev }: AccountManager,
    absence: AccountManager['absence'],
  ) {
    const changed = await found(
      'account manager',
      accountManagers.update(accountManagerId, rev, { absence: absence ?? null }),
    )
    people.managers.forget(accountManagerId)
    return presentManager(changed)
  }
}
