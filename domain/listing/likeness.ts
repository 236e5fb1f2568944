import type { ShownListing } from './listing.js'

/** In what listings may be alike: whoever answers one may want to answer those with it. */
export const LIKENESSES = ['seller', 'picture', 'title', 'price'] as const
export type Likeness = (typeof LIKENESSES)[number]

const MAX_WORDS = 30
const MAX_SHAPE = 200
/** Each band of prices ends at so many times its beginning. */
const BAND_RATIO = 1.25
const BAND = /^([A-Z]{3}):(-?\d{1,3})$/

/**
 * What is left of a title without numbers, marks, accents, case, order and repetition of its words:
 * titles that were written by one pattern have the same. Empty for one without letters.
 */
export function titleShape(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
  const words = [...new Set(plain.match(/\p{L}+/gu) ?? [])].slice(0, MAX_WORDS).sort()
  // A letter that the end would cut in two is left out.
  return words
    .join(' ')
    .slice(0, MAX_SHAPE)
    .replace(/[\ud800-\udbff]$/, '')
    .trim()
}

/**
 * The band in which the price of a unit lies, such as `CNY:23`; `null` where the offer has no price.
 * Bands of a currency follow one another without gaps, each a quarter wider than the one before.
 */
export function priceBand({
  price,
  units = 1,
}: Pick<ShownListing, 'price' | 'units'>): string | null {
  if (!price || price.amount <= 0 || units < 1) return null
  return `${price.currency}:${Math.floor(Math.log(price.amount / units) / Math.log(BAND_RATIO))}`
}

/** From where on, and up to where, a unit costs in a band; `null` for a text that names none. */
export function bandLimits(band: string): { currency: string; from: number; below: number } | null {
  const [, currency, step] = BAND.exec(band) ?? []
  if (currency === undefined) return null
  const from = BAND_RATIO ** Number(step)
  return { currency, from, below: from * BAND_RATIO }
}

/** A perceptual hash as the service makes it: 64 bits as hex. */
const HASH = /^[0-9a-f]{16}$/
const PARTS = 4
/** In so many bits two pictures that look alike may differ: any two of them share a part. */
const MAX_DISTANCE = PARTS - 1

/**
 * The parts of a perceptual hash by which alike ones are found: each is every fourth of its bits, so
 * that an empty margin does not fill one. None for what is no such hash, or that of an empty picture.
 */
export function hashParts(phash: string): string[] {
  if (!HASH.test(phash) || /^0*$/.test(phash)) return []
  const bits = bitsOf(phash)
  return Array.from({ length: PARTS }, (_, part) => {
    const own = [...bits].filter((_bit, place) => place % PARTS === part).join('')
    return `${part}:${Number.parseInt(own, 2).toString(16).padStart(4, '0')}`
  })
}

/** True when pictures with these perceptual hashes look alike. */
export function lookAlike(one: string, other: string): boolean {
  if (!HASH.test(one) || !HASH.test(other)) return false
  const others = bitsOf(other)
  return [...bitsOf(one)].filter((bit, place) => bit !== others[place]).length <= MAX_DISTANCE
}

function bitsOf(phash: string): string {
  return BigInt(`0x${phash}`).toString(2).padStart(64, '0')
}
