import { CALL_TIMEOUT_MS } from '../case-gateway.js'

/** A worker that runs answers within milliseconds. */
const IMPATIENT_MS = 250

/** Keeps a batch from waiting in full for every item while no worker answers. */
export interface BatchPatience {
  /** How long the next item may wait for its answer. */
  timeoutMs(): number
  /** An item was not answered in time. */
  lose(): void
}

export function createBatchPatience(): BatchPatience {
  let timeoutMs = CALL_TIMEOUT_MS
  return {
    timeoutMs: () => timeoutMs,
    lose() {
      timeoutMs = IMPATIENT_MS
    },
  }
}
