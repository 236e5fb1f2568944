import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from '@temporalio/client'
import { NativeConnection, type Worker } from '@temporalio/worker'
import type { MailTiming } from '../../domain/notice/mail-grouping.js'
import { RULES_VERSION } from '../../domain/brand/policy.js'
import { buildSandbox } from '../../sandbox/app.js'
import { createSandboxClient, type SandboxClient } from '../../sandbox/client.js'
import { createMarketplaces, type MarketplaceConfig } from '../../marketplaces/registry.js'
import { createMailTransport } from '../../notifications/mail-transport.js'
import { createWebhookSender } from '../../notifications/webhook-sender.js'
import { createSecretBox } from '../../platform/secret-box.js'
import { dispatchWebhooks } from '../../activities/webhook/dispatch-webhooks.js'
import { createStore } from '../../store/create-store.js'
import type { Store } from '../../store/store.js'
import { payloadCodecs } from '../../platform/temporal-client.js'
import type { PayloadKey } from '../../platform/payload-codec.js'
import { createWorkers } from '../../worker/create-workers.js'
import { buildAccountManager, buildBrand, type NewBrand } from '../builders/brand.js'
import { openTestDatabase, type TestDatabase } from '../builders/database.js'
import { startSmtpServer, type TestSmtpServer } from '../notifications/smtp-server.js'
import { temporalAddress, workflowBundlePath } from './environment.js'
import { openNamespace } from './namespace.js'
import './quiet-temporal.js'

/** Whoever stands in for a lead who is not there. */
export const ON_CALL_EMAIL = 'on-call@platform.example'
/** Signs the links in a test's mails. */
export const ANSWER_SECRET = 'a secret of the tests, long enough to be one'
/** Seals the secrets of a test's webhooks. */
export const SECRET_BOX = createSecretBox(
  [{ id: 'test', secret: Buffer.alloc(32, 7) }],
  'WEBHOOK_SECRET_KEYS',
)
const SANDBOX_TOKEN = 'sandbox-token-of-the-tests'

/** The service without its API: worker, record, marketplace and mail server, all real, on loopback. */
export interface TestService {
  namespace: string
  client: Client
  store: Store
  database: TestDatabase
  sandbox: SandboxClient
  smtp: TestSmtpServer
  marketplaces: MarketplaceConfig[]
  /** Ends the workers as a deploy does; cases wait. */
  stopWorkers(): Promise<void>
  /** Of a version of the deployment, beside those there are, or of none. */
  startWorkers(version?: TestVersion): Promise<void>
  stop(): Promise<void>
}

/** What tells workers of one version from others. */
export interface TestVersion {
  buildId: string
  /** By default all are. */
  isPatchOn?: (patch: string) => boolean
  /** By default the newest. */
  newCaseRules?: number
  /** By default the workflows as they are. */
  workflowBundlePath?: string
}

export interface TestServiceOptions {
  brand?: Partial<NewBrand>
  mailTiming?: MailTiming
  restartsPerSecond?: number
  sweptPerSecond?: number
  payloadKeys?: PayloadKey[]
  publicUrl?: string
  smtp?: Parameters<typeof startSmtpServer>[0]
  /** Origins of receivers on this machine; with any, what cases tell is put in line. */
  webhookOrigins?: readonly string[]
  /** What the marketplace accepts, by default more than any test sends. */
  takedownsPerSecond?: number
  /** The worker's way to the database, instead of the straight one. */
  databaseUri?: (uri: string) => string
  /** What the activities reach Temporal through, instead of the straight way. */
  activityClient?: (namespace: string) => Client
}

/** Starts it in a namespace and a database of its own, with one brand, its manager and their lead. */
export async function startService(options: TestServiceOptions = {}): Promise<TestService> {
  const [own, database, smtp, sandboxDir] = await Promise.all([
    openNamespace(),
    openTestDatabase(),
    startSmtpServer(options.smtp),
    mkdtemp(path.join(tmpdir(), 'joint-force-sandbox-')),
  ])
  const { store } = database
  const { databaseUri, activityClient } = options
  const workerStore = databaseUri ? createStore({ uri: databaseUri(database.options.uri) }) : store
  await store.accountManagers.create(
    buildAccountManager({ accountManagerId: 'li-wei', name: 'Li Wei', role: 'lead', leadId: null }),
  )
  await store.accountManagers.create(buildAccountManager())
  await store.brands.create(buildBrand(options.brand))

  const sandboxApp = await buildSandbox({
    dataDir: sandboxDir,
    token: SANDBOX_TOKEN,
    publicUrl: 'http://127.0.0.1',
  })
  await sandboxApp.listen({ host: '127.0.0.1', port: 0 })
  const { port } = sandboxApp.server.address() as AddressInfo
  const sandboxUrl = `http://127.0.0.1:${port}`
  const marketplaces: MarketplaceConfig[] = [
    {
      id: 'taobao',
      name: 'Taobao Marketplace',
      kind: 'http',
      baseUrl: `${sandboxUrl}/m/taobao`,
      token: SANDBOX_TOKEN,
      timeoutMs: 3_000,
      takedownsPerSecond: options.takedownsPerSecond ?? 100,
    },
  ]
  const clients = createMarketplaces(marketplaces)
  const mail = createMailTransport({
    smtpUrl: smtp.url,
    from: 'Joint-Force <no-reply@joint-force.example>',
    messageIdDomain: 'joint-force.example',
  })
  const webhooks = createWebhookSender({
    localOrigins: options.webhookOrigins ?? [],
    userAgent: 'Joint-Force/test',
    timeoutMs: 2_000,
  })
  const connection = await NativeConnection.connect({ address: temporalAddress() })
  const secrets = { temporal: { apiKey: '', payloadKeys: options.payloadKeys ?? [] } }
  const dataConverter = { payloadCodecs: payloadCodecs({ secrets }) }
  const client = new Client({ connection: own.connection, namespace: own.namespace, dataConverter })
  let workers: Worker[] = []
  let running: Promise<unknown> = Promise.resolve()

  async function startWorkers(version?: TestVersion): Promise<void> {
    const started = await createWorkers({
      connection,
      namespace: own.namespace,
      ...dataConverter,
      ...(version ? { buildId: version.buildId } : {}),
      ...(version?.isPatchOn ? { isPatchOn: version.isPatchOn } : {}),
      workflowBundle: { codePath: version?.workflowBundlePath ?? workflowBundlePath() },
      marketplaces,
      shutdownGraceMs: 2_000,
      activities: {
        store: workerStore,
        marketplaces: clients,
        mail,
        temporal: activityClient?.(own.namespace) ?? client,
        newCaseRules: () => version?.newCaseRules ?? RULES_VERSION,
        restartsPerSecond: options.restartsPerSecond ?? 200,
        sweptPerSecond: options.sweptPerSecond ?? 500,
        mailTiming: options.mailTiming ?? { gatherMs: 200, intervalMs: 1_000 },
        publicUrl: options.publicUrl ?? 'http://127.0.0.1:8700',
        answerTokenSecrets: [ANSWER_SECRET],
        onCall: ON_CALL_EMAIL,
        webhooks: { sender: webhooks, secrets: SECRET_BOX },
      },
    })
    workers.push(...started)
    running = Promise.all([running, ...started.map((worker) => worker.run())])
  }

  async function stopWorkers(): Promise<void> {
    for (const worker of workers) worker.shutdown()
    await running
    workers = []
  }

  await startWorkers()
  const telling = new AbortController()
  const { signal } = telling
  const publicUrl = options.publicUrl ?? 'http://127.0.0.1:8700'
  const log = { warn: () => undefined }
  const told = options.webhookOrigins
    ? [
        store.changes.follow({ signal, log }),
        dispatchWebhooks({ store, temporal: client, publicUrl, signal, log }),
      ]
    : []
  return {
    namespace: own.namespace,
    client,
    store,
    database,
    sandbox: createSandboxClient(sandboxUrl, SANDBOX_TOKEN),
    smtp,
    marketplaces,
    startWorkers,
    stopWorkers,
    async stop() {
      telling.abort()
      await Promise.all([stopWorkers(), ...told])
      await connection.close()
      await own.connection.close()
      await Promise.all([sandboxApp.close(), clients.close(), smtp.stop(), webhooks.close()])
      mail.close()
      if (workerStore !== store) await workerStore.close()
      await database.drop()
      await rm(sandboxDir, { recursive: true, force: true })
    },
  }
}
