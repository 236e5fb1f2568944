import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Client } from '@temporalio/client'
import { DAY_MS } from '../../domain/brand/calendar.js'
import type { ListingSnapshot } from '../../domain/listing/listing.js'
import type { Similar } from '../../contract/similar.js'
import { sha256Hex } from '../../platform/digest.js'
import { migrate, SCHEMA_VERSION } from '../../store/migrate.js'
import {
  answerCase,
  askedAbout,
  buildCaller,
  buildCase,
  buildDecision,
  type BuiltCase,
} from '../builders/case.js'
import { openTestDatabase, saveBuiltCase, type TestDatabase } from '../builders/database.js'
import { buildSighting } from '../builders/sighting.js'
import { startApi, type TestApi } from './test-api.js'

const picture = (name: string) => ({ sha256: sha256Hex(name) })
const now = Date.now()
const NOTHING_ALIKE = {
  title: 'Something else',
  price: { amount: 7_000, currency: 'CNY' },
  seller: { id: 'somebody-else' },
  pictures: [picture('other')],
}

function opened(listingId: string, listing: Partial<ListingSnapshot>, brandId = 'northwind') {
  const sighting = buildSighting({ brandId, listing: { ...NOTHING_ALIKE, ...listing, listingId } })
  return buildCase({ at: now - DAY_MS / 24, sighting })
}

const shown = {
  units: 1,
  title: 'Fast charger 20 W',
  price: { amount: 100, currency: 'CNY' },
  seller: { id: 'shop-1' },
  pictures: [picture('charger')],
}
const cases = {
  open: opened('1', shown),
  ofSeller: opened('2', { seller: { id: 'shop-1' } }),
  ofTitle: opened('3', { title: 'fast CHARGER, 65W!' }),
  ofPrice: opened('4', { price: { amount: 210, currency: 'CNY' }, units: 2 }),
  ofPicture: opened('5', { pictures: [picture('drawn anew')] }),
  ofNothing: opened('6', {}),
  foreign: opened('7', shown, 'contoso'),
  answered: answered(opened('8', shown)),
}
type Name = keyof typeof cases

function answered(built: BuiltCase): BuiltCase {
  const message = buildDecision({ ...askedAbout(built), verdict: 'genuine', caller: buildCaller() })
  return answerCase(built, { name: 'decide', message }, now)
}

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await openTestDatabase()
  api = await startApi({ store: database.store, client: {} as Client })
  for (const built of Object.values(cases)) await saveBuiltCase(database.store, built)
  const { pictureHashes } = database.store
  await pictureHashes.keep({ ...picture('charger'), phash: 'f0e1d2c3b4a59687' })
  await pictureHashes.keep({ ...picture('drawn anew'), phash: 'f0e1d2c3b4a59685' })
  await pictureHashes.keep({ ...picture('other'), phash: '0123456789abcdef' })
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const path = (name: Name) => `/v1/cases/${encodeURIComponent(cases[name].caseId)}/similar`
async function similarTo(name: Name, key: string): Promise<Similar[]> {
  const answer = await api.call('GET', path(name), { key })
  expect(answer.statusCode).toBe(200)
  return answer.json<{ items: Similar[] }>().items
}

async function listed(filter: Similar['filter'], key = 'brandMember'): Promise<string[]> {
  const query = new URLSearchParams(filter as Record<string, string>).toString()
  const answer = await api.call('GET', `/v1/cases?${query}`, { key })
  expect(answer.statusCode).toBe(200)
  const ids = answer.json<{ items: { caseId: string }[] }>().items.map(({ caseId }) => caseId)
  return Object.entries(cases).flatMap(([name, { caseId }]) => (ids.includes(caseId) ? [name] : []))
}

describe('cases like one', () => {
  it('are counted by each thing that they share, and listed by the filter it names', async () => {
    const similar = await similarTo('open', 'brandMember')
    expect(similar.map(({ by, count }) => [by, count])).toEqual([
      ['seller', 1],
      ['picture', 1],
      ['title', 1],
      ['price', 1],
    ])
    const lists = await Promise.all(similar.map(({ filter }) => listed(filter)))
    expect(lists.map((names) => names.filter((name) => name !== 'answered'))).toEqual([
      ['open', 'ofSeller'],
      ['open', 'ofPicture'],
      ['open', 'ofTitle'],
      ['open', 'ofPrice'],
    ])
  })

  it('are those of the same brand, for whoever sees more of them, too', async () => {
    const similar = await similarTo('open', 'operator')
    expect(similar.map(({ count }) => count)).toEqual([1, 1, 1, 1])
    for (const { filter } of similar)
      expect(await listed(filter, 'operator')).not.toContain('foreign')
    const theirs = await api.call('GET', path('foreign'), { key: 'brandMember' })
    expect(theirs.statusCode).toBe(404)
  })

  it('are found among cases that an earlier release has saved, once they are migrated', async () => {
    const rows = database.raw.collection('cases')
    const likeness = { titleShape: '', pictureSha256s: '', priceBand: '' }
    await rows.updateMany({}, { $unset: likeness })
    expect((await similarTo('open', 'brandMember')).map(({ count }) => count)).toEqual([1, 0, 0, 0])
    await database.raw
      .collection<{ _id: string }>('schemaVersion')
      .updateOne({ _id: 'current' }, { $set: { version: 2 } })

    expect(await migrate(database.options)).toEqual({ from: 2, to: SCHEMA_VERSION })
    expect((await similarTo('open', 'brandMember')).map(({ count }) => count)).toEqual([1, 1, 1, 1])
  })
})
