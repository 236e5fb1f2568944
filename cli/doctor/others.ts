import { createMailTransport } from '../../notifications/mail-transport.js'
import type { CliConfig } from '../../platform/config.js'
import { indexDifferences, inspectDatabase, SCHEMA_VERSION } from '../../store/migrate.js'
import type { ApiClient } from '../../client/client.js'
import { ApiRefusal } from '../../client/errors.js'
import { type Check, Unhealthy } from './check.js'

const MIGRATE = 'run the migration: npm start does it, or bin/entrypoint migrate'

/** That the API answers, and takes the caller's key. */
export function apiCheck(api: () => Promise<ApiClient>): Check {
  return {
    name: 'API',
    remedy: 'start the API, or set JOINT_FORCE_API_URL and JOINT_FORCE_API_KEY',
    async look() {
      const client = await api()
      try {
        const { overdue } = await client.get<{ overdue: number }>('/stats')
        return `answers; ${overdue} cases overdue`
      } catch (error) {
        if (!(error instanceof ApiRefusal)) throw error
        if (error.status !== 401) throw error
        throw new Unhealthy(
          'answers, but does not take this key',
          'set JOINT_FORCE_API_KEY to a key that works; without any: joint-force key bootstrap',
        )
      }
    },
  }
}

/** A replica set with the collections and indexes of this release. */
export function mongodbChecks({ MONGODB_URI: uri }: CliConfig): Check[] {
  const remedy = 'start MongoDB, or set MONGODB_URI'
  return [
    {
      name: 'MongoDB',
      remedy,
      async look() {
        const { version, replicaSet, schemaVersion } = await inspectDatabase({ uri })
        if (replicaSet === null) {
          throw new Unhealthy(
            'it is no replica set, which transactions need',
            'start mongod with --replSet and initiate it',
          )
        }
        if (schemaVersion !== SCHEMA_VERSION) {
          throw new Unhealthy(
            `the data have schema version ${schemaVersion}, this release needs ${SCHEMA_VERSION}`,
            schemaVersion < SCHEMA_VERSION ? MIGRATE : 'run the release that migrated the data',
          )
        }
        return `${version}, replica set ${replicaSet}, schema version ${schemaVersion}`
      },
    },
    {
      name: 'Indexes',
      remedy,
      async look() {
        const differences = await indexDifferences({ uri })
        const missing = differences.filter((each) => each.missing.length > 0)
        if (missing.length > 0) {
          const names = missing.map(({ collection }) => collection).join(', ')
          throw new Unhealthy(`missing in: ${names}`, MIGRATE)
        }
        const unwanted = differences.flatMap((each) => each.unwanted)
        return unwanted.length === 0 ? 'all there' : `all there; not needed: ${unwanted.join(', ')}`
      },
    },
  ]
}

/** That the mail server answers and takes our name and password. */
export function mailCheck({ SMTP_URL: smtpUrl }: CliConfig): Check {
  return {
    name: 'Mail server',
    remedy: 'start the mail server, or set SMTP_URL as the worker has it',
    async look() {
      const mail = createMailTransport({
        smtpUrl,
        from: 'joint-force@localhost',
        messageIdDomain: 'localhost',
      })
      try {
        await mail.verify()
      } finally {
        mail.close()
      }
      return `answers at ${URL.parse(smtpUrl)?.host ?? 'its address'}`
    },
  }
}
