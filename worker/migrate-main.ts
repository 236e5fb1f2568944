import { readCliConfig } from '../platform/config.js'
import { makeCurrent } from '../platform/current-version.js'
import { createLogger } from '../platform/logger.js'
import { startStep } from '../platform/start-step.js'
import { createTemporalClient } from '../platform/temporal-client.js'
import { explained } from '../platform/temporal-trouble.js'
import { migrate } from '../store/migrate.js'
import { registerWithTemporal } from './register.js'

// Run once before a new version starts: indexes in MongoDB; search attributes, the reconciler's
// schedule and the current version of the workers in Temporal. Doing it again changes nothing.

const config = await startStep(readCliConfig)
const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = config
const logger = createLogger('migrate', config.LOG_LEVEL)
await startStep(
  () => migrate({ uri: config.MONGODB_URI }),
  'MongoDB cannot be migrated; start it, or set MONGODB_URI',
)
const temporal = await startStep(() => createTemporalClient(config))
await startStep(() => temporal.connection.ensureConnected().catch(explained(config)))
await startStep(
  () => registerWithTemporal(temporal),
  `The namespace ${namespace} at ${address} cannot be used; create it, or set TEMPORAL_NAMESPACE`,
)
const previous = await startStep(
  () => makeCurrent(temporal, config.BUILD_ID),
  `The workers of ${config.BUILD_ID} cannot be made the current ones`,
)
await temporal.connection.close()
logger.info({ buildId: config.BUILD_ID, previous }, 'database and namespace are ready')
