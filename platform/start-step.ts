import { messageOf } from './message-of.js'

/**
 * The result of a step without which a process cannot start. When it fails, the process ends with
 * exit code 1 and a message that begins with `remedy`: a stack says nothing to whoever has to set a
 * variable or start a server.
 */
export async function startStep<T>(step: () => T | Promise<T>, remedy?: string): Promise<T> {
  try {
    return await step()
  } catch (error) {
    process.stderr.write(`${remedy === undefined ? '' : `${remedy}: `}${messageOf(error)}\n`)
    process.exit(1)
  }
}
