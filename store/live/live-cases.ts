/** A case that was saved. */
export interface SavedCase {
  /** The place of its change among all changes. */
  token: string
  caseId: string
  brandId: string
  marketplace: string
  /** What was saved; `null` where its row was marked and its record did not go on. */
  rev: number | null
}

/**
 * Cases in the order of their commits, told once by the database. Tokens are texts that sort like
 * the commits they stand for, in every process.
 */
export interface SavedCases {
  /**
   * The next one, or `null` when there was none for half a second. Throws `TokenLost`, or an error of
   * an outage that lasted; it is of no use afterwards.
   */
  next(): Promise<SavedCase | null>
  /** Everything up to it has been given; to be asked after `next`. */
  token(): string
  close(): Promise<void>
}

/** What is saved while one looks on. The feed of changes (`CaseChanges`) is for those who look later. */
export interface LiveCases {
  /** All that is saved after `token`, or from now on where it is `null`. */
  watch(token: string | null): Promise<SavedCases>
}

/** A token is not one, or of another database, or from further back than the database remembers. */
export class TokenLost extends Error {
  override name = 'TokenLost'
}
