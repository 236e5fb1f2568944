import { canonicalJson } from '../record/canonical-json.js'
import type { CaseState } from './state.js'
import { materialChanges, type ShownListing } from '../listing/listing.js'
import { sha256Hex } from '../record/sha256.js'

/** A listing as it was shown, by the hash that a decision names it by. */
export interface Snapshot {
  hash: string
  listing: ShownListing
}

/** How many earlier snapshots a case remembers, so that an old page can be told what changed. */
export const EARLIER_SHOWN_MAX = 2

/**
 * SHA-256, in hex, of the canonical JSON (RFC 8785) of a shown listing: what a decision names. The
 * record holds no lone surrogates, so they count as the U+FFFD it holds instead.
 */
export function snapshotHash(listing: ShownListing): string {
  const stored = JSON.parse(JSON.stringify(listing), (_key, member: unknown) =>
    typeof member === 'string' ? member.replace(/\p{Cs}/gu, '\ufffd') : member,
  ) as ShownListing
  return sha256Hex(canonicalJson(stored))
}

/**
 * The listing a case asks about, as whoever decides is shown it: the monitor's capture, or how the
 * marketplace showed it last, where the brand was asked again about a listing that had changed.
 */
export function shownListing({ listing, shown }: CaseState): ShownListing | null {
  if (!listing || !shown) return listing
  return materialChanges(listing, shown).length === 0 ? listing : shown
}

/** What the case showed before what it shows now; `null` while it has shown the same offer only. */
export function shownBefore(state: CaseState): ShownListing | null {
  const now = shownListing(state)
  const before = state.earlierShown?.at(-1) ?? state.listing
  return now && before && materialChanges(before, now).length > 0 ? before : null
}

/** The snapshot that `hash` names, among those the case has shown; `null` for any other hash. */
export function snapshotOf(state: CaseState, hash: string): Snapshot | null {
  const shown = [shownListing(state), state.listing, ...(state.earlierShown ?? [])]
  const listing = shown.find((each) => each !== null && snapshotHash(each) === hash)
  return listing ? { hash, listing } : null
}

/** True when an answer given on the snapshot that `hash` names holds for what is shown now. */
export function isShownStill(state: CaseState, hash: string): boolean {
  const now = shownListing(state)
  const named = snapshotOf(state, hash)
  return now !== null && named !== null && materialChanges(named.listing, now).length === 0
}

/** What is shown now, and what an answer that names `hash` was given on, as far as the case knows it. */
export function bothSides(
  state: CaseState,
  hash: string | undefined,
): { shown?: Snapshot; decidedOn?: Snapshot } {
  const listing = shownListing(state)
  const decidedOn = hash === undefined ? null : snapshotOf(state, hash)
  return {
    ...(listing ? { shown: { hash: snapshotHash(listing), listing } } : {}),
    ...(decidedOn ? { decidedOn } : {}),
  }
}
