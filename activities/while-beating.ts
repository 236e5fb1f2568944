import { heartbeat } from '@temporalio/activity'

const HEARTBEAT_EVERY_MS = 2_000

/**
 * Runs `work` while telling Temporal that this worker lives, so that the activity of a killed
 * worker starts again after its heartbeat timeout instead of its longest possible duration.
 * `details` are what the next attempt finds of this one.
 */
export async function whileBeating<T>(work: () => Promise<T>, details?: unknown): Promise<T> {
  const beating = setInterval(() => heartbeat(details), HEARTBEAT_EVERY_MS)
  try {
    return await work()
  } finally {
    clearInterval(beating)
  }
}
