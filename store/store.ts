import type { AccountManagerRepository } from './account-managers/repository.js'
import type { ApiKeyRepository } from './api-keys/repository.js'
import type { AuthorisedSellerRepository } from './authorised-sellers/repository.js'
import type { BrandRepository } from './brands/repository.js'
import type { CaseViewRepository } from './case-views/repository.js'
import type { CaseRepository } from './cases/repository.js'
import type { CaseChanges } from './feed/changes.js'
import type { LiveCases } from './live/live-cases.js'
import type { LateAnswerRepository } from './late-answers/repository.js'
import type { Confirmations } from './cases/confirmations.js'
import type { MailSettingsRepository } from './mail-settings/repository.js'
import type { SentMails } from './mails/repository.js'
import type { PictureHashRepository } from './picture-hashes/repository.js'
import type { MarketplaceAnswerRepository, MarketplacePauses } from './marketplaces/repository.js'
import type { PersonRepository } from './people/repository.js'
import type { References } from './references/repository.js'
import type { QuestionRepository } from './questions/repository.js'
import type { RefusedReports } from './refused-reports/repository.js'
import type { Releases } from './releases.js'
import type { SavedViews } from './saved-views/repository.js'
import type { SessionRepository } from './sessions/repository.js'
import type { SignInLinkRepository } from './sign-in-links/repository.js'
import type {
  ToldEvents,
  WebhookDeliveries,
  WebhookEndpoints,
  WebhookProgress,
} from './webhooks/repository.js'

export * from './account-managers/repository.js'
export * from './api-keys/repository.js'
export * from './authorised-sellers/repository.js'
export * from './brands/repository.js'
export * from './case-views/repository.js'
export * from './cases/repository.js'
export * from './record/repository.js'
export * from './errors.js'
export * from './feed/changes.js'
export * from './late-answers/repository.js'
export * from './live/live-cases.js'
export * from './mails/repository.js'
export * from './marketplaces/repository.js'
export type { CaseRow } from './cases/document.js'
export type { CaseFilter } from './cases/filter.js'
export type { Confirmations } from './cases/confirmations.js'
export * from './people/repository.js'
export * from './picture-hashes/repository.js'
export * from './references/repository.js'
export * from './questions/repository.js'
export * from './refused-reports/repository.js'
export type { ReleaseInUse, Releases } from './releases.js'
export * from './saved-views/repository.js'
export * from './sessions/repository.js'
export * from './sign-in-links/repository.js'
export * from './tenant-scope.js'
export * from './webhooks/repository.js'

/** Everything kept in MongoDB. */
export interface Store {
  cases: CaseRepository
  caseViews: CaseViewRepository
  lateAnswers: LateAnswerRepository
  mails: SentMails
  mailSettings: MailSettingsRepository
  marketplaceAnswers: MarketplaceAnswerRepository
  marketplacePauses: MarketplacePauses
  brands: BrandRepository
  authorisedSellers: AuthorisedSellerRepository
  accountManagers: AccountManagerRepository
  apiKeys: ApiKeyRepository
  people: PersonRepository
  questions: QuestionRepository
  savedViews: SavedViews
  sessions: SessionRepository
  signInLinks: SignInLinkRepository
  changes: CaseChanges
  live: LiveCases
  references: References
  refusedReports: RefusedReports
  confirmations: Confirmations
  pictureHashes: PictureHashRepository
  releases: Releases
  webhookEndpoints: WebhookEndpoints
  webhookDeliveries: WebhookDeliveries
  webhookProgress: WebhookProgress
  toldEvents: ToldEvents
  /** Resolves when the primary answers; rejects within `timeoutMs`. */
  ping(timeoutMs: number): Promise<void>
  close(): Promise<void>
}
