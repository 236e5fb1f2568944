import {
  materialChanges,
  shareOfSuggested,
  type ShownListing,
  TEXT_FACTS,
  type TextFact,
} from '../domain/listing/listing.js'
import { type Locale, type OfferField, wordsFor } from '../wording/vocabulary.js'
import { localNumber, localPercent, localPrice } from './local-format.js'

/** Where there was nothing before. */
const NOTHING = '–'

/** One thing a listing says of itself. The value is foreign text and not yet safe to show. */
export interface OfferFact {
  field: OfferField
  label: string
  value: string
}

/**
 * What a listing offers, apart from its title, in the reader's language: the same facts in the same
 * order wherever somebody decides. What is not known is left out.
 */
export function offerFacts(listing: ShownListing, locale: Locale): OfferFact[] {
  const { offer, conditions } = wordsFor(locale)
  const { units, pictures } = listing
  const { condition, description, ...texts } = textFacts(listing)
  const known = Object.entries(conditions).find(([word]) => word === condition?.toLowerCase())
  const values: Partial<Record<OfferField, string | null | undefined>> = {
    ...sellerFacts(listing, locale),
    price: listing.price ? localPrice(listing.price, locale) : offer.noPrice,
    comparison: comparison(listing, locale),
    units: units === undefined ? null : localNumber(units, locale),
    sku: listing.sku,
    condition: known?.[1] ?? condition,
    ...texts,
    pictures: pictures.length === 0 ? null : localNumber(pictures.length, locale),
    description,
  }
  return Object.entries(values).flatMap(([field, value]) =>
    value ? [{ field: field as OfferField, label: offer.labels[field as OfferField], value }] : [],
  )
}

/** One thing that differs between what was shown before and what is shown now. */
export interface OfferChange {
  label: string
  before: string
  now: string
}

/**
 * Before and after of all that differs, the title first. What the later one does not tell of is left
 * out: a marketplace tells less of a listing than a monitor.
 */
export function offerChanges(
  before: ShownListing,
  now: ShownListing,
  locale: Locale,
): OfferChange[] {
  const { offer } = wordsFor(locale)
  const earlier = new Map(offerFacts(before, locale).map((fact) => [fact.field, fact.value]))
  const changes = offerFacts(now, locale).map(({ field, label, value }) => ({
    label,
    before: earlier.get(field) ?? NOTHING,
    now:
      field === 'pictures' && materialChanges(before, now).includes('pictures')
        ? offer.otherPictures(value)
        : value,
  }))
  return [{ label: offer.title, before: before.title, now: now.title }, ...changes].filter(
    (change) => change.before !== change.now,
  )
}

function textFacts(listing: ShownListing): Partial<Record<TextFact, string | undefined>> {
  const facts = Object.keys(TEXT_FACTS) as TextFact[]
  return Object.fromEntries(facts.map((fact) => [fact, listing[fact]]))
}

function sellerFacts({ seller }: ShownListing, locale: Locale) {
  const { offer } = wordsFor(locale)
  const { id, name, reputation, transactions, since, region, officialStore } = seller
  const history = [
    reputation,
    transactions === undefined ? null : offer.sales(localNumber(transactions, locale)),
    since && offer.since(since),
  ]
  return {
    seller: [name, id].filter(Boolean).join(' · '),
    officialStore: officialStore ? offer.officialStore : null,
    sellerHistory: history.filter(Boolean).join(' · '),
    region,
  }
}

function comparison(listing: ShownListing, locale: Locale): string | null {
  const { offer } = wordsFor(locale)
  const { suggestedPrice } = listing
  if (!suggestedPrice) return null
  const suggested = localPrice(suggestedPrice, locale)
  const share = shareOfSuggested(listing)
  return share === null
    ? offer.suggested(suggested)
    : offer.shareOfSuggested(localPercent(share, locale), suggested)
}
