import { type Progress, secondsSince } from '../provision/progress.js'
import type { StackOptions, StackProcessName } from '../stack.js'
import type { ProcessName } from '../stack/node-processes.js'

/** A process that ends more often than this is not brought back by starting it once more. */
const MAX_STARTS = 10

/**
 * For a stack whose processes are to be started again when they end by themselves, as an
 * orchestrator does it beyond one machine. Every end and every return is reported; `onLost` gets
 * the reason when a process is given up.
 */
export function reviver(
  progress: Progress,
  onLost: (name: StackProcessName, reason: string) => void,
): NonNullable<StackOptions<ProcessName>['onUnexpectedExit']> {
  const starts = new Map<StackProcessName, number>()

  return (name, reason, handle) => {
    const endedAtMs = performance.now()
    progress.report(name, `ended (${reason}), is started again`)
    const revive = async (why: string): Promise<void> => {
      const count = (starts.get(name) ?? 0) + 1
      starts.set(name, count)
      if (count > MAX_STARTS) return onLost(name, why)
      try {
        await handle.restart()
        progress.report(name, `running again (${secondsSince(endedAtMs)})`)
      } catch (error) {
        await revive(error instanceof Error ? error.message : String(error))
      }
    }
    void revive(reason)
  }
}
