import type { TenantScope } from '../tenant-scope.js'

/** A place in a feed: after the entry `seq` of that `epoch`, which was numbered `at`. */
export interface FeedPosition {
  epoch: string
  seq: number
  at: Date
}

/** Entries of a feed, oldest first. */
export interface FeedPage {
  /** What changed. Something that changed twice may stand here twice. */
  subjectIds: string[]
  /** Where to go on: everything before it that the reader may see is on this page or an earlier one. */
  next: FeedPosition
  /** Nothing more had been numbered when it was read. */
  isEnd: boolean
}

/** A position is of another history of the feed, or older than what is kept: begin anew. */
export class PositionExpired extends Error {
  override name = 'PositionExpired'
}

export interface FollowOptions {
  /** Ends it; the lease is given back. */
  signal: AbortSignal
  log: { warn(message: string): void }
}

/** What changed among the cases, in the order of the commits, each change at least once. */
export interface CaseChanges {
  /**
   * Case ids that `scope` may see, changed after `after` (`null`: from the oldest kept entry).
   * Throws `PositionExpired`.
   */
  read(scope: TenantScope, after: FeedPosition | null, limit: number, now: Date): Promise<FeedPage>
  /** The position after everything numbered by `now`. */
  latest(now: Date): Promise<FeedPosition>
  /**
   * Takes part in numbering the changes, until `signal` ends it: of all processes that do, one at a
   * time has the lease. Saving a case does not wait for it. Survives outages of the database.
   */
  follow(options: FollowOptions): Promise<void>
}
