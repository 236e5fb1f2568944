/**
 * Names of those who get mail. A brand's contacts are known within their brand only, staff by their
 * own id, so the name says which it is: `brand.<brandId>.<contactId>` or `staff.<accountManagerId>`.
 * `onCall` is the address that stands in for a lead who is not there.
 */
export type Recipient =
  | { kind: 'brand'; brandId: string; contactId: string }
  | { kind: 'staff'; accountManagerId: string }
  | { kind: 'onCall' }

/** The recipient that is whoever is on call. */
export const ON_CALL = 'onCall'

/** The recipient that is a brand's contact. */
export function brandRecipient(brandId: string, contactId: string): string {
  return `brand.${brandId}.${contactId}`
}

/** The recipient that is an account manager or lead. */
export function staffRecipient(accountManagerId: string): string {
  return `staff.${accountManagerId}`
}

/** What a recipient's name says, or `null` when it is none. */
export function parseRecipient(name: string): Recipient | null {
  if (name === ON_CALL) return { kind: 'onCall' }
  const [kind, first, second, ...rest] = name.split('.')
  if (rest.length > 0 || !first) return null
  if (kind === 'staff' && second === undefined) return { kind, accountManagerId: first }
  return kind === 'brand' && second ? { kind, brandId: first, contactId: second } : null
}
