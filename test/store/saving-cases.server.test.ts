import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { happening } from '../../domain/case-events.js'
import { sightingRef } from '../../domain/sightings.js'
import { verifyCase } from '../../store/audit.js'
import {
  EVERYTHING,
  type OpenCaseCommand,
  RecordConflict,
  type SaveCaseCommand,
  type Store,
} from '../../store/store.js'
import {
  answerCase,
  buildCaller,
  buildCase,
  buildDecision,
  type BuiltCase,
  continueCase,
  MONDAY_MS,
} from '../builders/case.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'
import { buildSighting } from '../builders/sighting.js'

let database: TestDatabase
let store: Store
beforeAll(async () => {
  database = await openTestDatabase()
  store = database.store
})
afterAll(() => database.drop())

const HOUR_MS = 3_600_000

function openCommand(built: BuiltCase, externalId: string | null = null): OpenCaseCommand {
  return { workflowId: built.workflowId, externalId, events: built.events, state: built.state }
}

function saveCommand(built: BuiltCase, fromSeq: number): SaveCaseCommand {
  const { caseId, workflowId, state } = built
  return { caseId, workflowId, state, events: built.events.filter((e) => e.seq >= fromSeq) }
}

function noted(built: BuiltCase, text: string, at = MONDAY_MS + HOUR_MS): BuiltCase {
  return continueCase(built, [happening('noteAdded', { text, audience: 'internal' })], at)
}

async function storedEvents(caseId: string) {
  return (await store.cases.events(EVERYTHING, caseId)).map((stored) => stored.event)
}

describe('open', () => {
  it('writes the row, the first events and the claim of the sighting', async () => {
    const sighting = buildSighting({ listing: { title: 'Bag \ud800 with half a character' } })
    const built = buildCase({ sighting })

    const result = await store.cases.open(openCommand(built, 'report-1'))

    expect(result).toEqual({ kind: 'opened', events: built.events })
    expect(await storedEvents(built.caseId)).toEqual(built.events)
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
    expect(await storedEvents(first.caseId)).toHaveLength(3)
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

    expect(await storedEvents(opened.caseId)).toEqual(built.events)
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
    expect(await storedEvents(opened.caseId)).toHaveLength(2)
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
      caller: buildCaller({ brandIds: '*' }),
      verdict: 'authorisedSeller',
      allowList: { sku: 'BAG-1', until: '2027-01-01T00:00:00Z' },
    })
    const closed = answerCase(opened, { name: 'decide', message }, MONDAY_MS + HOUR_MS)
    await store.cases.save(saveCommand(closed, 3))

    const entries = () =>
      store.admin.authorisedSellers(EVERYTHING, 'allow-list-brand', { limit: 10 })
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

    await store.admin.removeAuthorisedSeller(EVERYTHING, 'allow-list-brand', `al~${opened.caseId}`)
    await store.cases.save(saveCommand(closed, 3))
    expect(await entries()).toEqual([])
  })
})
