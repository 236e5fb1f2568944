import { CommanderError } from 'commander'
import { provisionContext } from '../../local/provision/context.js'
import { lineProgress } from '../../local/provision/progress.js'
import { portsFromEnv } from '../../local/stack/ports.js'
import { claimDataDir, dataDirOf } from '../../local/world/data-dir.js'
import { messageOf } from '../../platform/message-of.js'
import type { Figures } from './figures.js'
import { type BenchOptions, parseOptions } from './options.js'
import {
  startTemporalOnPostgresql,
  type TemporalOnPostgresql,
} from './postgresql/temporal-on-postgresql.js'
import { report } from './report.js'
import { run, serverPorts } from './run.js'

// npm run bench: measures the service on this machine; docs/performance.md says what and how.

let temporal: TemporalOnPostgresql | null = null
const endBy = async (exitCode: number) => {
  await temporal?.stop()
  process.exit(exitCode)
}
process.once('SIGINT', () => void endBy(130))
process.once('SIGTERM', () => void endBy(143))

try {
  const options = parseOptions(process.argv.slice(2))
  const figures = await measure(options)
  console.log(`\n${report(figures)}`)
  if (options.json) console.log(JSON.stringify(figures))
  const { lost = 0, doubled = 0 } = figures.batch ?? {}
  if (lost + doubled + (figures.live?.untold ?? 0) > 0) process.exitCode = 1
} catch (error) {
  if (!(error instanceof CommanderError)) console.error(messageOf(error))
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1
}

async function measure(options: BenchOptions): Promise<Figures> {
  const progress = lineProgress((line) => process.stderr.write(`${line}\n`))
  const dataDir = dataDirOf('bench')
  const ports = portsFromEnv(process.env, 'bench')
  await claimDataDir(dataDir)
  if (options.temporal === 'postgresql') {
    temporal = await startTemporalOnPostgresql({
      context: provisionContext({ progress }),
      dataDir: dataDirOf('bench-temporal'),
      ports: serverPorts(ports),
    })
  }
  try {
    return await run({ options, dataDir, ports, progress, temporal })
  } finally {
    await temporal?.stop()
  }
}
