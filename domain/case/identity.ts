/** A brand or marketplace id: lower-case words joined by single hyphens, at most 64 characters. */
export const SLUG_PATTERN = '^[a-z0-9]+(-[a-z0-9]+)*$'
export const SLUG_MAX = 64
/** What may stand in a workflow id in the place of a listing. */
const LISTING_KEY = /^[A-Za-z0-9._-]{1,96}$/
/** The form of the keys of listing ids that cannot: `x` and a base32 SHA-256. */
const DIGEST_KEY = /^x[a-z2-7]{52}$/

/**
 * True for a listing id that can stand in a workflow id as it is. One that has the form of a digest
 * cannot: it would be taken for the listing with that digest.
 */
export function isPlainListingId(listingId: string): boolean {
  return LISTING_KEY.test(listingId) && !DIGEST_KEY.test(listingId)
}

const CASE_PREFIX = 'case'
const SEPARATOR = '~'

export interface CaseIdentity {
  marketplace: string
  /** The listing's id, or its digest key when the id is not plain. */
  listingKey: string
  brandId: string
}

/**
 * `case~<marketplace>~<listingKey>~<brandId>`: at most one open case per listing and brand.
 * `listingKey` is the listing id where it is plain, else `x` + base32 SHA-256 of it (computed by
 * the caller, this folder has no digest).
 */
export function workflowIdOf({ marketplace, listingKey, brandId }: CaseIdentity): string {
  return [CASE_PREFIX, marketplace, listingKey, brandId].join(SEPARATOR)
}

/** A case id is its workflow id and a random suffix; it is never used twice. */
export function caseIdOf(workflowId: string, suffix: string): string {
  return `${workflowId}${SEPARATOR}${suffix}`
}

/** What a case id names, or `null` when the text is not a case id. Needs no database. */
export function parseCaseId(
  caseId: string,
): (CaseIdentity & { workflowId: string; suffix: string }) | null {
  const parts = caseId.split(SEPARATOR)
  const [prefix, marketplace, listingKey, brandId, suffix] = parts
  if (parts.length !== 5 || prefix !== CASE_PREFIX) return null
  if (!marketplace || !listingKey || !brandId || !suffix) return null
  if (!isSlug(marketplace) || !isSlug(brandId)) return null
  if (!LISTING_KEY.test(listingKey) || !/^[a-z0-9]{8,40}$/.test(suffix)) return null
  const workflowId = workflowIdOf({ marketplace, listingKey, brandId })
  return { marketplace, listingKey, brandId, workflowId, suffix }
}

function isSlug(text: string): boolean {
  return text.length <= SLUG_MAX && new RegExp(SLUG_PATTERN).test(text)
}

/** Idempotency key of a takedown; `n` counts the requests made after definite failures. */
export function takedownKeyOf(caseId: string, n: number): string {
  return `takedown:${caseId}:${n}`
}
