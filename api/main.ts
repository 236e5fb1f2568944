import { readMarketplacesFile } from '../marketplaces/registry.js'
import { openPictures } from '../evidence/create-pictures.js'
import { createMailTransport } from '../notifications/mail-transport.js'
import { createAdminServer } from '../platform/admin-server.js'
import { originsOf, readApiConfig } from '../platform/config.js'
import { createLogger } from '../platform/logger.js'
import { createSecretBox } from '../platform/secret-box.js'
import { onShutdown } from '../platform/shutdown.js'
import { startStep } from '../platform/start-step.js'
import { createCodecServer } from '../platform/codec-server.js'
import { createTemporalClient, payloadCodecs } from '../platform/temporal-client.js'
import { whyNoTemporal } from '../platform/temporal-trouble.js'
import { createStore } from '../store/create-store.js'
import { buildApp } from './app.js'
import { fetchText } from './bounces/fetch-text.js'
import { createOpenIdConnect } from './sign-in/open-id-connect.js'
import { createApiMetrics } from './metrics.js'
import { countStanding } from './cases/standstills.js'

const SHUTDOWN_MS = 15_000
const PROBE_MS = 2_000

const config = await startStep(readApiConfig)
const logger = createLogger('api', config.LOG_LEVEL)
const marketplaces = await startStep(() => readMarketplacesFile(config.MARKETPLACES_FILE))
const store = createStore({
  uri: config.MONGODB_URI,
  logger: { info: (message) => logger.info(message), warn: (message) => logger.warn(message) },
})
const temporal = await startStep(() => createTemporalClient(config))
const mail = createMailTransport({
  smtpUrl: config.SMTP_URL,
  from: config.MAIL_FROM,
  messageIdDomain: new URL(config.PUBLIC_URL).hostname,
})
const metrics = createApiMetrics({
  withProcess: true,
  countStanding: (standstill) => countStanding(temporal, standstill, Date.now()),
})

const pictures = openPictures({
  folder: config.PICTURES_DIR,
  localOrigins: originsOf(config.PICTURE_LOCAL_ORIGINS),
  now: Date.now,
})

const { webhookKeys } = config.secrets
const webhooks =
  webhookKeys.length > 0
    ? {
        secrets: createSecretBox(webhookKeys, 'WEBHOOK_SECRET_KEYS'),
        localOrigins: originsOf(config.WEBHOOK_LOCAL_ORIGINS),
      }
    : null

const app = buildApp({
  store,
  temporal,
  mail,
  bounces: {
    snsTopics: config.BOUNCES_SNS_TOPICS === '' ? [] : config.BOUNCES_SNS_TOPICS.split(','),
    mailgunKey: config.secrets.mailgunKey,
    fetchText,
  },
  provider: config.provider && createOpenIdConnect(config.provider, config.PUBLIC_URL),
  config,
  logger,
  metrics,
  pictures,
  webhooks,
  now: Date.now,
  marketplaces: marketplaces.map(({ id, name }) => ({ id, name })),
})
const admin = createAdminServer({
  // Not MongoDB: reports and decisions are still taken while it is away (docs/api.md).
  checks: {
    temporal: () =>
      temporal.withDeadline(Date.now() + PROBE_MS, async () => {
        await temporal.workflowService.getSystemInfo({})
      }),
  },
  metrics: () => metrics.registry.metrics(),
})

const [codec] = payloadCodecs(config)
const { codecToken: token } = config.secrets
const codecServer =
  codec && token ? createCodecServer({ codec, token, origin: config.CODEC_ORIGIN }) : null

await startStep(async () => {
  await admin.app.listen({ host: config.API_HOST, port: config.API_ADMIN_PORT })
  await app.listen({ host: config.API_HOST, port: config.API_PORT })
  await codecServer?.listen({ host: config.API_HOST, port: config.CODEC_PORT })
}, 'A port cannot be used; set API_HOST, API_PORT, API_ADMIN_PORT and CODEC_PORT')
onShutdown(logger, SHUTDOWN_MS, async () => {
  admin.drain()
  await Promise.all([app.close(), codecServer?.close()])
  mail.close()
  await Promise.all([
    pictures.close(),
    admin.app.close(),
    store.close(),
    temporal.connection.close(),
  ])
})
logger.info({ port: config.API_PORT, adminPort: config.API_ADMIN_PORT }, 'api is running')
// It serves what it can meanwhile; whoever set it up should learn why it is not ready.
temporal.connection.ensureConnected().catch(async (error: unknown) => {
  logger.warn(await whyNoTemporal(config, error))
})
