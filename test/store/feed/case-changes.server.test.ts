import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import mongoose from 'mongoose'
import { CHANGES_KEPT_DAYS } from '../../../domain/record/changes.js'
import { happening } from '../../../domain/case/events.js'
import { until } from '../../../local/until.js'
import { LeaseLost, feedOf } from '../../../store/feed/feed.js'
import {
  EVERYTHING,
  type FeedPosition,
  PositionExpired,
  type TenantScope,
} from '../../../store/store.js'
import { buildCase, type BuiltCase, continueCase, MONDAY_MS } from '../../builders/case.js'
import { saveCommand } from '../../builders/case-commands.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../../builders/database.js'
import { buildListing, buildSighting } from '../../builders/sighting.js'

const DAY_MS = 86_400_000
const log = { warn: () => undefined }

let database: TestDatabase
let numbered: ReturnType<typeof follow>
beforeAll(async () => {
  database = await openTestDatabase()
  numbered = follow()
})
afterAll(async () => {
  await numbered.stop()
  await database.drop()
})

/** A process that takes part in numbering. */
function follow() {
  const ended = new AbortController()
  const done = database.store.changes.follow({ signal: ended.signal, log })
  return {
    async stop() {
      ended.abort()
      await done
    },
  }
}

let lastListing = 0
function newCase(brandId = 'northwind'): BuiltCase {
  const listing = buildListing({ listingId: `changed-${lastListing++}` })
  return buildCase({ sighting: buildSighting({ brandId, listing }) })
}

/** Saves a note on the case, and returns the case as it is then. */
async function change(built: BuiltCase): Promise<BuiltCase> {
  const at = built.state.updatedAt + 1
  const note = happening('noteAdded', { text: 'changed', audience: 'internal' })
  const next = continueCase(built, [note], at)
  await database.store.cases.save(saveCommand(next, built.events.length + 1))
  return next
}

async function saved(brandId?: string): Promise<BuiltCase> {
  const built = newCase(brandId)
  await saveBuiltCase(database.store, built)
  return built
}

/** Goes on from `after` as a client does, until `isSeen`; what it read, in order. */
async function readUntil(
  after: FeedPosition | null,
  isSeen: (ids: string[]) => boolean,
  scope: TenantScope = EVERYTHING,
  limit = 7,
): Promise<{ ids: string[]; next: FeedPosition | null }> {
  const ids: string[] = []
  let position = after
  const look = async () => {
    const page = await database.store.changes.read(scope, position, limit, new Date())
    ids.push(...page.subjectIds)
    position = page.next
    return isSeen(ids)
  }
  await until('the changes are in the feed', look, {
    withinMs: 20_000,
    standing: () => `read: ${ids.join(', ')}`,
  })
  return { ids, next: position }
}

describe('the feed of changed cases', () => {
  it('shows every change to a reader who goes on from page to page while many save at once', async () => {
    const start = await database.store.changes.latest(new Date())
    const opened = await Promise.all(Array.from({ length: 20 }, () => saved()))
    const reading = readUntil(start, (ids) =>
      opened.every(({ caseId }) => ids.filter((id) => id === caseId).length >= 4),
    )
    // Each case is changed by itself, all at the same time, so that commits overtake each other.
    await Promise.all(
      opened.map(async (built) => {
        let current = built
        for (let n = 0; n < 3; n++) current = await change(current)
      }),
    )
    const { ids } = await reading
    expect(new Set(ids)).toEqual(new Set(opened.map(({ caseId }) => caseId)))
  })

  it('goes on when the numbering process ends in the midst of it', async () => {
    const start = await database.store.changes.latest(new Date())
    const second = follow()
    const opened: BuiltCase[] = []
    for (let n = 0; n < 12; n++) {
      opened.push(await saved())
      if (n === 4) await numbered.stop()
      if (n === 8) numbered = follow()
    }
    const { ids } = await readUntil(start, (seen) =>
      opened.every(({ caseId }) => seen.includes(caseId)),
    )
    await second.stop()
    expect(ids.length).toBeGreaterThanOrEqual(opened.length)
  })

  it('misses nothing that was saved while nobody numbered and the oplog was cut', async () => {
    const isNumbered = async () => (await database.store.changes.latest(new Date())).seq > 0
    await until('something is numbered', isNumbered, { withinMs: 20_000 })
    const start = await database.store.changes.latest(new Date())
    await numbered.stop()
    const opened = [await saved(), await saved()]
    await database.raw
      .collection<{ _id: string }>('feeds')
      .updateOne(
        { _id: 'caseChanges' },
        { $set: { resumeToken: null, startAt: mongoose.mongo.Timestamp.fromBits(1, 1) } },
      )
    numbered = follow()
    const later = await saved()
    const expected = [...opened, later].map(({ caseId }) => caseId)
    const { ids } = await readUntil(start, (seen) => expected.every((id) => seen.includes(id)))
    expect(ids).toEqual(expect.arrayContaining(expected))
  })

  it('shows a reader their own tenant alone, and moves on past what is not theirs', async () => {
    const start = await database.store.changes.latest(new Date())
    const foreign = await saved('contoso')
    const own = await saved('fabrikam')
    await readUntil(start, (ids) => [foreign, own].every(({ caseId }) => ids.includes(caseId)))
    const scope = { brandIds: ['fabrikam'], marketplaces: '*' } as const
    const page = await database.store.changes.read(scope, start, 50, new Date())
    expect(new Set(page.subjectIds)).toEqual(new Set([own.caseId]))
    expect(page.next.seq).toBe((await database.store.changes.latest(new Date())).seq)
    const elsewhere = { brandIds: '*', marketplaces: ['tmall'] } as const
    expect(
      (await database.store.changes.read(elsewhere, start, 50, new Date())).subjectIds,
    ).toEqual([])
  })

  it('refuses a position from which entries are gone, and one of another history', async () => {
    const { changes } = database.store
    const start = await changes.latest(new Date())
    const one = await saved()
    await readUntil(start, (ids) => ids.includes(one.caseId))
    const late = new Date(start.at.getTime() + (CHANGES_KEPT_DAYS + 1) * DAY_MS)
    await expect(changes.read(EVERYTHING, start, 5, late)).rejects.toThrow(PositionExpired)
    const end = await changes.latest(new Date())
    expect((await changes.read(EVERYTHING, end, 5, late)).subjectIds).toEqual([])
    for (const other of [
      { ...end, epoch: 'another' },
      { ...end, seq: end.seq + 1 },
    ]) {
      await expect(changes.read(EVERYTHING, other, 5, new Date())).rejects.toThrow(PositionExpired)
    }
  })
})

describe('the numbering of a feed', () => {
  const entry = { subjectId: 'a', brandId: 'northwind', marketplace: 'taobao' }

  it('is done by one process at a time: who has lost the lease writes nothing', async () => {
    const feed = feedOf(database.raw, 'numberedOnce')
    const now = MONDAY_MS
    expect(await feed.lease('first', new Date(now))).not.toBeNull()
    expect(await feed.lease('second', new Date(now + 1_000))).toBeNull()
    await feed.append('first', [entry], {}, new Date(now))
    expect(await feed.lease('second', new Date(now + 60_000))).not.toBeNull()

    await expect(feed.append('first', [entry], {}, new Date(now))).rejects.toThrow(LeaseLost)
    await feed.append('second', [entry, entry], {}, new Date(now))
    expect((await feed.latest(new Date(now))).seq).toBe(3)

    await feed.release('second')
    expect(await feed.lease('first', new Date(now + 61_000))).not.toBeNull()
  })

  it('never goes back in time, whatever the clocks of the processes say', async () => {
    const feed = feedOf(database.raw, 'clocks')
    for (const [holder, at] of [
      ['ahead', MONDAY_MS + 3_600_000],
      ['behind', MONDAY_MS],
    ] as const) {
      await feed.lease(holder, new Date(MONDAY_MS))
      await feed.append(holder, [entry], {}, new Date(at))
      await feed.release(holder)
    }
    const { seq, at } = await feed.latest(new Date(MONDAY_MS))
    expect([seq, at.getTime()]).toEqual([2, MONDAY_MS + 3_600_000])
  })
})
