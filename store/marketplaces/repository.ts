/** Why somebody paused or resumed a marketplace, and when. */
export interface PauseReason {
  text: string
  /** The caller, by id. */
  by: string
  at: Date
}

/** A time in which a marketplace is sent nothing; kept for good. */
export interface MarketplacePause {
  pauseId: string
  marketplace: string
  since: Date
  /** Every reason that was given, the one that holds last. */
  reasons: PauseReason[]
  /** `null` while it lasts. */
  resumed: PauseReason | null
}

/** Which marketplaces are sent nothing at present, and were before; at most one pause of each lasts. */
export interface MarketplacePauses {
  /** The pause of a marketplace that lasts, or `null`. */
  current(marketplace: string): Promise<MarketplacePause | null>
  /** All that last. */
  allCurrent(): Promise<MarketplacePause[]>
  /** Begins one, or gives the one that lasts another reason; the reason that holds again is no change. */
  pause(marketplace: string, reason: PauseReason): Promise<MarketplacePause>
  /** Ends the one that lasts; `null` where none does. */
  resume(marketplace: string, reason: PauseReason): Promise<MarketplacePause | null>
  /** Those of a marketplace, the latest first. */
  list(marketplace: string, limit: number): Promise<MarketplacePause[]>
}

/** How a marketplace has answered, as far as workers have noted it; `null`: never. */
export interface MarketplaceAnswers {
  marketplace: string
  /** When it did what it was asked, or said why not. */
  answeredAt: Date | null
  failedAt: Date | null
  /** What went wrong then. */
  failure: string | null
}

/** How marketplaces have answered last. */
export interface MarketplaceAnswerRepository {
  /** Notes a call that came to its end: answered, or failed in a way that may pass. */
  note(marketplace: string, call: { at: Date; failure: string | null }): Promise<void>
  all(): Promise<MarketplaceAnswers[]>
}
