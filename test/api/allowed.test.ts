import { describe, expect, it } from '@jest/globals'
import { allowedFor } from '../../api/cases/allowed.js'
import type { ApiCaller } from '../../api/callers/caller.js'
import { mayUse, scopeOf } from '../../api/callers/scopes.js'
import type { BrandStanding } from '../../api/callers/brand-standing.js'
import { allowedMessages } from '../../domain/case/refusing.js'
import { isBrandRole, ROLES, type Role } from '../../domain/vocabulary.js'
import { as, askedCase, confirmation } from '../domain/case/case-driver.js'

const standing = (active: boolean): BrandStanding => ({
  mayAct: (role) => Promise.resolve(active || !isBrandRole(role)),
  checkActing: () => Promise.resolve(),
  remember: () => Promise.resolve(),
})
const callerOf = (role: Role): ApiCaller => {
  const { brandIds, marketplaces } = as(role)
  return {
    id: role,
    via: 'api',
    name: role,
    role,
    brandIds,
    marketplaces,
    severityCap: 'S1',
    expiresAt: null,
  }
}

/** A case in each phase in which something can be asked of it. */
function cases() {
  const asked = askedCase()
  const stuck = askedCase()
  stuck.send('decide', confirmation())
  stuck.marketplaceSays({ kind: 'refused', code: 'counterNotice', message: 'a counter-notice' })
  const cooling = askedCase()
  cooling.send('decide', confirmation({ bulk: true }))
  const late = askedCase()
  late.runToDeadline(3)
  return [asked, stuck, cooling, late]
}

describe('what a key can ask of a case', () => {
  it.each(ROLES)('is for %s what the routes let them ask', async (role) => {
    for (const { state, now } of cases()) {
      const deps = { standing: standing(true), now: () => now }
      const allowed = await allowedFor(callerOf(role), { state, reopenedBy: null }, deps)
      for (const name of allowed) expect(mayUse(role, scopeOf(name))).toBe(true)
      expect(allowed).toEqual(allowedMessages(state, as(role), now))
    }
  })

  it('is nothing for the keys of a brand that takes no part', async () => {
    const { state, now } = askedCase()
    const deps = { standing: standing(false), now: () => now }
    for (const role of ROLES) {
      const allowed = await allowedFor(callerOf(role), { state, reopenedBy: null }, deps)
      expect([role, allowed.length === 0]).toEqual([role, isBrandRole(role)])
    }
  })

  it('is what a brand member may do, not what somebody may', async () => {
    const { state, now } = askedCase()
    const row = { state, reopenedBy: null }
    const deps = { standing: standing(true), now: () => now }
    expect(await allowedFor(callerOf('brandMember'), row, deps)).toEqual([
      'decide',
      'extendDeadline',
      'addNote',
    ])
    expect(await allowedFor(callerOf('monitor'), row, deps)).toEqual(['withdraw'])
  })

  it('is to take a closed case up again, once, for whoever may', async () => {
    const closed = askedCase()
    closed.send('decide', confirmation())
    closed.marketplaceSays({ kind: 'removed', takedownId: 't-1', removedAt: closed.now })
    const { state, now } = closed
    const deps = { standing: standing(true), now: () => now }
    for (const role of ROLES) {
      const mayOnce = mayUse(role, 'cases:reopen') ? ['reopen'] : []
      const row = { state, reopenedBy: null }
      expect([role, await allowedFor(callerOf(role), row, deps)]).toEqual([role, mayOnce])
      const again = { ...row, reopenedBy: 'case~taobao~item-1~northwind~k3v9x0q2m8' }
      expect(await allowedFor(callerOf(role), again, deps)).toEqual([])
    }
  })
})
