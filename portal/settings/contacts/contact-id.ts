const LONGEST = 40

/** An id for a contact of that name, which none of `taken` is: `Product safety` → `product-safety`. */
export function contactIdFor(name: string, taken: readonly string[]): string {
  const plain = name.normalize('NFD').toLowerCase().replace(/\p{M}/gu, '')
  const words = plain.match(/[a-z0-9]+/g) ?? ['contact']
  const base = words.join('-').slice(0, LONGEST).replace(/-$/, '')
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`
    if (!taken.includes(id)) return id
  }
}
