// jest loads setup and teardown as modules of their own: what they share is on the process.
const key = Symbol.for('joint-force.test-servers')
const shared = globalThis as { [key]?: () => Promise<void> }

/** Remembers how to stop what the global setup started. */
export function keepForTeardown(stop: () => Promise<void>): void {
  shared[key] = stop
}

/** Stops what the global setup started. */
export async function stopRunning(): Promise<void> {
  await shared[key]?.()
}
