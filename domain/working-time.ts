/** A half-open span of UTC instants in epoch ms: `[startMs, endMs)`. */
export type Interval = readonly [startMs: number, endMs: number]

/**
 * The instant at which `durationMs` of working time has passed since `startMs`.
 * `intervals` are the owner's working spans in ascending order; `null` means by the clock.
 * Beyond the last interval time counts by the clock, so that a deadline always exists.
 */
export function addWorkingTime(
  startMs: number,
  durationMs: number,
  intervals: readonly Interval[] | null,
): number {
  if (intervals === null) return startMs + durationMs
  let remainingMs = durationMs
  let atMs = startMs
  for (const [fromMs, toMs] of intervals) {
    if (toMs <= atMs) continue
    atMs = Math.max(atMs, fromMs)
    const availableMs = toMs - atMs
    if (remainingMs <= availableMs) return atMs + remainingMs
    remainingMs -= availableMs
    atMs = toMs
  }
  return atMs + remainingMs
}
