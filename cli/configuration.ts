import { type CliConfig, readCliConfig } from '../platform/config.js'
import { messageOf } from '../platform/message-of.js'
import { usageError } from './exit.js'
import type { Io } from './io.js'

/** The configuration of the commands that go past the API. Throws a usage error. */
export function configurationOf({ env }: Pick<Io, 'env'>): CliConfig {
  try {
    return readCliConfig({ ...env })
  } catch (error) {
    throw usageError(messageOf(error), error)
  }
}
