import type { Connection } from 'mongoose'
import { accountManagersOf } from './people/account-managers.js'
import { apiKeysOf } from './people/api-keys.js'
import { authorisedSellersOf } from './brands/authorised-sellers.js'
import { brandsOf } from './brands/brands.js'
import { caseChangesOf } from './feed/case-changes.js'
import { casesOf } from './cases/cases.js'
import { confirmationsOf } from './cases/confirmations.js'
import { openDatabase, type StoreOptions } from './connection.js'
import { lateAnswersOf } from './cases/late-answers.js'
import { withinMs } from '../platform/within-ms.js'
import { responsibilitiesOf } from './people/responsibilities.js'
import { refusedReportsOf } from './refused-reports/refused-reports.js'
import { releasesOf } from './releases.js'
import type { Store } from './store.js'

export type { StoreOptions } from './connection.js'

/**
 * The store in MongoDB. Connects at the first use, so that a process starts without its database;
 * a call rejects within 5 s while no primary answers. Run `migrate` once before a release.
 */
export function createStore(options: StoreOptions): Store {
  const { connection, connected, close } = openDatabase(options)
  const { cases, admin, changes, refusedReports, confirmations, releases } =
    repositories(connection)
  return {
    cases: afterConnecting(cases, connected),
    admin: afterConnecting(admin, connected),
    changes: afterConnecting(changes, connected),
    refusedReports: afterConnecting(refusedReports, connected),
    confirmations: afterConnecting(confirmations, connected),
    releases: afterConnecting(releases, connected),
    ping: (timeoutMs) =>
      withinMs(
        ping(connection, connected),
        timeoutMs,
        () => new Error(`MongoDB did not answer within ${timeoutMs} ms; check that it runs`),
      ),
    close,
  }
}

/** Registers every collection on the connection, for the store and for `migrate`. */
export function repositories(connection: Connection): Omit<Store, 'ping' | 'close'> {
  const authorisedSellers = authorisedSellersOf(connection)
  const cases = casesOf(connection, authorisedSellers)
  return {
    cases,
    changes: caseChangesOf(connection),
    refusedReports: refusedReportsOf(connection),
    confirmations: confirmationsOf(connection),
    releases: releasesOf(connection),
    admin: {
      ...brandsOf(connection),
      ...accountManagersOf(connection),
      ...responsibilitiesOf(connection),
      ...authorisedSellers.repository,
      ...apiKeysOf(connection),
      ...lateAnswersOf(connection),
    },
  }
}

async function ping(connection: Connection, connected: () => Promise<void>): Promise<void> {
  await connected()
  await connection.db?.command({ ping: 1 }, { readPreference: 'primary' })
}

type Method = (...args: unknown[]) => Promise<unknown>

/** The same repository, every method of which first waits for the connection. */
function afterConnecting<R extends object>(repository: R, connected: () => Promise<void>): R {
  const methods = Object.entries(repository as Record<string, Method>)
  return Object.fromEntries(
    methods.map(([name, method]) => [
      name,
      async (...args: unknown[]) => {
        await connected()
        return method(...args)
      },
    ]),
  ) as R
}
