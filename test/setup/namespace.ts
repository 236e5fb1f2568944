import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { registerWithTemporal } from '../../worker/register.js'
import { temporalAddress } from './environment.js'

const USABLE_WITHIN_MS = 30_000

export interface OwnNamespace {
  namespace: string
  connection: Connection
  client: Client
}

/** A namespace of its own on the run's Temporal server, so that test files do not share workers. */
export async function openNamespace(): Promise<OwnNamespace> {
  const namespace = `test-${randomUUID()}`
  const connection = await Connection.connect({ address: temporalAddress() })
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  })
  const deadline = Date.now() + USABLE_WITHIN_MS
  for (;;) {
    try {
      await registerWithTemporal(connection, namespace, 3_600_000)
      return { namespace, connection, client: new Client({ connection, namespace }) }
    } catch (error) {
      // The server's frontends learn of a new namespace a little later.
      if (Date.now() > deadline) throw error
      await setTimeout(100)
    }
  }
}
