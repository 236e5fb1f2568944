import { DatabaseUnavailable } from '../outage.js'

/** Looks things up by id; what was seen lately may be used, and a little longer during an outage. */
export interface RecentCache<T> {
  get(id: string): Promise<T | null>
  /** What was seen lately, without looking; `null` if nothing was. */
  seen(id: string): T | null
  /** To be looked up anew: it was changed here. */
  forget(id: string): void
}

interface Entry<T> {
  value: T | null
  loadedAt: number
}

/**
 * @param load gives the present value; throws `DatabaseUnavailable` during an outage
 * @param freshMs how long a value is used without looking
 * @param outageMs how old a value may be that is used because the database does not answer
 */
export function createRecentCache<T>(options: {
  load: (id: string) => Promise<T | null>
  now: () => number
  freshMs: number
  outageMs: number
  maxEntries: number
}): RecentCache<T> {
  const { load, now, freshMs, outageMs, maxEntries } = options
  const entries = new Map<string, Entry<T>>()
  const loading = new Map<string, Promise<T | null>>()

  const remember = (id: string, entry: Entry<T>) => {
    entries.delete(id)
    entries.set(id, entry)
    const [oldest] = entries.keys()
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest)
  }

  const loadOnce = (id: string): Promise<T | null> => {
    const running = loading.get(id)
    if (running) return running
    // Counted from before the look-up, so that a revocation during it is seen in time.
    const loadedAt = now()
    const promise = load(id)
      .then((value) => {
        if (loading.get(id) === promise) remember(id, { value, loadedAt })
        return value
      })
      .finally(() => {
        if (loading.get(id) === promise) loading.delete(id)
      })
    loading.set(id, promise)
    return promise
  }

  return {
    forget(id) {
      entries.delete(id)
      loading.delete(id)
    },
    seen(id) {
      const entry = entries.get(id)
      return entry && now() - entry.loadedAt < outageMs ? entry.value : null
    },
    async get(id) {
      const entry = entries.get(id)
      if (entry && now() - entry.loadedAt < freshMs) return entry.value
      try {
        return await loadOnce(id)
      } catch (error) {
        const usable = entry && now() - entry.loadedAt < outageMs
        if (error instanceof DatabaseUnavailable && usable) return entry.value
        throw error
      }
    },
  }
}
