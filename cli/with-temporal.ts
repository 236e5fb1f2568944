import { type Client, NamespaceNotFoundError } from '@temporalio/client'
import { messageOf } from '../platform/message-of.js'
import { createTemporalClient } from '../platform/temporal-client.js'
import { whyNoTemporal } from '../platform/temporal-trouble.js'
import type { CliConfig } from '../platform/config.js'
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
  const client = temporalClientOf(config)
  const { connection } = client
  try {
    await connection
      .withDeadline(Date.now() + CONNECT_MS, () => connection.ensureConnected())
      .catch(async (cause: unknown) => {
        throw new CommandError(EXIT.unreachable, await whyNoTemporal(config, cause), { cause })
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

/** A client after the configuration. Throws a usage error when a file of it cannot be read. */
export function temporalClientOf(config: CliConfig): Client {
  try {
    return createTemporalClient(config)
  } catch (error) {
    throw usageError(messageOf(error), error)
  }
}
