import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { OUTCOMES, PHASES } from '../../domain/vocabulary.js'
import { indexDifferences, migrate, NewerSchema, SCHEMA_VERSION } from '../../store/migrate.js'
import { EVERYTHING, type Store, type TenantScope } from '../../store/store.js'
import { buildAuthorisedSeller } from '../builders/brand.js'
import { buildCase, MONDAY_MS } from '../builders/case.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../builders/database.js'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.drop())

describe('migrate', () => {
  it('leaves nothing to create or drop, and changes nothing when run again', async () => {
    expect(await indexDifferences(database.options)).toEqual([])
    const again = await migrate(database.options)

    expect(again).toEqual({ from: SCHEMA_VERSION, to: SCHEMA_VERSION })
    expect(await indexDifferences(database.options)).toEqual([])
  })

  it('makes up for a lost index and reports one it does not know', async () => {
    const cases = database.raw.collection('cases')
    await cases.dropIndex('externalIds_1')
    await cases.createIndex({ title: 1 })

    const [difference, ...others] = await indexDifferences(database.options)
    expect(others).toEqual([])
    expect(difference).toMatchObject({ collection: 'cases', unwanted: ['title_1'] })
    expect(difference?.missing).toHaveLength(1)

    await migrate(database.options)
    expect(await indexDifferences(database.options)).toEqual([
      { collection: 'cases', missing: [], unwanted: ['title_1'] },
    ])
    await cases.dropIndex('title_1')
  })

  it('refuses a database that a later release migrated', async () => {
    const versions = database.raw.collection<{ _id: string }>('schemaVersion')
    await versions.updateOne({ _id: 'current' }, { $set: { version: SCHEMA_VERSION + 1 } })

    await expect(migrate(database.options)).rejects.toThrow(NewerSchema)

    await versions.updateOne({ _id: 'current' }, { $set: { version: SCHEMA_VERSION } })
  })
})

describe('indexes', () => {
  const page = { limit: 10 }
  const brand: TenantScope = { brandIds: ['brand-1'], marketplaces: '*' }
  const seller = { brandId: 'brand-1', marketplace: 'taobao', sellerId: 'shop-1' }
  const caseId = () => Promise.resolve('case~taobao~1~brand-1~aaaaaaaa')

  const ofManager = (cases: Store['cases']) =>
    cases.openInOrder(
      EVERYTHING,
      { holder: { id: 'manager-1', roles: ['accountManager', 'lead'] } },
      { openedAt: 1, caseId: 'case~taobao~1~brand-1~aaaaaaaa' },
      10,
    )

  // Rows as they lie in the database, as different from one another as in practice.
  beforeAll(async () => {
    await saveBuiltCase(database.store, buildCase())
    const cases = database.raw.collection<{ _id: string }>('cases')
    const row = await cases.findOne()
    const rows = Array.from({ length: 1200 }, (_, n) => ({
      ...row,
      _id: `case~taobao~${n}~brand-${n % 4}~aaaaaaaa`,
      brandId: `brand-${n % 4}`,
      listingId: `${n}`,
      sellerId: `shop-${n % 60}`,
      ruleIds: [`rule-${n % 30}`],
      externalIds: [`external-${n}`],
      assignees: [`manager-${n % 12}`],
      phase: n % 3 === 0 ? (PHASES[n % PHASES.length] ?? 'closed') : 'closed',
      open: n % 3 === 0,
      outcome: n % 3 === 0 ? null : (OUTCOMES[n % OUTCOMES.length] ?? null),
      openedAt: new Date(MONDAY_MS + n * 60_000),
      dueAt: n % 3 === 0 ? new Date(MONDAY_MS + n * 90_000) : null,
      closedAt: n % 3 === 0 ? null : new Date(MONDAY_MS + n * 120_000),
      updatedAt: new Date(MONDAY_MS + n * 60_000),
      savedAt: new Date(MONDAY_MS + n * 60_000),
    }))
    await cases.insertMany(rows)
    for (let n = 0; n < 30; n++) {
      // Were the one that is looked for among the first, MongoDB would just walk through them.
      const entry = { ...seller, sellerId: `shop-${n}`, entryId: `entry-${99 - n}` }
      await database.store.authorisedSellers.add(buildAuthorisedSeller(entry))
    }
  })
  beforeEach(async () => {
    await database.raw.db?.setProfilingLevel('off')
    await database.raw.collection('system.profile').drop()
    await database.raw.db?.setProfilingLevel('all')
  })
  afterAll(() => database.raw.db?.setProfilingLevel('off'))

  /** What MongoDB's profiler says of the queries that a call made. */
  async function plansOf(call: (store: Store) => Promise<unknown>) {
    await call(database.store)
    await database.raw.db?.setProfilingLevel('off')
    return database.raw
      .collection<{ planSummary: string; docsExamined: number; hasSortStage?: boolean }>(
        'system.profile',
      )
      .find({ planSummary: { $exists: true }, ns: /\.(cases|caseEvents|authorisedSellers)$/ })
      .toArray()
  }

  type Query = [string, (store: Store) => Promise<unknown>, RegExp]
  const lists: Query[] = [
    ['all cases', ({ cases }) => cases.list(EVERYTHING, {}, page), /openedAt/],
    ['a brand', ({ cases }) => cases.list(brand, {}, page), /brandId: 1, openedAt/],
    [
      'a phase of a brand',
      ({ cases }) => cases.list(brand, { phase: ['awaitingBrand'] }, page),
      /brandId: 1, phase: 1, openedAt/,
    ],
    [
      'an account manager',
      ({ cases }) => cases.list(EVERYTHING, { assignee: 'manager-3' }, page),
      /assignees: 1, openedAt/,
    ],
    [
      'an outcome',
      ({ cases }) => cases.list(EVERYTHING, { outcome: 'expired' }, page),
      /outcome: 1, openedAt/,
    ],
    [
      'a rule',
      ({ cases }) => cases.list(EVERYTHING, { ruleId: 'rule-3' }, page),
      /ruleIds: 1, openedAt/,
    ],
    [
      'the deadlines',
      ({ cases }) => cases.list(EVERYTHING, {}, { ...page, sort: 'dueAt' }),
      /dueAt/,
    ],
    [
      "a brand's deadlines",
      ({ cases }) => cases.list(brand, {}, { ...page, sort: 'dueAt' }),
      /brandId: 1, dueAt/,
    ],
    [
      'severities',
      ({ cases }) => cases.list(EVERYTHING, {}, { ...page, sort: 'severity' }),
      /severity/,
    ],
    [
      'the last closed',
      ({ cases }) => cases.list(EVERYTHING, {}, { ...page, sort: '-closedAt' }),
      /closedAt/,
    ],
    [
      'a later page',
      async ({ cases }) =>
        cases.list(
          EVERYTHING,
          {},
          { ...page, after: { value: new Date(), caseId: await caseId() } },
        ),
      /openedAt/,
    ],
  ]
  it.each(lists)('give the list of %s in order, without sorting', async (_what, call, index) => {
    const plans = await plansOf(call)

    expect(plans).toHaveLength(1)
    expect(plans[0]?.planSummary).toMatch(/^IXSCAN/)
    expect(plans[0]?.planSummary).toMatch(index)
    expect(plans[0]?.hasSortStage).toBeUndefined()
    expect(plans[0]?.docsExamined).toBeLessThanOrEqual(page.limit + 1)
  })

  const report = { now: new Date(), from: new Date(0), to: new Date(), groupBy: 'brand' as const }
  it('give a report without reading a case', async () => {
    const plans = await plansOf(({ cases }) => cases.stats(EVERYTHING, report))
    // A deadline that was missed is read from its case: those are few.
    const reads = plans.filter(({ planSummary }) => !planSummary.includes('missed.at'))
    expect(reads.length).toBeGreaterThan(6)
    expect(reads.map(({ docsExamined }) => docsExamined)).toEqual(reads.map(() => 0))
  })

  const others: Query[] = [
    [
      'an external id',
      ({ cases }) => cases.list(brand, { externalId: 'external-1' }, page),
      /externalIds/,
    ],
    [
      'a deadline',
      ({ cases }) => cases.list(EVERYTHING, { dueBefore: new Date(0) }, page),
      /dueAt/,
    ],
    [
      'the last change',
      ({ cases }) => cases.list(EVERYTHING, { updatedAfter: new Date() }, page),
      /savedAt/,
    ],
    [
      'the earlier answer',
      ({ cases }) => cases.latestClosed({ ...seller, listingId: '1' }),
      /listingId: 1/,
    ],
    [
      'a recall',
      ({ cases }) => cases.openInOrder(EVERYTHING, { ruleId: 'rule-3' }, null, 10),
      /ruleIds: 1, openedAt/,
    ],
    ['what somebody looks after', ({ cases }) => ofManager(cases), /accountManagerId: 1, openedAt/],
    ['open ids', ({ cases }) => cases.openIds(null, 10), /open: 1/],
    ['seller figures', ({ cases }) => cases.sellerStats(brand, seller, new Date(0)), /sellerId/],
    ['the audit', async ({ cases }) => cases.recordOf(await caseId()), /caseId: 1, seq: 1|_id/],
    ['all ids', ({ cases }) => cases.ids(null, 10), /seq: 1, caseId: 1|_id/],
    ['a report', ({ cases }) => cases.stats(EVERYTHING, report), /open|decidedAt|removedAt|missed/],
    ['a brand report', ({ cases }) => cases.stats(brand, report), /brandId/],
    [
      'the list of sellers',
      ({ authorisedSellers }) => authorisedSellers.list(brand, 'brand-1', page),
      /brandId: 1/,
    ],
    [
      'an authorised seller',
      ({ authorisedSellers }) =>
        authorisedSellers.covering({ ...seller, sku: null, at: new Date() }),
      /sellerId: 1/,
    ],
  ]
  it.each(others)('serve %s', async (_what, call, index) => {
    const plans = await plansOf(call)

    expect(plans.length).toBeGreaterThan(0)
    for (const { planSummary } of plans) {
      expect(planSummary).toMatch(/^(IXSCAN|COUNT_SCAN|IDHACK)/)
      expect(planSummary).toMatch(planSummary.startsWith('IDHACK') ? /IDHACK/ : index)
    }
  })
})
