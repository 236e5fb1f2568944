import type { SavedCase } from '../../store/store.js'

/** How many are kept for readers who come back. */
const MAX_KEPT = 10_000

/** What was told lately, for readers who go on from where another stream ended. */
export interface RecentCases {
  /** Everything saved after this token is here. */
  from(): string
  add(cases: readonly SavedCase[]): void
  /** Puts in front what was saved after `token` and up to `from()`. */
  addEarlier(cases: readonly SavedCase[], token: string): void
  /** Everything saved after `token`, which is no earlier than `from()`. */
  after(token: string): SavedCase[]
  /** Forgets the oldest of too many. */
  trim(): void
}

/** Nothing yet: all that is saved after `token` will be added. */
export function createRecentCases(token: string): RecentCases {
  let from = token
  let kept: SavedCase[] = []
  return {
    from: () => from,
    add(cases) {
      kept = kept.concat(cases)
    },
    addEarlier(cases, earlier) {
      kept = [...cases, ...kept]
      from = earlier
    },
    after: (after) => kept.filter((saved) => saved.token > after),
    trim() {
      const forgotten = kept[kept.length - MAX_KEPT - 1]
      if (!forgotten) return
      from = forgotten.token
      kept = kept.slice(-MAX_KEPT)
    },
  }
}
