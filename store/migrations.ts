import type { Connection } from 'mongoose'
import type { CaseState } from '../domain/case/state.js'
import { likenessOf } from './cases/row.js'
import { searchable } from './cases/search-text.js'

/** What a release changes in data that an earlier one has written. Each may run again after a crash. */
interface Migration {
  /** The schema version it leads to. */
  to: number
  run: (connection: Connection) => Promise<void>
}

const BATCH = 500

/** In order; the last one leads to `SCHEMA_VERSION`. */
export const MIGRATIONS: readonly Migration[] = [
  { to: 1, run: () => Promise.resolve() },
  { to: 2, run: fillSavedAtAndSearchText },
  { to: 3, run: fillLikeness },
]

/** Rows say when they were saved, and are searched without accents. */
async function fillSavedAtAndSearchText(connection: Connection): Promise<void> {
  const rows = connection.collection<{
    _id: string
    title: string
    listingId: string
    sellerId: string
    updatedAt: Date
  }>('cases')
  const without = { savedAt: { $exists: false } }
  for (;;) {
    const batch = await rows.find(without).limit(BATCH).toArray()
    if (batch.length === 0) return
    await rows.bulkWrite(
      batch.map(({ _id, title, listingId, sellerId, updatedAt }) => {
        const searchText = searchable([title, listingId, sellerId].join(' '))
        return {
          updateOne: {
            filter: { _id, ...without },
            update: { $set: { savedAt: updatedAt, searchText } },
          },
        }
      }),
    )
  }
}

/** Rows say in what they are alike. */
async function fillLikeness(connection: Connection): Promise<void> {
  const rows = connection.collection<{ _id: string; state: CaseState }>('cases')
  const without = { titleShape: { $exists: false } }
  for (;;) {
    const batch = await rows
      .find(without, { projection: { state: 1 } })
      .limit(BATCH)
      .toArray()
    if (batch.length === 0) return
    await rows.bulkWrite(
      batch.map(({ _id, state }) => ({
        updateOne: { filter: { _id, ...without }, update: { $set: likenessOf(state) } },
      })),
    )
  }
}
