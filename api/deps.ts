import type { Client } from '@temporalio/client'
import type { Mail } from '../notifications/mail-transport.js'
import type { ApiConfig } from '../platform/config.js'
import type { Pictures } from '../evidence/pictures.js'
import type { Logger } from '../platform/logger.js'
import type { SecretBox } from '../platform/secret-box.js'
import type { Store } from '../store/store.js'
import type { Authenticator } from './callers/authenticate.js'
import type { NamesOf } from './callers/actor-names.js'
import type { CaseGateway } from './cases/gateway.js'
import type { ReportSighting } from './cases/intake.js'
import type { ApiMetrics } from './metrics.js'
import type { DatabaseGate } from './outage.js'
import type { RecentPeople } from './callers/recent-people.js'
import type { ReopenCase } from './cases/reopen-case.js'
import type { BrandStanding } from './callers/brand-standing.js'
import type { Sweeps } from './cases/sweeps.js'
import type { SignInCookies } from './sign-in/cookies.js'
import type { SignInLinks } from './sign-in/links.js'
import type { OpenIdConnect } from './sign-in/open-id-connect.js'
import type { Sessions } from './sign-in/sessions.js'

/** What the API is made of. `now` gives epoch milliseconds. */
export interface ApiDeps {
  store: Store
  temporal: Client
  config: Pick<
    ApiConfig,
    | 'PUBLIC_URL'
    | 'RATE_LIMIT_PER_MINUTE'
    | 'TRUST_PROXY'
    | 'OVERLOADED_DELAY_MS'
    | 'POLICY_MIN_WINDOW_MS'
    | 'LIVE_STREAMS'
    | 'LIVE_STREAMS_PER_CALLER'
  > &
    Partial<Pick<ApiConfig, 'PORTAL_DIR' | 'TEMPORAL_UI_URL' | 'TEMPORAL_NAMESPACE'>> & {
      secrets: Pick<ApiConfig['secrets'], 'answerToken'>
    }
  /** Sends mails about signing in; all others are the worker's. */
  mail: { send(mail: Mail): Promise<unknown> }
  /** Whose word about mails that came back is taken; of nobody where both are empty. */
  bounces: {
    snsTopics: readonly string[]
    mailgunKey: string
    fetchText: (address: URL) => Promise<string>
  }
  /** Where people have accounts, besides here. */
  provider: OpenIdConnect | null
  logger: Logger
  now: () => number
  marketplaces: readonly { id: string; name: string }[]
  metrics: ApiMetrics
  pictures: Pictures
  /** Seals the secrets of webhooks, and which origins on this machine may receive them; `null`: there are none. */
  webhooks: { secrets: Pick<SecretBox, 'seal'>; localOrigins: readonly string[] } | null
}

/** What routes work with. */
export interface RouteDeps extends ApiDeps {
  gate: DatabaseGate
  people: RecentPeople
  standing: BrandStanding
  authenticator: Authenticator
  namesOf: NamesOf
  gateway: CaseGateway
  reportSighting: ReportSighting
  reopenCase: ReopenCase
  sweeps: Sweeps
  cookies: SignInCookies
  signInLinks: SignInLinks
  sessions: Sessions
}
