import { access, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { WorkflowHandle } from '@temporalio/client'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { DEFAULT_POLICY, RULES_VERSION, type SeverityPolicy } from '../../domain/brand/policy.js'
import { REPOSITORY_DIR } from '../../local/provision/context.js'
import startServers from '../setup/servers.js'
import { startService } from '../setup/service.js'
import stopServers from '../setup/stop-servers.js'
import { makeDoors } from './shape.js'
import { SHAPES } from './shapes.js'

// Records one history of every shape of `shapes.ts` on the real server, by the release and the rules
// that wrote it, for test/workflows/replay.test.ts:
//   node --import tsx test/histories/record.ts <release> [<shape>…]
// What was recorded is never overwritten: open cases still replay it.

const [release, ...only] = process.argv.slice(2)
if (!release || !/^\d+\.\d+\.\d+$/.test(release) || only.some((name) => !SHAPES[name])) {
  const names = Object.keys(SHAPES).join(', ')
  throw new Error(`usage: node --import tsx test/histories/record.ts 0.1.0 [shapes of: ${names}]`)
}

const short = (policy: SeverityPolicy): SeverityPolicy => ({
  ...policy,
  brand: { windowMs: 4_000, time: 'clock', remindersMs: [1_500] },
  accountManager: { windowMs: 2_000, time: 'clock', remindersMs: [] },
  lead: policy.lead && { windowMs: 2_000, time: 'clock', remindersMs: [] },
})
const { S1, S2, S3, S4 } = DEFAULT_POLICY.severities
const policy = {
  ...DEFAULT_POLICY,
  severities: { S1: short(S1), S2: short(S2), S3: short(S3), S4: short(S4) },
  coolingOffMs: { single: 0, bulk: 1_500 },
  takedownBudgetMs: 3_000,
}

await startServers()
try {
  for (const [name, shape] of Object.entries(SHAPES)) {
    if (only.length > 0 && !only.includes(name)) continue
    const doors = await makeDoors()
    const service = await startService({ brand: { policy }, ...shape.options?.(doors) })
    try {
      for (const [run, handle] of Object.entries(await shape.play(service, doors))) await save(run, handle)
    } finally {
      await service.stop()
      await doors.connection.close()
      await doors.digests.shut()
    }
  }
} finally {
  await stopServers()
}

async function save(run: string, handle: WorkflowHandle): Promise<void> {
  const name = `${release}-rules${RULES_VERSION}.${run}.json`
  const file = path.join(import.meta.dirname, name)
  const isKept = await access(file).then(
    () => true,
    () => false,
  )
  if (isKept) return console.log(`${name}: kept as it was`)
  const json = historyToJSON(await handle.fetchHistory())
  // Stack traces of failed attempts name the files of this machine.
  const text = JSON.stringify(JSON.parse(json)).replaceAll(`${REPOSITORY_DIR}/`, '')
  await writeFile(file, `${text}\n`)
  console.log(`${name}: recorded`)
}
