import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { happening } from '../../../domain/case/events.js'
import type { ListingSnapshot, Sighting } from '../../../domain/listing/listing.js'
import { dueHappenings, escalation } from '../../../domain/case/waiting/due.js'
import {
  type CaseFilter,
  type CasePosition,
  EVERYTHING,
  type Store,
  type TenantScope,
} from '../../../store/store.js'
import { CASE_SORTS, type CaseSort } from '../../../domain/case/sorts.js'
import {
  answerCase,
  askedAbout,
  buildCaller,
  buildCase,
  buildDecision,
  buildParties,
  buildPolicySnapshot,
  type BuiltCase,
  continueCase,
  MONDAY_MS,
} from '../../builders/case.js'
import { openCommand, saveCommand } from '../../builders/case-commands.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../../builders/database.js'
import { buildSighting } from '../../builders/sighting.js'

const at = (hours: number) => MONDAY_MS + hours * 3_600_000

function opened(
  hours: number,
  listing: Partial<ListingSnapshot> = {},
  sighting: Partial<Omit<Sighting, 'listing'>> = {},
): BuiltCase {
  return buildCase({ at: at(hours), sighting: buildSighting({ ...sighting, listing }) })
}

function decided(built: BuiltCase, verdict: 'counterfeit' | 'genuine', hours: number): BuiltCase {
  const message = buildDecision({ ...askedAbout(built), verdict, caller: buildCaller() })
  return answerCase(built, { name: 'decide', message }, at(hours))
}

function removed(built: BuiltCase, hours: number): BuiltCase {
  const takedown = { result: 'removed' as const, takedownId: 'td-1', removedAt: at(hours) }
  return continueCase(
    built,
    [happening('closed', { ending: { outcome: 'takenDown' }, takedown })],
    at(hours),
  )
}

function escalated(built: BuiltCase, hours: number): BuiltCase {
  const to = built.state.phase === 'awaitingBrand' ? 'accountManager' : 'lead'
  return continueCase(built, [escalation(built.state, to, 'silence', at(hours))], at(hours))
}

const rule = { ruleId: 'recalled-rule', weight: 50, observed: 'colour' }
const cases = {
  waiting: opened(
    0,
    { title: 'Ｐremium (Leather) bag 真皮', seller: { id: 'seller-a' } },
    { suspectedSeverity: 'S1', signals: [rule] },
  ),
  withLead: escalated(escalated(opened(1), 80), 90),
  removed: removed(decided(opened(2, { listingId: 'seen-before' }), 'counterfeit', 4), 5),
  released: decided(opened(2), 'genuine', 6),
  foreign: opened(3, { seller: { id: 'seller-a' } }, { brandId: 'contoso' }),
  elsewhere: opened(3, { marketplace: 'tmall', seller: { id: 'seller-a' } }, { signals: [rule] }),
}
const northwindOnTaobao: TenantScope = { brandIds: ['northwind'], marketplaces: ['taobao'] }

let database: TestDatabase
let store: Store
beforeAll(async () => {
  database = await openTestDatabase()
  store = database.store
  for (const [name, built] of Object.entries(cases)) {
    await saveBuiltCase(store, built, `external-${name}`)
  }
})
afterAll(() => database.drop())

function names(caseIds: readonly string[]): string[] {
  const nameOf = Object.fromEntries(Object.entries(cases).map(([name, c]) => [c.caseId, name]))
  return caseIds.map((caseId) => nameOf[caseId] ?? caseId)
}

async function listed(filter: CaseFilter, scope: TenantScope = EVERYTHING): Promise<string[]> {
  const { items } = await store.cases.list(scope, filter, { limit: 50 })
  return names(items.map((row) => row.caseId)).sort()
}

describe('list', () => {
  it('shows the newest first, page by page, without gaps or repeats', async () => {
    const seen: string[] = []
    const instants: number[] = []
    let after: CasePosition | undefined
    let pages = 0
    do {
      const page = await store.cases.list(EVERYTHING, {}, { limit: 4, ...(after && { after }) })
      seen.push(...names(page.items.map((row) => row.caseId)))
      instants.push(...page.items.map((row) => row.openedAt.getTime()))
      after = page.next ?? undefined
      pages += 1
    } while (after)

    expect(pages).toBe(2)
    expect([...seen].sort()).toEqual(Object.keys(cases).sort())
    expect(instants).toEqual([...instants].sort((a, b) => b - a))
  })

  const valueOf: Record<CaseSort, (built: BuiltCase) => number | string | undefined> = {
    '-openedAt': ({ state }) => -state.openedAt,
    openedAt: ({ state }) => state.openedAt,
    dueAt: ({ state }) => (state.ending ? undefined : state.wait?.dueAt),
    severity: ({ state }) => (state.ending ? undefined : state.severity),
    '-closedAt': ({ state }) => (state.ending ? -state.ending.at : undefined),
  }
  it.each(CASE_SORTS)('shows each case with a place in the order %s once, in it', async (sort) => {
    const seen: string[] = []
    let after: CasePosition | undefined
    do {
      const page = await store.cases.list(
        EVERYTHING,
        {},
        { limit: 2, sort, ...(after && { after }) },
      )
      seen.push(...page.items.map((row) => row.caseId))
      after = page.next ?? undefined
    } while (after)

    const all = Object.values(cases)
    const placed = all.filter((built) => valueOf[sort](built) !== undefined)
    expect([...seen].sort()).toEqual(placed.map(({ caseId }) => caseId).sort())
    const byId = new Map(all.map((built) => [built.caseId, built]))
    const values = seen.map((caseId) => valueOf[sort](byId.get(caseId) as BuiltCase))
    expect(values).toEqual([...values].sort((a, b) => ((a ?? 0) < (b ?? 0) ? -1 : 1)))
  })

  it('has no next page when the last one is just full', async () => {
    const page = await store.cases.list(EVERYTHING, {}, { limit: Object.keys(cases).length })

    expect(page.items).toHaveLength(Object.keys(cases).length)
    expect(page.next).toBeNull()
  })

  const everything = Object.keys(cases).sort()
  const filters: [string, CaseFilter, string[]][] = [
    ['no filter', {}, everything],
    ['brand', { brandId: 'contoso' }, ['foreign']],
    ['marketplace', { marketplace: 'tmall' }, ['elsewhere']],
    ['phase', { phase: ['awaitingLead'] }, ['withLead']],
    ['several phases', { phase: ['awaitingLead', 'closed'] }, ['released', 'removed', 'withLead']],
    ['outcome', { outcome: 'takenDown' }, ['removed']],
    ['severity', { severity: 'S1' }, ['waiting']],
    ['rule', { ruleId: 'recalled-rule' }, ['elsewhere', 'waiting']],
    ['seller', { sellerId: 'seller-a' }, ['elsewhere', 'foreign', 'waiting']],
    ['external id', { externalId: 'external-released' }, ['released']],
    ['open', { open: false }, ['released', 'removed']],
    ['account manager', { assignee: 'ana-souza' }, everything],
    ['lead, only when it is their turn', { assignee: 'li-wei' }, ['withLead']],
    [
      'opened in a period',
      { openedAfter: new Date(at(1)), openedBefore: new Date(at(3)) },
      ['released', 'removed', 'withLead'],
    ],
    [
      'closed in a period',
      { closedAfter: new Date(at(6)), closedBefore: new Date(at(7)) },
      ['released'],
    ],
    ['closed before', { closedBefore: new Date(at(6)) }, ['removed']],
    ['deadline', { dueBefore: new Date(at(30)) }, ['waiting']],
    ['last change, all saved in the minute before it', { updatedAfter: new Date() }, everything],
    ['last change', { updatedAfter: new Date(Date.now() + 3_600_000) }, []],
    ['several at once', { brandId: 'northwind', open: true, severity: 'S1' }, ['waiting']],
    ['text in any case and width', { text: 'premium LEATHER' }, ['waiting']],
    ['text with the characters of a pattern', { text: '(leather)' }, ['waiting']],
    ['a pattern taken literally', { text: 'prem.*bag' }, []],
    ['text without its accents', { text: 'PREMIÚM leather' }, ['waiting']],
    ['text in Chinese', { text: '真皮' }, ['waiting']],
    ['a listing id', { text: 'seen-before' }, ['removed']],
    ['text of which one word is missing', { text: 'premium wallet' }, []],
  ]
  it.each(filters)('filters by %s', async (_what, filter, expected) => {
    expect(await listed(filter)).toEqual(expected)
  })

  it('takes an operator smuggled into a filter for a plain value', async () => {
    const smuggled = { brandId: { $ne: 'contoso' } } as unknown as CaseFilter

    await expect(listed(smuggled)).rejects.toThrow(/Cast to string failed/)
  })
})

describe('tenant scope', () => {
  const ownCases = ['released', 'removed', 'waiting', 'withLead']
  const { foreign, elsewhere, waiting } = cases

  it('limits lists, whatever the filter says', async () => {
    expect(await listed({}, northwindOnTaobao)).toEqual(ownCases)
    expect(await listed({ brandId: 'contoso' }, northwindOnTaobao)).toEqual([])
    expect(await listed({ marketplace: 'tmall' }, northwindOnTaobao)).toEqual([])
    expect(await listed({}, { brandIds: [], marketplaces: '*' })).toEqual([])
  })

  it.each([
    ['brand', foreign.caseId],
    ['marketplace', elsewhere.caseId],
  ])('hides a case of another %s', async (_what, caseId) => {
    expect(await store.cases.get(northwindOnTaobao, caseId)).toBeNull()
    expect(await store.cases.events(northwindOnTaobao, caseId)).toEqual([])
    const many = await store.cases.getMany(northwindOnTaobao, [caseId, waiting.caseId])
    expect(names(many.map((row) => row.caseId))).toEqual(['waiting'])
  })

  it('shows own cases whole', async () => {
    const row = await store.cases.get(northwindOnTaobao, waiting.caseId)

    expect(row?.state).toEqual(waiting.state)
    expect(await store.cases.events(northwindOnTaobao, waiting.caseId)).toHaveLength(2)
  })

  it('limits figures about sellers and reports', async () => {
    const seller = { marketplace: 'tmall', sellerId: 'seller-a', brandId: 'northwind' }
    const since = new Date(MONDAY_MS)

    expect(await store.cases.sellerStats(EVERYTHING, seller, since)).toEqual({
      open: 1,
      removed: 0,
    })
    expect(await store.cases.sellerStats(northwindOnTaobao, seller, since)).toEqual({
      open: 0,
      removed: 0,
    })
    const stats = await store.cases.stats(northwindOnTaobao, asOf(new Date(at(100))))
    expect(stats.openByPhase).toEqual({ awaitingBrand: 1, awaitingLead: 1 })
  })

  it('finds open cases in the order of their opening, within a scope, page by page', async () => {
    const filter = { ruleId: 'recalled-rule' }
    const all = await store.cases.openInOrder(EVERYTHING, filter, null, 10)
    expect(names(all.map((row) => row.caseId)).sort()).toEqual(['elsewhere', 'waiting'])
    expect(all.map(({ openedAt }) => openedAt)).toEqual(
      all.map(({ openedAt }) => openedAt).toSorted((a, b) => a - b),
    )
    expect(await store.cases.countOpen(EVERYTHING, filter)).toBe(2)

    const [first = null] = await store.cases.openInOrder(EVERYTHING, filter, null, 1)
    const rest = await store.cases.openInOrder(EVERYTHING, filter, first, 10)
    expect([first, ...rest]).toEqual(all)

    const onTaobao = { brandIds: '*', marketplaces: ['taobao'] } as const
    const there = await store.cases.openInOrder(onTaobao, filter, null, 10)
    expect(names(there.map((row) => row.caseId))).toEqual(['waiting'])
    expect(await store.cases.countOpen(onTaobao, filter)).toBe(1)
  })
})

describe('the latest closed case', () => {
  const key = { brandId: 'northwind', marketplace: 'taobao', listingId: 'seen-before' }

  it('is not hidden by a later case that was refused or is open', async () => {
    const refusal = { kind: 'refused' as const, detail: 'x', previousCaseId: null }
    const refused = buildCase({
      at: at(200),
      sighting: buildSighting({ listing: { listingId: 'seen-before' } }),
      facts: { ...refusal, reason: 'answeredBefore' },
    })
    await database.store.cases.open({
      workflowId: refused.workflowId,
      externalId: null,
      events: refused.events,
      state: refused.state,
    })

    const latest = await store.cases.latestClosed(key)

    expect(names([latest[0]?.caseId ?? ''])).toEqual(['removed'])
    await database.raw.collection('cases').deleteOne({ rev: 2, outcome: 'refused' })
    await database.raw.collection('caseEvents').deleteMany({ caseId: refused.caseId })
  })

  it('is of that brand, marketplace and listing', async () => {
    expect(await store.cases.latestClosed({ ...key, brandId: 'contoso' })).toEqual([])
    expect(await store.cases.latestClosed({ ...key, marketplace: 'tmall' })).toEqual([])
    expect(await store.cases.latestClosed({ ...key, listingId: 'other' })).toEqual([])
  })
})

/** The report of 90 days up to `now`. */
function asOf(now: Date) {
  return { now, from: new Date(now.getTime() - 90 * 86_400_000), to: now }
}

describe('stats', () => {
  it('tell brands and account managers apart, over any period', async () => {
    const whole = asOf(new Date(at(100)))
    const { groups: brands } = await store.cases.stats(EVERYTHING, { ...whole, groupBy: 'brand' })
    expect(brands?.map(({ id, opened }) => [id, opened])).toEqual([
      ['northwind', 5],
      ['contoso', 1],
    ])
    const managers = await store.cases.stats(EVERYTHING, { ...whole, groupBy: 'accountManager' })
    expect(managers.groups?.map(({ id, removed }) => [id, removed])).toEqual([
      ['ana-souza', 1],
      [null, 0],
    ])
    expect(managers.decisionToRemovalMs).toMatchObject({ n: 1, p50: at(3) - at(2) })

    const before = { ...whole, from: new Date(at(-50)), to: new Date(at(0)) }
    const none = await store.cases.stats(EVERYTHING, before)
    expect([none.opened, none.decided, none.removed, none.timeToDecisionMs.n]).toEqual([0, 0, 0, 0])
    expect(none.openByPhase).toEqual({ awaitingBrand: 3, awaitingLead: 1 })
  })

  it('count a case that everybody missed as overdue, with whose deadlines they were', async () => {
    const own = await openTestDatabase()
    const policy = buildPolicySnapshot()
    const facts = { kind: 'ask' as const, parties: buildParties(), policy, previousCaseId: null }
    const sighting = buildSighting({ suspectedSeverity: 'S1' })
    let built = buildCase({ sighting, facts, at: at(0) })
    await own.store.cases.open(openCommand(built))
    for (let now = at(0); now < at(240); now += 3_600_000) {
      built = continueCase(built, dueHappenings(built.state, now), now)
    }
    await own.store.cases.save(saveCommand(built, 3))
    const report = asOf(new Date(at(240)))
    expect(await own.store.cases.stats(EVERYTHING, report)).toMatchObject({
      openByPhase: { needsAttention: 1 },
      overdue: 1,
      waitingForWorker: 0,
      missed: { brand: 1, accountManager: 1, lead: 1 },
    })
    const row = await own.store.cases.get(EVERYTHING, built.caseId)
    expect(row?.dueAt).toEqual(new Date(at(36)))
    const { groups } = await own.store.cases.stats(EVERYTHING, {
      ...report,
      groupBy: 'accountManager',
    })
    const missedBy = (id: string) => groups?.find((group) => group.id === id)?.missed
    expect(missedBy('ana-souza')).toMatchObject({ accountManager: 1, lead: 0 })
    expect(missedBy('li-wei')).toMatchObject({ accountManager: 0, lead: 1 })
    await own.drop()
  })

  it('counts open cases by phase and age, and what was decided today', async () => {
    const stats = await store.cases.stats(EVERYTHING, asOf(new Date(at(96.5))))

    expect(stats).toMatchObject({
      openByPhase: { awaitingBrand: 3, awaitingLead: 1 },
      openByAge: { underOneDay: 0, oneToThreeDays: 0, threeToSevenDays: 4, older: 0 },
      decidedToday: 0,
    })
    expect(stats.timeToDecisionMs).toMatchObject({ n: 2, p50: at(2) - at(0), p99: at(4) - at(0) })
    expect(stats.timeToTakedownMs).toMatchObject({ n: 1, p50: at(3) - at(0) })
  })

  it('counts a deadline as overdue once it has passed', async () => {
    const dueAt = cases.waiting.state.wait?.dueAt ?? 0

    expect((await store.cases.stats(EVERYTHING, asOf(new Date(dueAt)))).overdue).toBe(0)
    expect((await store.cases.stats(EVERYTHING, asOf(new Date(dueAt + 1)))).overdue).toBe(1)
  })

  it('ends the day at midnight of UTC, and the span after 90 days', async () => {
    const endOfDay = new Date('2026-03-02T23:59:59.999Z')
    const nextDay = new Date('2026-03-03T00:00:00.000Z')
    const longAfter = new Date(at(6) + 90 * 86_400_000 + 1)

    expect((await store.cases.stats(EVERYTHING, asOf(endOfDay))).decidedToday).toBe(2)
    expect((await store.cases.stats(EVERYTHING, asOf(nextDay))).decidedToday).toBe(0)
    expect((await store.cases.stats(EVERYTHING, asOf(longAfter))).timeToDecisionMs).toEqual({
      n: 0,
      p50: null,
      p90: null,
      p95: null,
      p99: null,
    })
  })
})

describe('ids', () => {
  it('lists the ids of open cases and of all cases, ascending, page by page', async () => {
    const all = Object.values(cases).map((built) => built.caseId)
    const open = all.filter((id) => ![cases.removed.caseId, cases.released.caseId].includes(id))

    const first = await store.cases.ids(null, 4)
    const rest = await store.cases.ids(first.at(-1) ?? null, 4)

    expect([...first, ...rest]).toEqual([...all].sort())
    expect(await store.cases.openIds(null, 10)).toEqual([...open].sort())
  })
})
