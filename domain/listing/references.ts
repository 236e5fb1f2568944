import type { Price, ShownListing } from './listing.js'

/** How many references a brand may have, how many pictures each, and how much of everything else. */
export const REFERENCE_LIMITS = {
  perBrand: 500,
  pictures: 10,
  skus: 50,
  words: 20,
  features: 30,
} as const

/** What of a genuine product says whether it is the one that a listing offers. */
export interface FittedProduct {
  /** The brand's numbers of it. */
  skus: readonly string[]
  /** All of them stand in the title of whatever offers it. */
  words: readonly string[]
  /** Perceptual hashes of its pictures: 64 bits in hex. */
  pictureHashes: readonly string[]
}

/** A genuine product that fits a listing: by its number, else by its words, else by a picture. */
export interface Fit<T> {
  reference: T
  by: 'sku' | 'words' | 'picture'
  /** In how many of 64 bits the nearest pictures differ; `null` where none could be compared. */
  distance: number | null
}

/** Pictures whose hashes differ in more bits show different things. */
const MOST_BITS = 12

/**
 * The genuine products that fit a listing, the best first: a number says more than words, words more
 * than a picture; of several by words those with more of them, then those with the nearer picture.
 * `pictureHashes`: of the pictures of the listing, as far as they are known.
 */
export function fittingReferences<T extends FittedProduct>(
  listing: Pick<ShownListing, 'title' | 'sku'>,
  pictureHashes: readonly string[],
  references: readonly T[],
): Fit<T>[] {
  const title = comparable(listing.title)
  const sku = listing.sku === undefined ? null : comparable(listing.sku)
  const fits = references.flatMap((reference): Fit<T>[] => {
    const distance = nearest(reference.pictureHashes, pictureHashes)
    const by = fitOf(reference, { title, sku, distance })
    return by ? [{ reference, by, distance }] : []
  })
  return fits.toSorted(
    (a, b) =>
      RANKS[a.by] - RANKS[b.by] ||
      b.reference.words.length - a.reference.words.length ||
      (a.distance ?? 64) - (b.distance ?? 64),
  )
}

const RANKS = { sku: 0, words: 1, picture: 2 } as const

function fitOf(
  { skus, words }: FittedProduct,
  { title, sku, distance }: { title: string; sku: string | null; distance: number | null },
): Fit<never>['by'] | null {
  if (sku !== null && skus.some((each) => comparable(each) === sku)) return 'sku'
  if (words.length > 0 && words.every((word) => holds(title, comparable(word)))) return 'words'
  return distance !== null && distance <= MOST_BITS ? 'picture' : null
}

/** A word of letters begins and ends where others do not go on: `ink` is not in `drink`. */
function holds(title: string, word: string): boolean {
  for (let at = title.indexOf(word); at !== -1; at = title.indexOf(word, at + 1)) {
    const before = title.slice(0, at)
    const after = title.slice(at + word.length)
    const isApart = !(GOES_ON.test(before.slice(-1)) && GOES_ON.test(word.slice(0, 1)))
    const isEnded = !(GOES_ON.test(after.slice(0, 1)) && GOES_ON.test(word.slice(-1)))
    if (isApart && isEnded) return true
  }
  return false
}

/** Letters and digits of scripts that part words by spaces. */
const GOES_ON = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Nd}]/u

function comparable(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '')
  return plain.toLowerCase().replace(/\s+/g, ' ').trim()
}

function nearest(these: readonly string[], those: readonly string[]): number | null {
  const distances = these.flatMap((one) => those.flatMap((other) => bitsBetween(one, other) ?? []))
  return distances.length === 0 ? null : Math.min(...distances)
}

const HASH = /^[0-9a-f]{16}$/

/** In how many bits two perceptual hashes differ; `null` for what is none. */
function bitsBetween(one: string, other: string): number | null {
  if (!HASH.test(one) || !HASH.test(other)) return null
  let differing = BigInt(`0x${one}`) ^ BigInt(`0x${other}`)
  let bits = 0
  for (; differing > 0n; differing >>= 1n) bits += Number(differing & 1n)
  return bits
}

/** What the brand suggests for a unit: as the listing's monitor said, else as the reference does. */
export function suggestedFor(
  listing: Pick<ShownListing, 'suggestedPrice'>,
  reference: { suggestedPrice: Price | null } | null,
): Price | null {
  return listing.suggestedPrice ?? reference?.suggestedPrice ?? null
}
