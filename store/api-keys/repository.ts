import type { Role, Severity } from '../../domain/vocabulary.js'

/** What a caller of the API may do and see. */
export interface ApiKey {
  keyId: string
  name: string
  /** SHA-256 of the secret; the secret itself is shown once and never stored. */
  hash: string
  role: Role
  brandIds: string[] | '*'
  marketplaces: string[] | '*'
  /** The most severe severity a monitor's key may suspect. */
  severityCap: Severity
  /** The monitor that a monitor's key is for; absent where none was named. */
  monitorName?: string
  createdAt: Date
  createdBy: string
  expiresAt: Date | null
  revokedAt: Date | null
  lastUsedAt: Date | null
}

/** Thrown when nobody could administer the service any more. */
export class LastOperator extends Error {
  override name = 'LastOperator'
}
/** Thrown when the key that makes another was revoked meanwhile. */
export class MakerRevoked extends Error {
  override name = 'MakerRevoked'
}
/** Thrown when a brand has as many keys that work as it may have. */
export class TooManyKeys extends Error {
  override name = 'TooManyKeys'
}

/** The keys callers of the API have; only hashes of their secrets. */
export interface ApiKeyRepository {
  find(keyId: string): Promise<ApiKey | null>
  list(page: { limit: number; after?: string }): Promise<ApiKey[]>
  /**
   * Keeps a new key. With `liveKeysOfBrand`, throws `TooManyKeys` where one of its brands has that
   * many working keys of brand roles; throws `MakerRevoked` where the key that makes it was revoked.
   */
  create(key: ApiKey, limits?: { liveKeysOfBrand: number }): Promise<ApiKey>
  /**
   * Revokes a key and, unless `keepMade`, those it made and so on, but for the revoking key `by` and
   * what that made. Gives the ids of those that worked until now. Throws `LastOperator` rather than
   * revoke the last operator's key for everything.
   */
  revoke(keyId: string, options: { at: Date; by: string; keepMade?: boolean }): Promise<string[]>
  /** Remembers the use of a key, to the minute. */
  touch(keyId: string, at: Date): Promise<void>
}
