import type { AdminRepository } from './admin-repository.js'
import type { CaseRepository } from './case-repository.js'
import type { CaseChanges } from './changes.js'
import type { Confirmations } from './confirmations.js'
import type { RefusedReports } from './refused-report.js'
import type { Releases } from './releases.js'

export * from './admin-repository.js'
export * from './case-repository.js'
export * from './changes.js'
export type { Confirmations } from './confirmations.js'
export * from './refused-report.js'
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
