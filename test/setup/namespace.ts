import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { until } from '../../local/until.js'
import { registerWithTemporal } from '../../worker/migrate/register.js'
import { temporalAddress } from './environment.js'

const USABLE = { withinMs: 30_000, everyMs: 100 }

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
  const client = new Client({ connection, namespace })
  let failure = ''
  // The server's frontends learn of a new namespace a little later.
  const register = () =>
    registerWithTemporal(client, 3_600_000).then(
      () => true,
      (error: unknown) => {
        failure = String(error)
        return false
      },
    )
  await until('the namespace is usable', register, { ...USABLE, standing: () => failure })
  return { namespace, connection, client }
}
