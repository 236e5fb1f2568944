import envSchema from 'env-schema'
import { pino } from 'pino'
import { type Static, Type } from 'typebox'
import { buildSandbox } from './app.js'

const EnvSchema = Type.Object({
  SANDBOX_PORT: Type.Integer({ default: 8703, minimum: 0, maximum: 65535 }),
  SANDBOX_HOST: Type.String({ default: '127.0.0.1' }),
  SANDBOX_DATA: Type.String({ minLength: 1 }),
  SANDBOX_TOKEN: Type.String({ minLength: 8 }),
  SANDBOX_PUBLIC_URL: Type.Optional(Type.String({ pattern: '^https?://[^/]+$' })),
  LOG_LEVEL: Type.String({ default: 'info' }),
})

const env = envSchema<Static<typeof EnvSchema>>({ schema: EnvSchema })
const logger = pino({ name: 'sandbox', level: env.LOG_LEVEL })

const app = await buildSandbox({
  dataDir: env.SANDBOX_DATA,
  token: env.SANDBOX_TOKEN,
  publicUrl: env.SANDBOX_PUBLIC_URL ?? `http://127.0.0.1:${env.SANDBOX_PORT}`,
  logger,
})

let stopping: Promise<void> | undefined
function stop(reason: string): void {
  stopping ??= app.close().then(
    () => {
      logger.info({ reason }, 'sandbox stopped')
      process.exitCode = 0
      if (process.connected) process.disconnect()
    },
    (error: unknown) => {
      logger.fatal({ err: error }, 'sandbox did not stop cleanly')
      process.exitCode = 1
    },
  )
}
process.once('SIGTERM', () => stop('SIGTERM'))
process.once('SIGINT', () => stop('SIGINT'))
process.once('disconnect', () => stop('the process that started it is gone'))

await app.listen({ host: env.SANDBOX_HOST, port: env.SANDBOX_PORT })
logger.info(
  { shop: `${env.SANDBOX_PUBLIC_URL ?? `http://127.0.0.1:${env.SANDBOX_PORT}`}/shop` },
  'sandbox ready',
)
