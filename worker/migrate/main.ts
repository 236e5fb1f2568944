import { KNOWLEDGE, usedOf } from '../../domain/release/release.js'
import { readMigrateConfig } from '../../platform/config.js'
import { makeCurrent } from '../../platform/current-version.js'
import { createLogger } from '../../platform/logger.js'
import { startStep } from '../../platform/start-step.js'
import { createTemporalClient } from '../../platform/temporal-client.js'
import { explained } from '../../platform/temporal-trouble.js'
import { createStore } from '../../store/create-store.js'
import { migrate } from '../../store/migrate.js'
import { registerWithTemporal } from './register.js'
import { assertKnown } from '../release-in-use.js'

// Run once before a new version starts: indexes in MongoDB, and what it needs of later releases; search attributes, the reconciler's
// schedule and the current version of the workers in Temporal. Doing it again changes nothing.

const config = await startStep(readMigrateConfig)
const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = config
const logger = createLogger('migrate', config.LOG_LEVEL)
const store = createStore({ uri: config.MONGODB_URI })
const mayBeAtWork = async () => assertKnown(await store.releases.inUse())
const cannotMigrate = 'MongoDB cannot be migrated; start it, or set MONGODB_URI'
const inUse = await startStep(() => store.releases.inUse(), cannotMigrate)
await startStep(() => assertKnown(inUse))
await startStep(() => migrate({ uri: config.MONGODB_URI }), cannotMigrate)
const temporal = await startStep(() => createTemporalClient(config))
await startStep(() => temporal.connection.ensureConnected().catch(explained(config)))
await startStep(
  () => registerWithTemporal(temporal),
  `The namespace ${namespace} at ${address} cannot be used; create it, or set TEMPORAL_NAMESPACE`,
)
const leftOff = { patchesOff: config.patchesOff, newCaseRules: config.newCaseRules }
// First what is needed, then those who will need it.
await startStep(async () =>
  assertKnown(
    await store.releases.take(
      { ...usedOf(KNOWLEDGE, leftOff), ...leftOff, buildId: config.BUILD_ID },
      KNOWLEDGE,
    ),
  ),
)
const previous = await startStep(
  () => makeCurrent(temporal, config.BUILD_ID, mayBeAtWork),
  `The workers of ${config.BUILD_ID} cannot be made the current ones`,
)
await Promise.all([temporal.connection.close(), store.close()])
logger.info({ buildId: config.BUILD_ID, previous }, 'database and namespace are ready')
