import { setTimeout as delay } from 'node:timers/promises'

/** How long and how often to look, in ms; `standing` says in the error how far it got. */
export interface UntilOptions {
  withinMs: number
  everyMs?: number
  standing?: () => string
}

/**
 * Looks again and again until `look` gives something, and resolves to that; `null`, `undefined` and
 * `false` are nothing yet. Throws an error that names `what` when it does not come within its time.
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  { withinMs, everyMs = 50, standing }: UntilOptions,
): Promise<Exclude<T, null | undefined | false>> {
  const deadlineMs = performance.now() + withinMs
  for (;;) {
    const found = await look()
    if (isThere(found)) return found
    if (performance.now() > deadlineMs) {
      const stands = standing ? `; ${standing()}` : ''
      throw new Error(`Not within ${withinMs / 1000} s: ${what}${stands}`)
    }
    await delay(everyMs)
  }
}

function isThere<T>(found: T): found is Exclude<T, null | undefined | false> {
  return found !== null && found !== undefined && found !== false
}
