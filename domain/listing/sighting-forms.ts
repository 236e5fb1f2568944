import {
  either,
  exactly,
  atLeast,
  fields,
  type Form,
  id,
  instant,
  integer,
  list,
  number,
  optional,
  shownText,
  slug,
  text,
  truth,
  word,
} from '../form/forms.js'
import { ADDRESS_PATTERN } from '../form/given-text.js'
import {
  forTextFacts,
  type ListingSnapshot,
  type Picture,
  type Price,
  type Seller,
  type Sighting,
  type Signal,
} from './listing.js'
import { SEVERITIES } from '../vocabulary.js'

const AMOUNT_MAX = 1e12
const COUNT_MAX = 1e9
const WEIGHT_MAX = 1e6

const httpUrl = text(2000, {
  pattern: [new RegExp(ADDRESS_PATTERN, 'u'), 'an http or https address'],
})

const price = fields<Price>({
  amount: number(0, AMOUNT_MAX),
  currency: text(3, { pattern: [/^[A-Z]{3}$/, 'a currency code like CNY'] }),
})

const seller = fields<Seller>({
  id: id(200),
  name: optional(shownText(300)),
  reputation: optional(shownText(100)),
  transactions: optional(integer(0, COUNT_MAX)),
  region: optional(shownText(200)),
  officialStore: optional(truth),
  since: optional(
    text(10, {
      pattern: [/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, 'a year, month or day'],
    }),
  ),
})

const picture = fields<Picture>({
  url: optional(httpUrl),
  sha256: text(64, { pattern: [/^[0-9a-f]{64}$/, 'a SHA-256 in hex'] }),
  phash: optional(shownText(200)),
})

const listing = fields<ListingSnapshot>({
  marketplace: slug,
  listingId: id(200),
  url: httpUrl,
  title: shownText(1000),
  capturedAt: instant,
  price: either(exactly(null), price),
  suggestedPrice: optional(price),
  units: optional(integer(0, COUNT_MAX)),
  sku: optional(id(200)),
  ...forTextFacts((maxLength) => optional(shownText(maxLength))),
  seller,
  pictures: list(picture, 30),
})

const signal = fields<Signal>({
  ruleId: id(100),
  weight: number(0, WEIGHT_MAX),
  observed: shownText(1000, 0),
})

/** A sighting as `NewCaseSchema` in contract/ takes it, with the id the API gave it. */
export const sightingForm: Form = fields<Sighting>({
  sightingId: text(100),
  externalId: optional(id(200)),
  reporter: optional(text(300)),
  brandId: slug,
  suspectedSeverity: word(SEVERITIES),
  monitor: fields<Sighting['monitor']>({
    name: shownText(100),
    version: shownText(100),
  }),
  score: number(0, WEIGHT_MAX),
  signals: list(signal, 50, 1),
  whyUnverifiable: shownText(2000),
  listing,
})

/** A sighting that is on record, or was accepted: earlier versions asked for less. */
export const acceptedSightingForm: Form = atLeast<
  Pick<Sighting, 'sightingId' | 'brandId' | 'suspectedSeverity' | 'listing'>
>({
  sightingId: text(100),
  brandId: slug,
  // Which of them it is, `openCase` says.
  suspectedSeverity: text(100, { pattern: [/^/, 'text'] }),
  listing: atLeast<Pick<ListingSnapshot, 'marketplace' | 'listingId'>>({
    marketplace: slug,
    listingId: text(200, { pattern: [/^/, 'text'] }),
  }),
})
