import { provisionCompiled } from '../../local/provision/compiled.js'
import { provisionContext } from '../../local/provision/context.js'
import { nodeArguments } from '../../local/stack/node-processes.js'

/** This checkout's code, as the programs that a test starts run it. */
export const compiled = await provisionCompiled(provisionContext())

/** What Node.js is called with to run a program of ours. */
export function programArguments(entry: string, ...args: string[]): string[] {
  return nodeArguments(compiled, entry, args)
}
