import path from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { openFloorEffects } from './activities.js'
import { FLOOR_MARKETPLACE_QUEUE, FLOOR_QUEUE } from './workflow.js'

// The worker of the floor, a process of its own like that of the cases.

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: ['SIGTERM'] })
const { TEMPORAL_ADDRESS: address = '', TEMPORAL_NAMESPACE: namespace = '' } = process.env
const clientConnection = await Connection.connect({ address })
const connection = await NativeConnection.connect({ address })
const temporal = new Client({ connection: clientConnection, namespace })
const effects = await openFloorEffects(temporal, process.env)
const workers = [
  await Worker.create({
    connection,
    namespace,
    taskQueue: FLOOR_QUEUE,
    workflowsPath: path.join(import.meta.dirname, 'workflow.ts'),
    activities: effects.cases,
  }),
  await Worker.create({
    connection,
    namespace,
    taskQueue: FLOOR_MARKETPLACE_QUEUE,
    activities: effects.marketplace,
  }),
]
process.once('disconnect', () => process.exit(0))
const running = Promise.all(workers.map((worker) => worker.run()))
process.send?.('ready')
await running
await effects.close()
await Promise.all([connection.close(), clientConnection.close()])
process.disconnect()
