import { Connection } from '@temporalio/client'
import { MINUTE_MS } from '../domain/calendar.js'
import { readCliConfig } from '../platform/config.js'
import { createLogger } from '../platform/logger.js'
import { migrate } from '../store/migrate.js'
import { registerWithTemporal } from './register.js'

// Run once before a new version starts: indexes in MongoDB, search attributes and the reconciler's
// schedule in Temporal. Doing it again changes nothing.

const config = readCliConfig()
const logger = createLogger('migrate', config.LOG_LEVEL)
const connection = await Connection.connect({ address: config.TEMPORAL_ADDRESS })
try {
  await migrate({ uri: config.MONGODB_URI })
  await registerWithTemporal(connection, config.TEMPORAL_NAMESPACE, 5 * MINUTE_MS)
  logger.info('database and namespace are ready')
} finally {
  await connection.close()
}
