/** How long to pause between repetitions: from `firstMs`, doubling, up to `longestMs`. */
export interface Backoff {
  firstMs: number
  longestMs: number
}

/**
 * The pause (ms) before repetition `n`, counted from 0, moved by up to a quarter either way. What
 * failed together does not come back together: the same `seed` and `n` give the same pause, so that
 * a workflow replays, and other seeds give others.
 */
export function pauseMs({ firstMs, longestMs }: Backoff, n: number, seed: string): number {
  const evenMs = Math.min(firstMs * 2 ** Math.min(n, 40), longestMs)
  return Math.max(1, Math.round(evenMs * (0.75 + fraction(`${seed}:${n}`) / 2)))
}

/** A number from 0 to below 1 that looks random and depends on the text alone (FNV-1a, 32 bit). */
function fraction(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  // Texts that differ in their last character only would stay near to each other.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}
