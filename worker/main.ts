import { NativeConnection, Runtime, type Worker } from '@temporalio/worker'
import { collectDefaultMetrics, register } from 'prom-client'
import { createMarketplaces, readMarketplacesFile, withTokens } from '../marketplaces/registry.js'
import { createMailTransport } from '../notifications/mail-transport.js'
import { createWebhookSender } from '../notifications/webhook-sender.js'
import { dispatchWebhooks } from '../activities/webhook/dispatch-webhooks.js'
import { createAdminServer } from '../platform/admin-server.js'
import { originsOf, readWorkerConfig } from '../platform/config.js'
import { createLogger } from '../platform/logger.js'
import { RELEASE } from '../platform/release.js'
import { createSecretBox } from '../platform/secret-box.js'
import { onShutdown } from '../platform/shutdown.js'
import { startStep } from '../platform/start-step.js'
import {
  createTemporalClient,
  payloadCodecs,
  temporalConnection,
} from '../platform/temporal-client.js'
import { explained } from '../platform/temporal-trouble.js'
import { createStore } from '../store/create-store.js'
import { createWorkers } from './create-workers.js'
import { releaseInUse } from './release-in-use.js'
import { TemporalLogger } from './temporal-logger.js'

const PROBE_MS = 2_000

const config = await startStep(readWorkerConfig)
const logger = createLogger('worker', config.LOG_LEVEL)
const { TEMPORAL_METRICS_ADDRESS: bindAddress } = config
Runtime.install({
  logger: new TemporalLogger(logger),
  shutdownSignals: [],
  ...(bindAddress ? { telemetryOptions: { metrics: { prometheus: { bindAddress } } } } : {}),
})
collectDefaultMetrics()

const marketplaceConfigs = await startStep(async () =>
  withTokens(await readMarketplacesFile(config.MARKETPLACES_FILE), process.env),
)
const marketplaces = createMarketplaces(marketplaceConfigs)
const store = createStore({ uri: config.MONGODB_URI })
const mail = createMailTransport({
  smtpUrl: config.SMTP_URL,
  from: config.MAIL_FROM,
  messageIdDomain: new URL(config.PUBLIC_URL).hostname,
})
const webhooks = createWebhookSender({
  localOrigins: originsOf(config.WEBHOOK_LOCAL_ORIGINS),
  userAgent: `Joint-Force/${RELEASE}`,
})
const secretBox = createSecretBox(config.secrets.webhookKeys, 'WEBHOOK_SECRET_KEYS')
const temporal = await startStep(() => createTemporalClient(config))
const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = config
const connection = await startStep(() =>
  NativeConnection.connect(temporalConnection(config)).catch(explained(config)),
)
await startStep(
  () => temporal.workflow.count(),
  `The namespace ${namespace} at ${address} cannot be used; create it, or set TEMPORAL_NAMESPACE`,
)

let workers: Worker[] = []
const admin = createAdminServer({
  checks: {
    workers: async () => {
      if (workers.length === 0) throw new Error('it waits for migrate, or for MongoDB')
      const stopped = workers.find((worker) => worker.getState() !== 'RUNNING')
      if (stopped) throw new Error(`worker ${stopped.options.taskQueue} is ${stopped.getState()}`)
    },
    temporal: () =>
      temporal.withDeadline(Date.now() + PROBE_MS, async () => {
        await temporal.workflowService.getSystemInfo({})
      }),
  },
  metrics: () => register.metrics(),
})
await startStep(
  () => admin.app.listen({ host: config.WORKER_HOST, port: config.WORKER_ADMIN_PORT }),
  'The port cannot be used; set WORKER_HOST and WORKER_ADMIN_PORT',
)
const inUse = await startStep(() => releaseInUse(store.releases, logger))

workers = await createWorkers({
  connection,
  namespace,
  payloadCodecs: payloadCodecs(config),
  buildId: config.BUILD_ID,
  isPatchOn: inUse.isPatchOn,
  ...(config.WORKFLOW_BUNDLE ? { workflowBundle: { codePath: config.WORKFLOW_BUNDLE } } : {}),
  marketplaces: marketplaceConfigs,
  shutdownGraceMs: config.SHUTDOWN_GRACE_MS,
  activities: {
    store,
    marketplaces,
    mail,
    temporal,
    newCaseRules: inUse.newCaseRules,
    mailTiming: { gatherMs: config.MAIL_GATHER_MS, intervalMs: config.MAIL_INTERVAL_MS },
    restartsPerSecond: config.RECONCILE_RESTARTS_PER_SECOND,
    sweptPerSecond: config.SWEEP_CASES_PER_SECOND,
    publicUrl: config.PUBLIC_URL,
    answerTokenSecrets: config.secrets.answerToken,
    onCall: config.ON_CALL_EMAIL || null,
    webhooks: { sender: webhooks, secrets: secretBox },
  },
})

const following = new AbortController()
const { signal } = following
const followed = Promise.all([
  store.changes.follow({ signal, log: logger }),
  dispatchWebhooks({ store, temporal, publicUrl: config.PUBLIC_URL, signal, log: logger }),
])
const running = Promise.all(workers.map((worker) => worker.run()))
onShutdown(logger, config.SHUTDOWN_GRACE_MS + 5_000, async () => {
  admin.drain()
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
  await running
  inUse.stop()
  following.abort()
  await followed
  await Promise.all([
    ...[admin.app.close(), connection.close(), marketplaces.close()],
    ...[webhooks.close(), store.close()],
  ])
  mail.close()
  await temporal.connection.close()
})
logger.info(
  { buildId: config.BUILD_ID, queues: workers.map((worker) => worker.options.taskQueue) },
  'worker is running',
)
await running
