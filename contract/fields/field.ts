/** A JSON value of the contract. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * What the contract says of a field: a sentence, and a value it can have. Both are for fields whose
 * schema says neither; what a schema says of itself goes first.
 */
export interface FieldText {
  description?: string
  example?: Json
}

/**
 * Texts by the name of the field, for all fields of that name; or by more of its path, for those
 * that mean something else: `name`, `seller.name`, `Brand.name` (a component), `listCases.items` (an
 * operation), `query.after` (a parameter). The longest that fits and says it is the one that holds.
 */
export type FieldTexts = Readonly<Record<string, FieldText>>

/** The case of the examples. */
export const CASE_ID = 'case~lantern-market~LM-48213~voltbrook~k3v9x2m7q4ta'
/** A decision on it. */
export const DECISION_ID = '0b8f4c1e-6f7d-4c58-9b55-2f2f5a1f8a31'
/** A SHA-256. */
export const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
/** When the case of the examples was opened. */
export const OPENED_AT = '2026-03-02T09:30:00.000Z'
/** When its brand has to have answered. */
export const DUE_AT = '2026-03-05T09:30:00.000Z'
/** When it did. */
export const DECIDED_AT = '2026-03-03T14:05:00.000Z'
/** When the listing was gone. */
export const CLOSED_AT = '2026-03-03T14:16:00.000Z'
/** An API key, by its id. */
export const KEY_ID = 'k7q2m4xa'
