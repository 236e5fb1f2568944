import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { provisionCompiled } from '../../local/provision/compiled.js'
import { provisionContext, REPOSITORY_DIR } from '../../local/provision/context.js'
import { isAlive } from '../../local/provision/lock.js'
import { lineProgress } from '../../local/provision/progress.js'
import { provisionTimeSkippingServer } from '../../local/provision/time-skipping-server.js'
import { startStack } from '../../local/stack.js'
import { freePorts } from '../../local/stack/ports.js'
import { keepForTeardown } from './running.js'

const dataRoot = path.join(REPOSITORY_DIR, '.data')
const dataPrefix = 'test-'

/**
 * Starts the servers of a test run, or uses those that `JOINT_FORCE_TEMPORAL_ADDRESS` and
 * `JOINT_FORCE_MONGODB_URI` name.
 */
export default async function startServers(): Promise<void> {
  await removeAbandonedData()
  const progress = lineProgress((line) => process.stderr.write(`${line}\n`))
  const dataDir = path.join(dataRoot, `${dataPrefix}${process.pid}`)
  const context = provisionContext({ progress })
  const programs = Promise.all([provisionTimeSkippingServer(context), provisionCompiled(context)])
  const starting = startStack({
    dataDir,
    ports: await freePorts(),
    processes: [],
    temporalUi: false,
    onProgress: progress,
  })
  const [provisioned, running] = await Promise.allSettled([programs, starting])
  if (running.status === 'rejected') throw running.reason
  const stack = running.value
  if (provisioned.status === 'rejected') {
    await stack.stop()
    throw provisioned.reason
  }
  const [timeSkippingServer, compiled] = provisioned.value
  process.env['TEST_TEMPORAL_ADDRESS'] = stack.urls.temporalAddress
  process.env['TEST_TEMPORAL_NAMESPACE'] = stack.env['TEMPORAL_NAMESPACE']
  process.env['TEST_MONGODB_URI'] = stack.urls.mongodb
  process.env['TEST_DATA_DIR'] = dataDir
  process.env['TEST_TIME_SKIPPING_SERVER'] = timeSkippingServer
  process.env['TEST_WORKFLOW_BUNDLE'] = compiled.workflowBundle
  keepForTeardown(async () => {
    await stack.stop()
    await rm(dataDir, { recursive: true, force: true })
  })
}

/** Runs that were killed could not remove their data. */
async function removeAbandonedData(): Promise<void> {
  await mkdir(dataRoot, { recursive: true })
  for (const name of await readdir(dataRoot)) {
    const pid = name.startsWith(dataPrefix) ? Number(name.slice(dataPrefix.length)) : Number.NaN
    if (Number.isInteger(pid) && !isAlive(pid))
      await rm(path.join(dataRoot, name), { recursive: true, force: true })
  }
}
