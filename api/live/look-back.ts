import type { LiveCases, SavedCase } from '../../store/store.js'

/** More is not worth telling: reading everything again costs less. */
const MAX_CASES = 10_000
const MAX_MS = 10_000

/** What was saved in a stretch of the past. */
export interface LookedBack {
  cases: SavedCase[]
  /** `null` where `cases` is all; else the reading was given up after this token. */
  givenUpAt: string | null
}

/** What was saved after `token` and up to `end`. Throws what `SavedCases.next` throws. */
export async function lookBack(live: LiveCases, token: string, end: string): Promise<LookedBack> {
  const givenUpAtMs = performance.now() + MAX_MS
  const source = await live.watch(token)
  try {
    const cases: SavedCase[] = []
    for (;;) {
      const saved = await source.next()
      if (saved && saved.token <= end) cases.push(saved)
      if (source.token() >= end) return { cases, givenUpAt: null }
      if (cases.length >= MAX_CASES || performance.now() > givenUpAtMs) {
        return { cases: [], givenUpAt: source.token() }
      }
    }
  } finally {
    await source.close()
  }
}
