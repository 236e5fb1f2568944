import { sleep } from '@temporalio/activity'

/** Lets callers go on at most so often a second, evenly. */
export function paced(perSecond: number): () => Promise<void> {
  let freeAt = 0
  return async () => {
    const now = Date.now()
    const at = Math.max(now, freeAt)
    freeAt = at + 1_000 / perSecond
    if (at > now) await sleep(at - now)
  }
}
