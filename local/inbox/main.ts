import envSchema from 'env-schema'
import { MailDev } from 'maildev'
import { pino } from 'pino'
import { type Static, Type } from 'typebox'

const LOOPBACK = '127.0.0.1'

const EnvSchema = Type.Object({
  SMTP_PORT: Type.Integer({ default: 8704, minimum: 1, maximum: 65535 }),
  INBOX_PORT: Type.Integer({ default: 8705, minimum: 1, maximum: 65535 }),
  INBOX_DATA: Type.String({ minLength: 1 }),
  LOG_LEVEL: Type.String({ default: 'info' }),
})

// What is written to people is read by nobody else on this machine.
process.umask(0o077)

const env = envSchema<Static<typeof EnvSchema>>({ schema: EnvSchema })
const logger = pino({ name: 'inbox', level: env.LOG_LEVEL })

/** Every mail ends here: there is no outgoing host, so nothing can be relayed. */
const inbox = new MailDev({
  ip: LOOPBACK,
  smtp: env.SMTP_PORT,
  webIp: LOOPBACK,
  web: env.INBOX_PORT,
  mailDirectory: env.INBOX_DATA,
  silent: true,
})

let stopping: Promise<void> | undefined
function stop(reason: string): void {
  stopping ??= inbox.stop().then(
    () => {
      logger.info({ reason }, 'inbox stopped')
      process.exit(0)
    },
    (error: unknown) => {
      logger.fatal({ err: error }, 'inbox did not stop cleanly')
      process.exit(1)
    },
  )
}
process.once('SIGTERM', () => stop('SIGTERM'))
process.once('SIGINT', () => stop('SIGINT'))
process.once('disconnect', () => stop('the process that started it is gone'))

await inbox.start()
logger.info(
  { smtp: `smtp://${LOOPBACK}:${env.SMTP_PORT}`, page: `http://${LOOPBACK}:${env.INBOX_PORT}` },
  'inbox ready',
)
