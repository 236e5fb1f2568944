import { type Client, NamespaceNotFoundError } from '@temporalio/client'
import { createTemporalClient } from '../platform/temporal-client.js'
import { configurationOf } from './configuration.js'
import { CommandError, EXIT, usageError } from './exit.js'
import type { Io } from './io.js'

const CONNECT_MS = 5_000

/** Lets `action` use Temporal. Throws `unreachable` when it does not answer. */
export async function withTemporal<T>(
  io: Pick<Io, 'env'>,
  action: (client: Client) => Promise<T>,
): Promise<T> {
  const config = configurationOf(io)
  const client = createTemporalClient(config)
  const { connection } = client
  try {
    await connection
      .withDeadline(Date.now() + CONNECT_MS, () => connection.ensureConnected())
      .catch((cause: unknown) => {
        throw new CommandError(
          EXIT.unreachable,
          `Temporal does not answer at ${config.TEMPORAL_ADDRESS}. Is TEMPORAL_ADDRESS right?`,
          { cause },
        )
      })
    return await action(client).catch((cause: unknown) => {
      if (!(cause instanceof NamespaceNotFoundError)) throw cause
      throw usageError(
        `Temporal at ${config.TEMPORAL_ADDRESS} has no namespace "${config.TEMPORAL_NAMESPACE}". ` +
          'Is TEMPORAL_NAMESPACE right?',
        cause,
      )
    })
  } finally {
    await connection.close()
  }
}
