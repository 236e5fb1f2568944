import path from 'node:path'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { BARE_MARKETPLACE_QUEUE, BARE_QUEUE } from './workflow.js'

// The worker of the bare workflows, a process of its own like that of the cases.

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: ['SIGTERM'] })
const connection = await NativeConnection.connect({
  address: process.env['TEMPORAL_ADDRESS'] ?? '',
})
const common = {
  connection,
  namespace: process.env['TEMPORAL_NAMESPACE'] ?? '',
  activities: { doNothing: async () => undefined },
}
const workers = [
  await Worker.create({
    ...common,
    taskQueue: BARE_QUEUE,
    workflowsPath: path.join(import.meta.dirname, 'workflow.ts'),
  }),
  await Worker.create({ ...common, taskQueue: BARE_MARKETPLACE_QUEUE }),
]
process.once('disconnect', () => process.exit(0))
const running = Promise.all(workers.map((worker) => worker.run()))
process.send?.('ready')
await running
await connection.close()
process.disconnect()
