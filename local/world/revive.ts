import { messageOf } from '../../platform/message-of.js'
import { type Progress, secondsSince } from '../provision/progress.js'
import type { StackOptions, StackProcessName } from '../stack.js'
import type { ProcessHandle } from '../stack/supervise.js'
import type { ProcessName } from '../stack/node-processes.js'

/** One that fails to start so often in a row is not brought back by starting it once more. */
const MAX_ATTEMPTS = 5

/**
 * For a stack whose processes are to be started again when they end by themselves, as an
 * orchestrator does it beyond one machine. Every end and every return is reported; `onLost` gets
 * the reason when a process is given up.
 */
export function reviver(
  progress: Progress,
  onLost: (name: StackProcessName, reason: string) => void,
): NonNullable<StackOptions<ProcessName>['onUnexpectedExit']> {
  return (name, reason, handle) => {
    const endedAtMs = performance.now()
    progress.report(name, `ended (${reason}), is started again`)
    void startAgain(handle).then((failure) => {
      if (failure === null) progress.report(name, `running again (${secondsSince(endedAtMs)})`)
      else onLost(name, failure)
    })
  }
}

/** Why it could not be started, in the end; `null` when it runs. */
async function startAgain(handle: ProcessHandle): Promise<string | null> {
  let failure = ''
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    try {
      await handle.restart()
      return null
    } catch (error) {
      failure = messageOf(error)
    }
  }
  return failure
}
