import type { ClientSession, Model } from 'mongoose'
import { LOCALES } from '../wording/vocabulary.js'

/** Options of every schema: what is not declared is refused, and `{}` is kept. */
export const DOCUMENT_OPTIONS = {
  strict: 'throw',
  strictQuery: 'throw',
  minimize: false,
  versionKey: false,
  id: false,
} as const

/** A field that every document has. Text that may be empty is declared without it. */
export const required = <T>(type: T) => ({ type, required: true }) as const

/**
 * A value as MongoDB holds it: members that are `undefined` are gone, and a lone surrogate, which
 * UTF-8 cannot carry, is U+FFFD. Plain JSON data only.
 */
export function storable<T>(value: T): T {
  const text = JSON.stringify(value)
  // Lone surrogates come out of it escaped: each string is looked at only where there may be one.
  if (!/\\ud[89a-f]/.test(text)) return JSON.parse(text) as T
  return JSON.parse(text, (_key, member: unknown) =>
    typeof member === 'string' ? Buffer.from(member).toString() : member,
  ) as T
}

/**
 * Inserts documents made of typed values as they are, in one command. Making mongoose's documents of
 * them first takes longer than all the rest of saving; a test holds what is stored against the schemas.
 */
export async function insertAsTheyAre<D extends object>(
  session: ClientSession,
  model: Model<D>,
  documents: readonly D[],
): Promise<void> {
  await model.collection.insertMany(documents, { session })
}

/** How to reach somebody. */
export const contactFields = {
  name: required(String),
  email: required(String),
  locale: { type: String, enum: LOCALES, required: true },
} as const
