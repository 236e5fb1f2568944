import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Client } from '@temporalio/client'
import type { Desk, LeadDesk } from '../../contract/desk.js'
import { HOUR_MS } from '../../domain/brand/calendar.js'
import { happening } from '../../domain/case/events.js'
import { dueHappenings, escalation } from '../../domain/case/waiting/due.js'
import { attentionWait } from '../../domain/case/waiting/window.js'
import { brandRecipient } from '../../domain/notice/recipients.js'
import { buildAccountManager, buildBrand } from '../builders/brand.js'
import {
  answerCase,
  askedAbout,
  buildCase,
  buildDecision,
  buildParties,
  buildPolicySnapshot,
  type BuiltCase,
  continueCase,
  MONDAY_MS,
} from '../builders/case.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../builders/database.js'
import { buildMembership } from '../builders/person.js'
import { buildSighting } from '../builders/sighting.js'
import { problemOf, startApi, type TestApi } from './test-api.js'

const NOW_MS = MONDAY_MS + 100 * HOUR_MS
const at = (hours: number) => MONDAY_MS + hours * HOUR_MS

let database: TestDatabase
let api: TestApi

function opened(brandId: string, accountManagerId = 'ana-souza'): BuiltCase {
  return buildCase({
    sighting: buildSighting({ brandId }),
    facts: {
      kind: 'ask',
      parties: buildParties({ accountManagerId }),
      policy: buildPolicySnapshot(),
      previousCaseId: null,
    },
  })
}
const reminded = (built: BuiltCase) =>
  continueCase(built, dueHappenings(built.state, built.state.wait?.reminders[0] ?? 0), at(30))
const escalated = (built: BuiltCase, hours: number) =>
  continueCase(built, [escalation(built.state, 'accountManager', 'silence', at(hours))], at(hours))
const bounced = (built: BuiltCase, contactId: string, hours: number) =>
  continueCase(
    built,
    [happening('noticeFailed', { contactId, kind: 'asked', detail: '550 no such mailbox' })],
    at(hours),
  )
function confirmed(built: BuiltCase): BuiltCase {
  return answerCase(built, { name: 'decide', message: buildDecision(askedAbout(built)) }, at(1))
}
function exhausted(built: BuiltCase): BuiltCase {
  const decided = confirmed(built)
  const attention = {
    reason: 'takedownExhausted' as const,
    detail: 'taobao did not answer',
    unblock: ['retryTakedown' as const, 'closeManually' as const],
  }
  const wait = attentionWait(decided.state, 'accountManager', at(2))
  const needed = happening('attentionNeeded', { attention, wait, takedown: 'unknown' })
  return continueCase(decided, [needed], at(2))
}

beforeAll(async () => {
  database = await openTestDatabase()
  const { store } = database
  const { brands, accountManagers } = store
  await accountManagers.create(buildAccountManager())
  await accountManagers.create(buildAccountManager({ accountManagerId: 'ben-okafor', name: 'Ben' }))
  await accountManagers.create(
    buildAccountManager({ accountManagerId: 'li-wei', name: 'Li Wei', role: 'lead', leadId: null }),
  )
  await brands.create(buildBrand())
  await brands.create(buildBrand({ brandId: 'contoso', accountManagerId: 'ben-okafor' }))
  const built = [
    reminded(opened('northwind')),
    bounced(opened('northwind'), brandRecipient('northwind', 'mei-lin'), 3),
    bounced(opened('northwind'), brandRecipient('northwind', 'who-left'), 4),
    escalated(opened('northwind'), 81),
    escalated(opened('northwind'), 80),
    confirmed(opened('northwind')),
    exhausted(opened('northwind')),
    escalated(opened('contoso', 'ben-okafor'), 80),
  ]
  for (const one of built) await saveBuiltCase(store, one)
  api = await startApi({ store, client: {} as Client }, { now: () => NOW_MS })
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const deskOf = async (query: string, call: object) =>
  (await api.call('GET', `/v1/desk${query}`, call)).json<Desk>()

describe('the desk of an account manager', () => {
  it('is their own for whoever is signed in as one', async () => {
    const { session } = await api.makePerson({
      accountManagerId: 'ana-souza',
      memberships: [buildMembership({ role: 'accountManager', brandIds: '*', marketplaces: '*' })],
    })
    const desk = await deskOf('', { session })

    expect(desk).toMatchObject({ accountManagerId: 'ana-souza', name: 'Ana Souza' })
    expect(desk.brands).toEqual([
      expect.objectContaining({ brandId: 'northwind', reminded: 1, silent: true }),
    ])
    expect(desk.brands[0]?.openByPhase).toMatchObject({
      awaitingBrand: 3,
      awaitingAccountManager: 2,
      takingDown: 1,
      needsAttention: 1,
    })
  })

  it('has what waits for them, next deadline first, and what is stuck', async () => {
    const { escalated, stuck } = await deskOf('?accountManagerId=ana-souza', { key: 'operator' })
    const due = escalated.map(({ dueAt }) => Date.parse(dueAt ?? ''))
    expect(due).toHaveLength(2)
    expect(due).toEqual(due.toSorted((a, b) => a - b))
    expect(stuck.map(({ phase }) => phase)).toEqual(['needsAttention'])
  })

  it('names contacts whom mails do not reach, unless they are gone', async () => {
    const { unreachable } = await deskOf('?accountManagerId=ana-souza', { key: 'operator' })
    expect(unreachable).toEqual([
      {
        ...{ brandId: 'northwind', contactId: 'mei-lin', name: 'Mei Lin', cases: 1 },
        ...{ detail: '550 no such mailbox', at: new Date(at(3)).toISOString() },
      },
    ])
  })

  it('ends where the brands of the caller end', async () => {
    const desk = await deskOf('?accountManagerId=ben-okafor', { key: 'accountManager' })
    expect(desk).toMatchObject({ brands: [], escalated: [], stuck: [], unreachable: [] })
    const all = await deskOf('', { key: 'operator' })
    expect(all.brands.map(({ brandId }) => brandId)).toEqual(['contoso', 'northwind'])
    expect(all.escalated).toHaveLength(3)
  })

  it('is nobody’s who is no account manager', async () => {
    const answer = await api.call('GET', '/v1/desk?accountManagerId=nobody', { key: 'operator' })
    expect([answer.statusCode, problemOf(answer).code]).toEqual([404, 'not-found'])
  })
})

describe('the desk of a lead', () => {
  it('says who has how much to do, what is stuck and who does not answer', async () => {
    const desk = (await api.call('GET', '/v1/desk/lead', { key: 'operator' })).json<LeadDesk>()

    const work = new Map(desk.managers.map((one) => [one.accountManagerId, one]))
    expect(work.get('ana-souza')?.openByPhase).toMatchObject({ awaitingAccountManager: 2 })
    expect(work.get('ben-okafor')?.openByPhase).toEqual({ awaitingAccountManager: 1 })
    expect(work.get('li-wei')).toMatchObject({ role: 'lead', openByPhase: {} })
    expect(desk.stuck).toEqual([
      expect.objectContaining({
        ...{ reason: 'takedownExhausted', marketplace: 'taobao', count: 1 },
        cases: [expect.objectContaining({ unblock: ['retryTakedown', 'closeManually'] })],
      }),
    ])
    expect(desk.takedowns).toEqual([
      { marketplace: 'taobao', waiting: 1, oldest: new Date(at(1)).toISOString() },
    ])
  })

  it('is for leads, and within their brands', async () => {
    expect((await api.call('GET', '/v1/desk/lead', { key: 'accountManager' })).statusCode).toBe(403)
    const desk = (await api.call('GET', '/v1/desk/lead', { key: 'lead' })).json<LeadDesk>()
    const ben = desk.managers.find(({ accountManagerId }) => accountManagerId === 'ben-okafor')
    expect(ben?.openByPhase).toEqual({})
  })
})
