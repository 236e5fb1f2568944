import type { AdminRepository } from './admin-repository.js'
import type { CaseRepository } from './cases/repository.js'
import type { CaseChanges } from './feed/changes.js'
import type { Confirmations } from './cases/confirmations.js'
import type { RefusedReports } from './refused-reports/repository.js'
import type { Releases } from './releases.js'

export * from './admin-repository.js'
export * from './cases/repository.js'
export * from './feed/changes.js'
export type { Confirmations } from './cases/confirmations.js'
export * from './refused-reports/repository.js'
export type { ReleaseInUse, Releases } from './releases.js'
export * from './tenant-scope.js'

/** Everything kept in MongoDB. */
export interface Store {
  cases: CaseRepository
  admin: AdminRepository
  changes: CaseChanges
  refusedReports: RefusedReports
  confirmations: Confirmations
  releases: Releases
  /** Resolves when the primary answers; rejects within `timeoutMs`. */
  ping(timeoutMs: number): Promise<void>
  close(): Promise<void>
}
