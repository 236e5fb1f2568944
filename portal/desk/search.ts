/** What the address of a desk says: whose it is, where it is not one's own. */
export interface DeskSearch {
  of?: string
}

/** The address as far as it can be meant. */
export function readDeskSearch(given: Readonly<Record<string, unknown>>): DeskSearch {
  const { of } = given
  return typeof of === 'string' && /^[a-z0-9-]{1,40}$/.test(of) ? { of } : {}
}
