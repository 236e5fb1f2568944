import {
  type AccountManager,
  type ApiKey,
  type Brand,
  EVERYTHING,
  type Person,
  type Session,
  type Store,
} from '../../store/store.js'
import type { DatabaseGate } from '../outage.js'
import { createRecentCache, type RecentCache } from './recent-cache.js'

/** A revoked key or session stops working after at most this long, plus one look-up. */
const FRESH_MS = 3_000
/** How old the knowledge of somebody may be when the database does not answer. */
const OUTAGE_MEMORY_MS = 300_000
const MAX_CACHED = 10_000

/** Those who act, by id, looked up at most every few seconds each, and remembered for outages. */
export interface RecentPeople {
  keys: RecentCache<ApiKey>
  brands: RecentCache<Brand>
  managers: RecentCache<AccountManager>
  persons: RecentCache<Person>
  /** By the SHA-256 of their secret. */
  sessions: RecentCache<Session>
}

/** `now` gives epoch milliseconds. */
export function createRecentPeople(
  store: Pick<Store, 'apiKeys' | 'brands' | 'accountManagers' | 'people' | 'sessions'>,
  gate: DatabaseGate,
  now: () => number,
): RecentPeople {
  const cached = <T>(find: (id: string) => Promise<T | null>): RecentCache<T> =>
    createRecentCache<T>({
      load: (id) => gate.attempt(() => find(id)),
      now,
      freshMs: FRESH_MS,
      outageMs: OUTAGE_MEMORY_MS,
      maxEntries: MAX_CACHED,
    })
  const { apiKeys, brands, accountManagers, people, sessions } = store
  return {
    keys: cached((keyId) => apiKeys.find(keyId)),
    brands: cached((brandId) => brands.find(EVERYTHING, brandId)),
    managers: cached((accountManagerId) => accountManagers.find(accountManagerId)),
    persons: cached((personId) => people.find(personId)),
    sessions: cached((hash) => sessions.find(hash)),
  }
}
