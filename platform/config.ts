import { envSchema } from 'env-schema'
import { type Static, type TObject, type TProperties, Type } from 'typebox'
import { PATCHES } from '../domain/release/patches.js'
import { NEW_CASE_RULES, RULES_VERSION } from '../domain/brand/policy.js'
import type { PayloadKey } from './payload-codec.js'
import { RELEASE } from './release.js'
import {
  HOST_AND_PORT,
  NamedKeys,
  namedKeysOf,
  splitTemporalSecrets,
  temporalContradiction,
  temporalSecretSettings,
  type TemporalSecrets,
  temporalSettings,
} from './temporal-settings.js'

// The only reader of the environment. Secrets are kept apart, so that a configuration can be logged.

/** `description` says what fits, and stands in the message about a value that does not. */
const Port = (fallback: number) =>
  Type.Integer({
    minimum: 1,
    maximum: 65_535,
    default: fallback,
    description: 'a port, 1 to 65535',
  })
const SmtpUrl = Type.String({
  pattern: '^smtps?://[^/\\s]',
  default: 'smtp://127.0.0.1:1025',
  description: 'smtp://user:password@host:587 or smtps://…:465',
})
const mailSettings = {
  SMTP_URL: SmtpUrl,
  MAIL_FROM: Type.String({ default: 'Joint-Force <no-reply@joint-force.example>' }),
}
const AnswerTokenSecret = Type.String({
  minLength: 32,
  description: 'at least 32 characters, the same for the API and the worker; openssl rand -hex 32',
})
/** Which version of the deployment workers are, and which one `migrate` makes current; empty = `RELEASE`. */
const BuildId = Type.String({
  pattern: '^[\\w.+-]{0,100}$',
  default: '',
  description:
    'up to 100 letters, digits and . _ + -, another one for every build that is deployed',
})
const LOOPBACK_ORIGIN = 'http://127\\.0\\.0\\.1:\\d+'
const LocalOrigins = Type.String({
  pattern: `^(${LOOPBACK_ORIGIN}(,${LOOPBACK_ORIGIN})*)?$`,
  default: '',
  description: 'http://127.0.0.1:8710, several separated by commas, or nothing',
})
const webhookSettings = {
  /** Seal the secrets of webhooks: the first seals, all open; empty = there are no webhooks. */
  WEBHOOK_SECRET_KEYS: NamedKeys,
  /** Origins on this machine that may receive webhooks, for trying the service out. */
  WEBHOOK_LOCAL_ORIGINS: LocalOrigins,
}
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

const common = {
  ...temporalSettings,
  ...temporalSecretSettings,
  MONGODB_URI: Type.String({
    pattern: '^mongodb(\\+srv)?://[^/\\s]',
    default: 'mongodb://127.0.0.1:27017/joint-force?directConnection=true',
    description: 'mongodb://user:password@host:27017/joint-force?replicaSet=rs0',
  }),
  MARKETPLACES_FILE: Type.String({ default: 'marketplaces.json' }),
  PUBLIC_URL: Type.String({
    pattern: '^https?://[^/\\s]+$',
    default: 'http://127.0.0.1:8700',
    description: 'where brands reach the API, without a path: https://joint-force.example.com',
  }),
  LOG_LEVEL: Type.Enum(LEVELS, { default: 'info', description: LEVELS.join(', ') }),
}

const ApiEnvironment = Type.Object({
  ...common,
  ...mailSettings,
  ...webhookSettings,
  API_HOST: Type.String({ default: '127.0.0.1' }),
  API_PORT: Port(8700),
  API_ADMIN_PORT: Port(8701),
  /** Requests a minute and key; 0 switches the limit off (fuzzing, benchmarks). */
  RATE_LIMIT_PER_MINUTE: Type.Integer({ minimum: 0, default: 1200 }),
  /** How late the event loop may be before requests are refused as `overloaded`; 0 = any. */
  OVERLOADED_DELAY_MS: Type.Integer({ minimum: 0, default: 2_000 }),
  /** Open live streams, of one key and in total. */
  LIVE_STREAMS_PER_CALLER: Type.Integer({ minimum: 1, default: 20 }),
  LIVE_STREAMS: Type.Integer({ minimum: 1, default: 2_000 }),
  /** Where pictures of listings are kept; empty = none are fetched. */
  PICTURES_DIR: Type.String({ default: '' }),
  /** Origins on this machine from which pictures may come, for trying the service out. */
  PICTURE_LOCAL_ORIGINS: LocalOrigins,
  /** The shortest window, and distance between reminders, that a brand's policy may have. */
  POLICY_MIN_WINDOW_MS: Type.Integer({ minimum: 1, default: 3_600_000 }),
  TRUST_PROXY: Type.String({ default: '' }),
  /** Folder of the portal made by `npm run build`; empty = no portal is served. */
  PORTAL_DIR: Type.String({ default: '' }),
  ANSWER_TOKEN_SECRET: AnswerTokenSecret,
  /** Topics of Amazon SNS whose word about mails that came back is taken; empty = none. */
  BOUNCES_SNS_TOPICS: Type.String({
    pattern: '^(arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[\\w-]+(,(?!$)|$))*$',
    default: '',
    description:
      'arn:aws:sns:eu-west-1:123456789012:bounces, several separated by commas, or nothing',
  }),
  /** Signs what Mailgun tells of mails that came back; empty = not taken. */
  BOUNCES_MAILGUN_KEY: Type.String({ default: '' }),
  /** Where people have an account by which they sign in here, by OpenID Connect; empty = nowhere. */
  OIDC_ISSUER: Type.String({
    pattern: '^(https://[^/\\s]\\S*|http://(127\\.0\\.0\\.1|localhost)(:[0-9]+)?(/\\S*)?)?$',
    default: '',
    description: 'the issuer as the provider names itself: https://login.example.com',
  }),
  OIDC_CLIENT_ID: Type.String({ default: '' }),
  OIDC_CLIENT_SECRET: Type.String({ default: '' }),
  OIDC_NAME: Type.String({ default: 'single sign-on', minLength: 1 }),
  /** Where the Temporal UI is, for links that staff is shown; empty = none are. */
  TEMPORAL_UI_URL: Type.String({
    pattern: '^(https?://[^/\\s]+(/[^\\s?#]*)?)?$',
    default: '',
    description: 'an address of the Temporal UI: https://temporal.example.com',
  }),
  /** Decrypts for the Temporal UI at that origin, on a port of its own; without a token not at all. */
  CODEC_PORT: Port(8704),
  CODEC_ORIGIN: Type.String({
    pattern: '^(https?://[^/\\s]+)?$',
    default: '',
    description: 'where the Temporal UI is, without a path: https://temporal.example.com',
  }),
  CODEC_TOKEN: Type.String({
    pattern: '^(\\S{32,})?$',
    default: '',
    description: 'at least 32 characters; openssl rand -hex 32',
  }),
})

const WorkerEnvironment = Type.Object({
  ...common,
  WORKER_HOST: Type.String({ default: '127.0.0.1' }),
  WORKER_ADMIN_PORT: Port(8702),
  /** Where the SDK serves its own metrics (`host:port`), such as latencies of task queues; empty = not. */
  TEMPORAL_METRICS_ADDRESS: Type.String({
    pattern: `^(${HOST_AND_PORT})?$`,
    default: '',
    description: 'host:port, or nothing',
  }),
  ...mailSettings,
  ...webhookSettings,
  /** Who is told where a case has no lead who can be; empty = nobody. */
  ON_CALL_EMAIL: Type.String({
    pattern: '^([^@\\s]+@[^@\\s]+)?$',
    default: '',
    description: 'a mail address, or nothing',
  }),
  /** How long notices are gathered before the first mail of a kind, and between mails. */
  MAIL_GATHER_MS: Type.Integer({ minimum: 0, default: 20_000 }),
  MAIL_INTERVAL_MS: Type.Integer({ minimum: 0, default: 900_000 }),
  /** How many cases whose workflow is gone are started again in a second. */
  RECONCILE_RESTARTS_PER_SECOND: Type.Integer({ minimum: 1, maximum: 1_000, default: 50 }),
  /** How many cases are told something in a second, by all recalls and reassignments together. */
  SWEEP_CASES_PER_SECOND: Type.Integer({ minimum: 1, maximum: 1_000, default: 50 }),
  ANSWER_TOKEN_SECRET: AnswerTokenSecret,
  /** Path of the workflow bundle made by `npm run build`; empty = bundle at start (development). */
  WORKFLOW_BUNDLE: Type.String({ default: '' }),
  BUILD_ID: BuildId,
  SHUTDOWN_GRACE_MS: Type.Integer({ minimum: 0, default: 8_000 }),
})

const MigrateEnvironment = Type.Object({
  ...common,
  BUILD_ID: BuildId,
  /** Patches that no run takes that has not met them yet; empty = all are taken. */
  PATCHES_OFF: Type.String({
    pattern: `^((${PATCHES.join('|')})(,(?!$)|$))*$`,
    default: '',
    description: `any of ${PATCHES.join(',')}`,
  }),
  /** The version of the rules that new cases take; empty = the newest. */
  NEW_CASE_RULES: Type.String({
    pattern: `^(${NEW_CASE_RULES.join('|')})?$`,
    default: '',
    description: `a version of the rules that new cases may take: ${NEW_CASE_RULES.join(', ')}`,
  }),
})

const CliEnvironment = Type.Object({ ...common, BUILD_ID: BuildId, SMTP_URL: SmtpUrl })

type SecretName =
  | 'ANSWER_TOKEN_SECRET'
  | 'CODEC_TOKEN'
  | 'BOUNCES_MAILGUN_KEY'
  | 'WEBHOOK_SECRET_KEYS'
  | keyof typeof temporalSecretSettings

/** Secrets of the API and the worker. */
interface ServiceSecrets {
  answerToken: string[]
  temporal: TemporalSecrets
  /** Seal the secrets of webhooks, the newest first; none = there are no webhooks. */
  webhookKeys: PayloadKey[]
}

/** What the API runs with; may be logged but for `secrets` and `provider`. */
export interface ApiConfig extends Omit<
  Static<typeof ApiEnvironment>,
  SecretName | 'OIDC_ISSUER' | 'OIDC_CLIENT_ID' | 'OIDC_CLIENT_SECRET' | 'OIDC_NAME'
> {
  /** `null` where people come in by mail only. */
  provider: { issuer: string; clientId: string; clientSecret: string; name: string } | null
  secrets: ServiceSecrets & { codecToken: string; mailgunKey: string }
}

/** What the worker runs with; may be logged but for `secrets`. */
export interface WorkerConfig extends Omit<Static<typeof WorkerEnvironment>, SecretName> {
  secrets: ServiceSecrets
}

/** What commands beside the API run with; may be logged but for `secrets`. */
export interface CliConfig extends Omit<Static<typeof CliEnvironment>, SecretName> {
  secrets: { temporal: TemporalSecrets }
}

/** What `migrate` runs with; may be logged but for `secrets`. */
export interface MigrateConfig extends Omit<
  Static<typeof MigrateEnvironment>,
  SecretName | 'PATCHES_OFF' | 'NEW_CASE_RULES'
> {
  patchesOff: string[]
  newCaseRules: number
  secrets: { temporal: TemporalSecrets }
}

/** The environment does not fit; `message` names each variable and what it must be. */
class ConfigurationError extends Error {
  override name = 'ConfigurationError'
}

/** Configuration of the API process. Throws `ConfigurationError`. */
export function readApiConfig(env: NodeJS.ProcessEnv = process.env): ApiConfig {
  const { CODEC_TOKEN: codecToken, ...settings } = read(ApiEnvironment, env)
  const { BOUNCES_MAILGUN_KEY: mailgunKey, ...environment } = settings
  const { secrets, ...config } = withSecrets(environment)
  const isComplete = config.CODEC_ORIGIN !== '' && secrets.temporal.payloadKeys.length > 0
  if (codecToken !== '' && !isComplete) {
    throw new ConfigurationError('CODEC_TOKEN needs CODEC_ORIGIN and TEMPORAL_PAYLOAD_KEYS as well')
  }
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_NAME: name, ...rest } = config
  const { OIDC_CLIENT_SECRET: clientSecret, ...others } = rest
  const given = [issuer, clientId, clientSecret].filter((setting) => setting !== '').length
  if (given !== 0 && given !== 3) {
    throw new ConfigurationError('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together')
  }
  const provider = given === 0 ? null : { issuer, clientId, clientSecret, name }
  return { ...others, provider, secrets: { ...secrets, codecToken, mailgunKey } }
}

/** Configuration of the worker process. Throws `ConfigurationError`. */
export function readWorkerConfig(env: NodeJS.ProcessEnv = process.env): WorkerConfig {
  return withSecrets(read(WorkerEnvironment, env))
}

/** Configuration of the migration before a release. Throws `ConfigurationError`. */
export function readMigrateConfig(env: NodeJS.ProcessEnv = process.env): MigrateConfig {
  const { rest, temporal } = splitTemporalSecrets(read(MigrateEnvironment, env))
  const { PATCHES_OFF: off, NEW_CASE_RULES: rules, ...config } = rest
  return {
    ...config,
    patchesOff: off === '' ? [] : off.split(','),
    newCaseRules: rules === '' ? RULES_VERSION : Number(rules),
    secrets: { temporal },
  }
}

/** Configuration of operator commands that talk to Temporal and MongoDB directly. */
export function readCliConfig(env: NodeJS.ProcessEnv = process.env): CliConfig {
  const { rest, temporal } = splitTemporalSecrets(read(CliEnvironment, env))
  return { ...rest, secrets: { temporal } }
}

function read<P extends TProperties & typeof common>(
  schema: TObject<P>,
  env: NodeJS.ProcessEnv,
): Static<TObject<P>> {
  const settings = readEach(schema, env)
  const contradiction = temporalContradiction(settings as Static<TObject<typeof common>>)
  if (contradiction !== null) throw new ConfigurationError(contradiction)
  // Compose hands on a variable that is not set as an empty one.
  return 'BUILD_ID' in settings && settings.BUILD_ID === ''
    ? { ...settings, BUILD_ID: RELEASE }
    : settings
}

function readEach<P extends TProperties>(
  schema: TObject<P>,
  env: NodeJS.ProcessEnv,
): Static<TObject<P>> {
  try {
    return envSchema<Static<TObject<P>>>({ schema, data: env, dotenv: false, env: false })
  } catch (error) {
    const { errors } = error as { errors?: Problem[] }
    if (!errors) throw error
    const problems = errors.map((problem) => `\n  ${inWords(problem, schema.properties)}`)
    throw new ConfigurationError(
      `The environment does not fit (docs/operations.md, Settings):${problems.join('')}`,
      { cause: error },
    )
  }
}

/** What the schema validator reports of one variable. */
interface Problem {
  instancePath: string
  params: { missingProperty?: string }
  message?: string
}

/** Never repeats the value: it may be a secret, or an address with a password in it. */
function inWords(
  { instancePath, params, message }: Problem,
  properties: Readonly<Record<string, { description?: string }>>,
): string {
  const name = params.missingProperty ?? instancePath.slice(1)
  const description = properties[name]?.description
  if (params.missingProperty !== undefined) return `${name} is not set: ${description ?? ''}`
  return description ? `${name} does not fit: ${description}` : `${name} ${message ?? ''}`
}

/** `ANSWER_TOKEN_SECRET` may list several, newest first, so that a secret can be rotated. */
function withSecrets<
  T extends Record<
    'ANSWER_TOKEN_SECRET' | 'WEBHOOK_SECRET_KEYS' | keyof typeof temporalSecretSettings,
    string
  >,
>(environment: T) {
  const { rest, temporal } = splitTemporalSecrets(environment)
  const { ANSWER_TOKEN_SECRET, WEBHOOK_SECRET_KEYS, ...config } = rest
  const answerToken = ANSWER_TOKEN_SECRET.split(',').map((secret) => secret.trim())
  if (answerToken.some((secret) => secret.length < 32)) {
    throw new ConfigurationError(
      'Each secret in ANSWER_TOKEN_SECRET needs at least 32 characters: openssl rand -hex 32',
    )
  }
  const webhookKeys = namedKeysOf(WEBHOOK_SECRET_KEYS)
  if (new Set(webhookKeys.map(({ id }) => id)).size < webhookKeys.length) {
    throw new ConfigurationError('WEBHOOK_SECRET_KEYS has two keys of one name')
  }
  return { ...config, secrets: { answerToken, temporal, webhookKeys } }
}

/** The origins that a setting lists. */
export function originsOf(setting: string): string[] {
  return setting === '' ? [] : setting.split(',')
}
