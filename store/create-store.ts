import type { Connection } from 'mongoose'
import { accountManagersOf } from './account-managers/account-managers.js'
import { apiKeysOf } from './api-keys/api-keys.js'
import { authorisedSellersOf } from './authorised-sellers/authorised-sellers.js'
import { brandsOf } from './brands/brands.js'
import { caseViewsOf } from './case-views/case-views.js'
import { caseChangesOf } from './feed/case-changes.js'
import { casesOf } from './cases/cases.js'
import { confirmationsOf } from './cases/confirmations.js'
import { openDatabase, type StoreOptions } from './connection.js'
import { caseModel } from './cases/row.js'
import { liveCasesOf } from './live/watch-cases.js'
import { lateAnswersOf } from './late-answers/late-answers.js'
import { mailSettingsOf } from './mail-settings/mail-settings.js'
import { sentMailsOf } from './mails/mails.js'
import { marketplaceAnswersOf } from './marketplaces/answers.js'
import { marketplacePausesOf } from './marketplaces/pauses.js'
import { peopleOf } from './people/people.js'
import { pictureHashesOf } from './picture-hashes/picture-hashes.js'
import { questionsOf } from './questions/questions.js'
import { withinMs } from '../platform/within-ms.js'
import { referencesOf } from './references/references.js'
import { refusedReportsOf } from './refused-reports/refused-reports.js'
import { releasesOf } from './releases.js'
import { savedViewsOf } from './saved-views/saved-views.js'
import { sessionsOf } from './sessions/sessions.js'
import { signInLinksOf } from './sign-in-links/sign-in-links.js'
import { toldEventsOf } from './webhooks/told-events.js'
import { webhookDeliveriesOf } from './webhooks/deliveries.js'
import { webhookEndpointsOf } from './webhooks/endpoints.js'
import { webhookProgressOf } from './webhooks/progress.js'
import type { Store } from './store.js'

export type { StoreOptions } from './connection.js'

/**
 * The store in MongoDB. Connects at the first use, so that a process starts without its database;
 * a call rejects within 5 s while no primary answers. Run `migrate` once before a release.
 */
export function createStore(options: StoreOptions): Store {
  const { connection, connected, close } = openDatabase(options)
  return {
    ...afterConnecting(repositories(connection), connected),
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
  const mails = sentMailsOf(connection)
  const cases = casesOf(connection, authorisedSellers, mails)
  const toldEvents = toldEventsOf(connection)
  return {
    cases,
    changes: caseChangesOf(connection),
    live: liveCasesOf(connection, caseModel(connection)),
    references: referencesOf(connection),
    refusedReports: refusedReportsOf(connection),
    confirmations: confirmationsOf(connection),
    pictureHashes: pictureHashesOf(connection),
    releases: releasesOf(connection),
    caseViews: caseViewsOf(connection),
    lateAnswers: lateAnswersOf(connection),
    mails,
    mailSettings: mailSettingsOf(connection),
    marketplaceAnswers: marketplaceAnswersOf(connection),
    marketplacePauses: marketplacePausesOf(connection),
    brands: brandsOf(connection),
    authorisedSellers: authorisedSellers.repository,
    accountManagers: accountManagersOf(connection),
    apiKeys: apiKeysOf(connection),
    people: peopleOf(connection),
    questions: questionsOf(connection),
    savedViews: savedViewsOf(connection),
    sessions: sessionsOf(connection),
    signInLinks: signInLinksOf(connection),
    toldEvents,
    webhookEndpoints: webhookEndpointsOf(connection, () => toldEvents.latestSeq()),
    webhookDeliveries: webhookDeliveriesOf(connection),
    webhookProgress: webhookProgressOf(connection),
  }
}

async function ping(connection: Connection, connected: () => Promise<void>): Promise<void> {
  await connected()
  await connection.db?.command({ ping: 1 }, { readPreference: 'primary' })
}

type Repository = Record<string, (...args: unknown[]) => Promise<unknown>>

/** The same repositories, every method of which first waits for the connection. */
function afterConnecting<R extends object>(repositories: R, connected: () => Promise<void>): R {
  const waiting = (repository: Repository) =>
    mapValues(repository, (method) => async (...args: unknown[]) => {
      await connected()
      return method(...args)
    })
  return mapValues(repositories as Record<string, Repository>, waiting) as R
}

function mapValues<T, U>(values: Record<string, T>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]))
}
