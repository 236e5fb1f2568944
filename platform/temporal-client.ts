import { Client, Connection } from '@temporalio/client'

/** A client that connects on first use, so that a process starts while Temporal is still away. */
export function createTemporalClient(config: {
  TEMPORAL_ADDRESS: string
  TEMPORAL_NAMESPACE: string
}): Client {
  const connection = Connection.lazy({ address: config.TEMPORAL_ADDRESS })
  return new Client({ connection, namespace: config.TEMPORAL_NAMESPACE })
}
