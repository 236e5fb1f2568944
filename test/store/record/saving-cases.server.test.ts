import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { HOUR_MS } from '../../../domain/brand/calendar.js'
import { happening } from '../../../domain/case/events.js'
import { sightingRef } from '../../../domain/listing/sightings.js'
import { verifyCase } from '../../../store/cases/audit.js'
import { repositories } from '../../../store/create-store.js'
import { EVERYTHING, RecordConflict, type Store } from '../../../store/store.js'
import {
  answerCase,
  buildCaller,
  buildCase,
  buildDecision,
  continueCase,
  MONDAY_MS,
} from '../../builders/case.js'
import { noted, openCommand, saveCommand, storedEvents } from '../../builders/case-commands.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../../builders/database.js'
import { sampleCases } from '../../builders/sample-cases.js'
import { buildSighting } from '../../builders/sighting.js'

let database: TestDatabase
let store: Store
beforeAll(async () => {
  database = await openTestDatabase()
  store = database.store
})
afterAll(() => database.drop())

describe('save', () => {
  it('makes one chain of 50 overlapping saves of the same events', async () => {
    const opened = buildCase()
    await store.cases.open(openCommand(opened))
    const command = saveCommand(noted(noted(opened, 'one'), 'two'), 3)

    const results = await Promise.all(Array.from({ length: 50 }, () => store.cases.save(command)))

    expect(results).toEqual(Array(50).fill({ savedRev: 4 }))
    expect(await verifyCase(store, opened.caseId)).toMatchObject({ eventCount: 4, finding: null })
  })

  it('chains each event to the one before, the first to the case id', async () => {
    const opened = buildCase()
    await store.cases.open(openCommand(opened))

    const [first, second] = await store.cases.events(EVERYTHING, opened.caseId)

    expect(second?.prevHash).toBe(first?.hash)
    expect(JSON.parse(first?.canonical ?? '')).toMatchObject({
      caseId: opened.caseId,
      prevHash: first?.prevHash,
      seq: 1,
    })
  })

  it('changes nothing when a save is repeated after its commit', async () => {
    const opened = buildCase()
    await store.cases.open(openCommand(opened))
    const command = saveCommand(noted(opened, 'once'), 3)
    await store.cases.save(command)
    const before = await store.cases.recordOf(opened.caseId)

    expect(await store.cases.save(command)).toEqual({ savedRev: 3 })

    expect(await store.cases.recordOf(opened.caseId)).toEqual(before)
  })

  it('never takes the row back to an earlier revision', async () => {
    const opened = buildCase()
    await store.cases.open(openCommand(opened))
    const third = noted(opened, 'third')
    const fourth = noted(third, 'fourth')
    await store.cases.save(saveCommand(fourth, 3))

    await store.cases.save(saveCommand(third, 3))

    expect(await store.cases.get(EVERYTHING, opened.caseId)).toMatchObject({ rev: 4 })
    expect((await verifyCase(store, opened.caseId)).finding).toBeNull()
  })

  it('keeps empty objects and other odd content as it was', async () => {
    const opened = buildCase()
    await store.cases.open(openCommand(opened))
    const detail = 'quote " backslash \\ $dollar a.b \u2028 😀 \udfff'
    const failed = happening('noticeFailed', { contactId: 'mei-lin', kind: 'asked', detail })
    const odd = continueCase(opened, [failed], MONDAY_MS + 1)
    const message = buildDecision({
      caseId: opened.caseId,
      verdict: 'authorisedSeller',
      allowList: {},
    })
    const built = answerCase(odd, { name: 'decide', message }, MONDAY_MS + 2)

    await store.cases.save(saveCommand(built, 3))

    expect(await storedEvents(store, opened.caseId)).toEqual(built.events)
    expect((await verifyCase(store, opened.caseId)).finding).toBeNull()
  })

  it('refuses an event that is on record with other content, and writes nothing', async () => {
    const opened = buildCase()
    await store.cases.open(openCommand(opened))
    await store.cases.save(saveCommand(noted(opened, 'the truth'), 3))
    const before = await store.cases.recordOf(opened.caseId)

    const other = noted(noted(opened, 'another story'), 'and more')
    const saving = store.cases.save(saveCommand(other, 3))

    await expect(saving).rejects.toThrow(RecordConflict)
    expect(await store.cases.recordOf(opened.caseId)).toEqual(before)
  })

  it('refuses events whose predecessor is not on record', async () => {
    const opened = buildCase()
    await store.cases.open(openCommand(opened))
    const fourth = noted(noted(opened, 'never saved'), 'too early')

    await expect(store.cases.save(saveCommand(fourth, 4))).rejects.toThrow(
      /event 3 is missing from the record/,
    )
    expect(await storedEvents(store, opened.caseId)).toHaveLength(2)
  })

  it('refuses events that do not lead up to the state', async () => {
    const opened = buildCase()
    await store.cases.open(openCommand(opened))
    const third = noted(opened, 'third')

    const saving = store.cases.save({ ...saveCommand(third, 3), state: opened.state })

    await expect(saving).rejects.toThrow(/numbered without gaps/)
  })

  it('claims the sightings it adds; one that another case has stays there', async () => {
    const [free, taken] = [buildSighting(), buildSighting()]
    const other = buildCase({ sighting: taken })
    await store.cases.open(openCommand(other))
    const opened = buildCase()
    await store.cases.open(openCommand(opened))
    const added = [free, taken].map((sighting) =>
      happening('sightingAdded', { sighting: sightingRef(sighting, MONDAY_MS) }),
    )

    await store.cases.save(saveCommand(continueCase(opened, added, MONDAY_MS), 3))

    expect(await store.cases.claimOf(free.sightingId)).toMatchObject({
      caseId: opened.caseId,
      listingId: opened.state.listing?.listingId,
    })
    expect(await store.cases.claimOf(taken.sightingId)).toMatchObject({ caseId: other.caseId })
  })

  it('claims nothing for a refused case, so that the listing can be reported again', async () => {
    const detail = 'no active brand takes part'
    const refused = buildCase({
      facts: { kind: 'refused', reason: 'unknownBrand', detail, previousCaseId: null },
    })
    await store.cases.open(openCommand(refused))
    const sighting = buildSighting()
    const added = [happening('sightingAdded', { sighting: sightingRef(sighting, MONDAY_MS) })]

    await store.cases.save(saveCommand(continueCase(refused, added, MONDAY_MS), 3))

    expect(await store.cases.claimOf(sighting.sightingId)).toBeNull()
    expect((await verifyCase(store, refused.caseId)).finding).toBeNull()
  })

  it('puts the seller on the list of authorised sellers once, in the same transaction', async () => {
    const sighting = buildSighting({
      brandId: 'allow-list-brand',
      listing: { seller: { id: 's-1' } },
    })
    const opened = buildCase({ sighting })
    await store.cases.open(openCommand(opened))
    const message = buildDecision({
      caseId: opened.caseId,
      caller: buildCaller({ role: 'brandAdmin', brandIds: '*' }),
      verdict: 'authorisedSeller',
      allowList: { sku: 'BAG-1', until: '2027-01-01T00:00:00Z' },
    })
    const closed = answerCase(opened, { name: 'decide', message }, MONDAY_MS + HOUR_MS)
    await store.cases.save(saveCommand(closed, 3))

    const entries = () =>
      store.authorisedSellers.list(EVERYTHING, 'allow-list-brand', { limit: 10 })
    expect(await entries()).toEqual([
      {
        entryId: `al~${opened.caseId}`,
        brandId: 'allow-list-brand',
        marketplace: 'taobao',
        sellerId: 's-1',
        sku: 'BAG-1',
        validFrom: new Date(MONDAY_MS + HOUR_MS),
        validUntil: new Date('2027-01-01T00:00:00Z'),
        caseId: opened.caseId,
        createdBy: 'mei-lin',
        createdAt: new Date(MONDAY_MS + HOUR_MS),
      },
    ])

    await store.authorisedSellers.remove(EVERYTHING, 'allow-list-brand', `al~${opened.caseId}`)
    await store.cases.save(saveCommand(closed, 3))
    expect(await entries()).toEqual([])
  })

  it('writes what the schemas describe, though it makes no documents of them', async () => {
    const caller = buildCaller({ role: 'brandAdmin', brandIds: '*' })
    const cases = sampleCases().map((opened) => {
      const message = buildDecision({ caseId: opened.caseId, caller, verdict: 'genuine' })
      return answerCase(opened, { name: 'decide', message }, MONDAY_MS + HOUR_MS)
    })
    for (const built of cases) await saveBuiltCase(store, built, built.caseId)
    repositories(database.raw)

    for (const name of ['Case', 'CaseEvent', 'Sighting']) {
      const model = database.raw.model<Record<string, unknown>>(name)
      const stored = await model.collection.find().toArray()
      expect(stored.length).toBeGreaterThanOrEqual(cases.length)
      for (const document of stored) {
        // Unknown fields throw here, and values of another type below.
        const described = new model(document)
        await expect(described.validate()).resolves.toBeUndefined()
        expect(described.toObject()).toEqual(document)
      }
    }
  })
})
