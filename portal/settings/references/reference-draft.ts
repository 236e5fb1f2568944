import type { NewReference, PresentedReference } from '../../../contract/reference.js'
import { REFERENCE_LIMITS } from '../../../domain/listing/references.js'

/** What is written about one in its form. */
export interface ReferenceDraft {
  name: string
  /** These three have an entry a line. */
  skus: string
  words: string
  features: string
  /** `null` where nothing is suggested. */
  amount: number | null
  currency: string
  rights: string
}

/** The fields with an entry a line: how many they take, and how long each may be. */
export const LINES = {
  skus: { most: REFERENCE_LIMITS.skus, longest: 100 },
  words: { most: REFERENCE_LIMITS.words, longest: 100 },
  features: { most: REFERENCE_LIMITS.features, longest: 300 },
} as const
export type LinesField = keyof typeof LINES

/** The form of a product; `currency` is that of one without a price. */
export function draftOf(reference: PresentedReference | null, currency: string): ReferenceDraft {
  return {
    name: reference?.name ?? '',
    skus: (reference?.skus ?? []).join('\n'),
    words: (reference?.words ?? []).join('\n'),
    features: (reference?.features ?? []).join('\n'),
    amount: reference?.suggestedPrice?.amount ?? null,
    currency: reference?.suggestedPrice?.currency ?? currency,
    rights: reference?.rights ?? '',
  }
}

/** What the form says, as the API takes it. */
export function fieldsOf(draft: ReferenceDraft): Required<NewReference> {
  const { amount, currency, rights } = draft
  return {
    name: draft.name.trim(),
    skus: entriesIn(draft.skus),
    words: entriesIn(draft.words),
    features: entriesIn(draft.features),
    suggestedPrice: amount === null ? null : { amount, currency: currencyIn(currency) },
    rights: rights.trim() === '' ? null : rights.trim(),
  }
}

/** Those of the fields that are not as they were in `before`: what somebody else wrote is left alone. */
export function changesSince(before: ReferenceDraft, draft: ReferenceDraft): Partial<NewReference> {
  const was = Object.entries(fieldsOf(before)).map(([name, value]) => [name, JSON.stringify(value)])
  const asItWas = new Map(was as [string, string][])
  const changed = Object.entries(fieldsOf(draft)).filter(
    ([name, value]) => JSON.stringify(value) !== asItWas.get(name),
  )
  return Object.fromEntries(changed)
}

/** What is wrong with a field of lines; `null` where it can be sent. */
export function troubleIn(field: LinesField, lines: string): 'tooMany' | 'tooLong' | null {
  const { most, longest } = LINES[field]
  const entries = entriesIn(lines)
  if (entries.length > most) return 'tooMany'
  return entries.some(({ length }) => length > longest) ? 'tooLong' : null
}

/** Whether a price without a currency, or with what is none, stands in the form. */
export function lacksCurrency({ amount, currency }: ReferenceDraft): boolean {
  return amount !== null && !/^[A-Z]{3}$/.test(currencyIn(currency))
}

function currencyIn(written: string): string {
  return written.trim().toUpperCase()
}

/** Each line once, without those that say nothing. */
function entriesIn(lines: string): string[] {
  const entries = lines.split(/\r?\n/).map((line) => line.trim())
  return [...new Set(entries)].filter((entry) => entry !== '')
}
