// Runs a server that knows nothing of its supervisor, and ends it when the supervisor is gone:
// the IPC channel closes even after kill -9. Plain JavaScript, so that it starts at once.
// Usage: node guard.mjs <program> <arguments…>, spawned with an IPC channel.
import { spawn } from 'node:child_process'

const killAfterMs = 5_000
const [program, ...args] = process.argv.slice(2)
const server = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] })

server.once('spawn', () => process.send?.({ pid: server.pid }))
server.once('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
server.once('exit', (code, signal) => {
  console.error(`${program} ended: ${signal ?? `exit code ${code}`}`)
  if (signal === null) process.exit(code)
  // Ends as the server did, so that whoever waits for us learns by what.
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
})
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => server.kill('SIGTERM'))
}
process.once('disconnect', () => {
  server.kill('SIGTERM')
  setTimeout(() => server.kill('SIGKILL'), killAfterMs)
})
