import { command } from './command.js'

const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => interrupted.abort(new Error(`stopped by ${signal}`)))
}

process.exitCode = await command(process.argv.slice(2), process, interrupted.signal)
