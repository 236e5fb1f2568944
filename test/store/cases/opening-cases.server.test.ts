import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { HOUR_MS } from '../../../domain/brand/calendar.js'
import { verifyCase } from '../../../store/cases/audit.js'
import { EVERYTHING, type Store } from '../../../store/store.js'
import { buildCase, MONDAY_MS } from '../../builders/case.js'
import { noted, openCommand, saveCommand, storedEvents } from '../../builders/case-commands.js'
import { openTestDatabase, type TestDatabase } from '../../builders/database.js'
import { buildSighting } from '../../builders/sighting.js'

let database: TestDatabase
let store: Store
beforeAll(async () => {
  database = await openTestDatabase()
  store = database.store
})
afterAll(() => database.drop())

describe('open', () => {
  it('writes the row, the first events and the claim of the sighting', async () => {
    const sighting = buildSighting({ listing: { title: 'Bag \ud800 with half a character' } })
    const built = buildCase({ sighting })

    const result = await store.cases.open(openCommand(built, 'report-1'))

    expect(result).toEqual({ kind: 'opened', events: built.events })
    expect(await storedEvents(store, built.caseId)).toEqual(built.events)
    expect(await store.cases.get(EVERYTHING, built.caseId)).toMatchObject({
      caseId: built.caseId,
      workflowId: built.workflowId,
      phase: 'awaitingBrand',
      owner: 'brand',
      dueAt: new Date(built.state.wait?.dueAt ?? 0),
      openedAt: new Date(MONDAY_MS),
      closedAt: null,
      ruleIds: ['price-far-below-retail', 'wording-factory-quality'],
      externalIds: ['report-1'],
      rev: 2,
    })
    expect(await store.cases.claimOf(sighting.sightingId)).toEqual({
      sightingId: sighting.sightingId,
      caseId: built.caseId,
      marketplace: 'taobao',
      listingId: sighting.listing.listingId,
    })
    expect((await verifyCase(store, built.caseId)).finding).toBeNull()
  })

  it('answers a retry with the events stored first, though the clock went on', async () => {
    const sighting = buildSighting()
    const first = buildCase({ sighting })
    await store.cases.open(openCommand(first))
    await store.cases.save(saveCommand(noted(first, 'saved in between'), 3))
    const later = buildCase({ sighting, at: MONDAY_MS + HOUR_MS })
    const retried = { ...later.state, caseId: first.caseId }

    const result = await store.cases.open({ ...openCommand(later), state: retried })

    expect(result).toEqual({ kind: 'opened', events: first.events })
    expect(await store.cases.openingEvents(first.caseId)).toEqual(first.events)
    expect(await storedEvents(store, first.caseId)).toHaveLength(3)
  })

  it('knows no opening events of a case never opened', async () => {
    expect(await store.cases.openingEvents(buildCase().caseId)).toBeNull()
  })

  it('writes nothing when another case has the sighting, but a refused case can be kept', async () => {
    const sighting = buildSighting()
    const winner = buildCase({ sighting })
    await store.cases.open(openCommand(winner))
    const loser = buildCase({ sighting })

    const result = await store.cases.open(openCommand(loser))

    expect(result).toEqual({
      kind: 'claimed',
      claim: expect.objectContaining({ caseId: winner.caseId }),
    })
    expect(await store.cases.recordOf(loser.caseId)).toEqual({ row: null, events: [] })

    const { caseId: detail } = winner
    const refused = buildCase({
      sighting,
      facts: { kind: 'refused', reason: 'sightingClaimed', detail, previousCaseId: null },
    })
    expect(await store.cases.open(openCommand(refused))).toMatchObject({ kind: 'opened' })
    expect(await store.cases.get(EVERYTHING, refused.caseId)).toMatchObject({
      phase: 'closed',
      outcome: 'refused',
    })
    expect((await store.cases.claimOf(sighting.sightingId))?.caseId).toBe(winner.caseId)
    expect((await verifyCase(store, refused.caseId)).finding).toBeNull()
  })

  it('lets exactly one of 20 cases that race for a sighting have it', async () => {
    const sighting = buildSighting()
    const racers = Array.from({ length: 20 }, () => buildCase({ sighting }))

    const results = await Promise.all(racers.map((racer) => store.cases.open(openCommand(racer))))

    const winners = racers.filter((_racer, index) => results[index]?.kind === 'opened')
    expect(winners).toHaveLength(1)
    const claim = await store.cases.claimOf(sighting.sightingId)
    expect(claim?.caseId).toBe(winners[0]?.caseId)
    const rows = await store.cases.getMany(
      EVERYTHING,
      racers.map((racer) => racer.caseId),
    )
    expect(rows.map((row) => row.caseId)).toEqual([claim?.caseId])
  })

  it('opens a case once, however many attempts overlap', async () => {
    const built = buildCase()

    const results = await Promise.all(
      Array.from({ length: 20 }, () => store.cases.open(openCommand(built))),
    )

    expect(results).toEqual(Array(20).fill({ kind: 'opened', events: built.events }))
    const verified = await verifyCase(store, built.caseId)
    expect(verified).toMatchObject({ eventCount: 2, finding: null })
  })
})
