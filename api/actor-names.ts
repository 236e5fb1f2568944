import type { Actor } from '../domain/case-state.js'
import { parseRecipient } from '../domain/recipients.js'
import {
  type AccountManager,
  type AdminRepository,
  type ApiKey,
  type Brand,
  EVERYTHING,
} from '../store/store.js'
import { OUTAGE_MEMORY_MS } from './authenticate.js'
import { type DatabaseGate, DatabaseUnavailable } from './outage.js'
import { createRecentCache } from './recent-cache.js'
import type { Names, Reader } from './schemas/actor.js'

/** Names change seldom, and a name of a minute ago misleads nobody. */
const FRESH_MS = 60_000
const MAX_CACHED = 10_000

/** The names of those who acted, by id, as `reader` may see them. */
export type NamesOf = (
  reader: Reader,
  actors: readonly Pick<Actor, 'role' | 'id'>[],
) => Promise<Names>

/**
 * Looks up keys, contacts and account managers, and remembers them for a while. Who is deleted has no
 * name. Monitors are shown none; brands none that is an address, as a key's name may be one.
 */
export function createNamesOf(
  admin: Pick<AdminRepository, 'apiKey' | 'brand' | 'accountManager'>,
  gate: DatabaseGate,
  now: () => number,
): NamesOf {
  const cached = <T>(load: (id: string) => Promise<T | null>) =>
    createRecentCache<T>({
      load: (id) => gate.attempt(() => load(id)),
      now,
      freshMs: FRESH_MS,
      outageMs: OUTAGE_MEMORY_MS,
      maxEntries: MAX_CACHED,
    })
  const keys = cached<Pick<ApiKey, 'name'>>(admin.apiKey)
  const brands = cached<Pick<Brand, 'contacts'>>((id) => admin.brand(EVERYTHING, id))
  const managers = cached<Pick<AccountManager, 'name'>>((id) => admin.accountManager(id))

  const nameOf = async (id: string): Promise<string | undefined> => {
    const recipient = parseRecipient(id)
    if (recipient === null) return (await keys.get(id))?.name
    if (recipient.kind === 'onCall') return undefined
    if (recipient.kind === 'staff') return (await managers.get(recipient.accountManagerId))?.name
    const brand = await brands.get(recipient.brandId)
    return brand?.contacts.find(({ contactId }) => contactId === recipient.contactId)?.name
  }

  return async (reader, actors) => {
    const acting = actors.filter(({ role }) => role !== 'system')
    const ids = reader === 'monitor' ? [] : [...new Set(acting.map(({ id }) => id))]
    const named = await Promise.all(
      ids.map(async (id) => [id, await nameOf(id).catch(nameless)] as const),
    )
    return new Map(
      named.flatMap(([id, name]) => {
        const isShown = name !== undefined && (reader === 'staff' || !name.includes('@'))
        return isShown ? [[id, name]] : []
      }),
    )
  }
}

/** A case can be read without names. */
function nameless(error: unknown): undefined {
  if (!(error instanceof DatabaseUnavailable)) throw error
}
