import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { happening } from '../../../domain/case/events.js'
import { sha256Hex } from '../../../platform/digest.js'
import { verifyAllCases, verifyCase } from '../../../store/cases/audit.js'
import { buildCase, type BuiltCase, continueCase, MONDAY_MS } from '../../builders/case.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../../builders/database.js'

let database: TestDatabase
let built: BuiltCase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  const note = (text: string) => happening('noteAdded', { text, audience: 'internal' })
  built = continueCase(buildCase(), ['one', 'two', 'three'].map(note), MONDAY_MS + 1)
  await saveBuiltCase(database.store, built)
})

const events = () =>
  database.raw.collection<{ _id: string; [field: string]: unknown }>('caseEvents')
const rows = () => database.raw.collection<{ _id: string }>('cases')
const idOf = (seq: number) => `${built.caseId}:${seq}`
const verify = () => verifyCase(database.store, built.caseId)

async function storedEvent(seq: number) {
  const event = await events().findOne({ _id: idOf(seq) })
  if (!event) throw new Error(`no event ${seq}`)
  return event
}

describe('verifyCase', () => {
  it('finds nothing wrong with an untouched record, and names its head', async () => {
    expect(await verify()).toEqual({
      caseId: built.caseId,
      eventCount: 5,
      headHash: (await storedEvent(5))['hash'],
      finding: null,
    })
  })

  it('finds an event whose shown content was edited', async () => {
    await events().updateOne({ _id: idOf(3) }, { $set: { 'data.text': 'edited' } })

    expect((await verify()).finding).toMatchObject({ seq: 3, problem: 'shown' })
  })

  it.each([
    ['time', { at: new Date(MONDAY_MS + 5) }],
    ['type', { type: 'closed' }],
    ['author', { by: { role: 'lead', id: 'somebody', via: 'api' } }],
  ])('finds an event whose shown %s was edited', async (_what, $set) => {
    await events().updateOne({ _id: idOf(4) }, { $set })

    expect((await verify()).finding).toMatchObject({ seq: 4, problem: 'shown' })
  })

  it('finds an edited canonical text', async () => {
    const canonical = String((await storedEvent(3))['canonical']).replace('"one"', '"two"')
    await events().updateOne({ _id: idOf(3) }, { $set: { canonical } })

    expect((await verify()).finding).toMatchObject({ seq: 3, problem: 'hash' })
  })

  it('finds an event rewritten with its hash, by the event after it', async () => {
    const canonical = String((await storedEvent(3))['canonical']).replace('"one"', '"won"')
    await events().updateOne(
      { _id: idOf(3) },
      { $set: { canonical, hash: sha256Hex(canonical), 'data.text': 'won' } },
    )

    expect((await verify()).finding).toMatchObject({ seq: 4, problem: 'chain' })
  })

  it('finds a last event rewritten with its hash, by the row', async () => {
    const canonical = String((await storedEvent(2))['canonical']).replace('"brand"', '"lead"')
    await events().deleteMany({ caseId: built.caseId, seq: { $gt: 2 } })
    await events().updateOne(
      { _id: idOf(2) },
      { $set: { canonical, hash: sha256Hex(canonical), 'data.wait.owner': 'lead' } },
    )
    await rows().updateOne({ _id: built.caseId }, { $set: { rev: 2 } })

    expect((await verify()).finding).toMatchObject({ seq: null, problem: 'row' })
  })

  it.each([
    ['first', 1],
    ['middle', 3],
  ])('finds a deleted event: the %s', async (_where, seq) => {
    await events().deleteOne({ _id: idOf(seq) })

    expect((await verify()).finding).toMatchObject({ seq, problem: 'gap' })
  })

  it('finds a deleted last event, by the row', async () => {
    await events().deleteOne({ _id: idOf(5) })

    expect((await verify()).finding).toMatchObject({ seq: null, problem: 'row' })
  })

  it('finds two events that were swapped', async () => {
    const [third, fourth] = [await storedEvent(3), await storedEvent(4)]
    const content = ({ data, canonical, hash, prevHash }: Record<string, unknown>) => ({
      data,
      canonical,
      hash,
      prevHash,
    })
    await events().updateOne({ _id: idOf(3) }, { $set: content(fourth) })
    await events().updateOne({ _id: idOf(4) }, { $set: content(third) })

    expect((await verify()).finding).toMatchObject({ seq: 3, problem: 'canonical' })
  })

  it('finds two events that were renumbered', async () => {
    const [third, fourth] = [await storedEvent(3), await storedEvent(4)]
    await events().deleteMany({ _id: { $in: [idOf(3), idOf(4)] } })
    await events().insertMany([
      { ...third, _id: idOf(4), seq: 4 },
      { ...fourth, _id: idOf(3), seq: 3 },
    ])

    expect((await verify()).finding).toMatchObject({ seq: 3, problem: 'canonical' })
  })

  it('finds an event that was moved here from another case', async () => {
    const other = buildCase()
    await saveBuiltCase(database.store, other)
    const moved = await events().findOne({ _id: `${other.caseId}:1` })
    await events().replaceOne({ _id: idOf(1) }, { ...moved, _id: idOf(1), caseId: built.caseId })

    expect((await verify()).finding).toMatchObject({ seq: 1, problem: 'canonical' })
  })

  it('finds text that is no canonical JSON, though its hash fits', async () => {
    const canonical = '{"seq": 3}'
    await events().updateOne({ _id: idOf(3) }, { $set: { canonical, hash: sha256Hex(canonical) } })

    expect((await verify()).finding).toMatchObject({ seq: 3, problem: 'canonical' })
  })

  it.each([
    ['state', { 'state.score': 1 }, /state/],
    ['phase', { phase: 'closed' }, /phase/],
    ['deadline', { dueAt: new Date(0) }, /dueAt/],
    ['revision', { rev: 4 }, /revision 4/],
  ])('finds a row whose %s was edited', async (_what, $set, detail) => {
    await rows().updateOne({ _id: built.caseId }, { $set })

    expect((await verify()).finding).toEqual({
      caseId: built.caseId,
      seq: null,
      problem: 'row',
      detail: expect.stringMatching(detail),
    })
  })

  it('finds a row without events, and events without a row', async () => {
    const other = buildCase()
    await saveBuiltCase(database.store, other)
    await events().deleteMany({ caseId: other.caseId })
    await rows().deleteOne({ _id: built.caseId })

    const withoutEvents = await verifyCase(database.store, other.caseId)
    expect(withoutEvents.finding).toMatchObject({ seq: 1, problem: 'gap' })
    expect((await verify()).finding).toMatchObject({ seq: null, problem: 'rowMissing' })
  })
})

describe('verifyAllCases', () => {
  it('goes through every case, also those whose row is gone', async () => {
    const other = buildCase()
    await saveBuiltCase(database.store, other)
    await rows().deleteOne({ _id: built.caseId })

    const seen = []
    for await (const audited of verifyAllCases(database.store, 3)) seen.push(audited)

    const ids = seen.map((audited) => audited.caseId)
    expect(ids).toEqual([...new Set(ids)].sort())
    expect(seen.find((audited) => audited.caseId === other.caseId)?.finding).toBeNull()
    expect(seen.find((audited) => audited.caseId === built.caseId)?.finding).toMatchObject({
      problem: 'rowMissing',
    })
  })
})
