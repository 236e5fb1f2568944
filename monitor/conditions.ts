import { attributeOf, plain, type UnitPrice, unitPriceOf } from './facts.js'
import type { ScannedListing } from './listing.js'
import { standingOf, wordsOf } from './plain-words.js'
import type { Condition, PackSizeWords } from './rule-pack.js'

/** What was seen, in words for whoever decides, or `null` when the condition does not hold. */
export function observe(
  condition: Condition,
  listing: ScannedListing,
  words: PackSizeWords,
): string | null {
  const { seller } = listing
  switch (condition.kind) {
    case 'unitPrice': {
      const price = unitPriceOf(listing, words)
      const holds =
        price !== null &&
        ('below' in condition ? price.share < condition.below : price.share > condition.over)
      return holds ? priceInWords(price) : null
    }
    case 'title': {
      const title = plain(listing.title)
      const said = condition.unless ? title.replace(condition.unless, ' ') : title
      return quoted('the title says', condition.says.exec(said))
    }
    case 'attribute':
      return observeAttribute(condition, listing)
    case 'description': {
      const { descriptionSignals: said } = listing
      const { mentions } = condition
      return said && Object.hasOwn(said, mentions) && said[mentions] === true
        ? `the description says: ${wordsOf(mentions)}`
        : null
    }
    case 'reputation': {
      const { reputation } = seller
      if (condition.says === null)
        return reputation === null ? 'the marketplace shows no rating of the seller' : null
      if (typeof reputation !== 'string') return null
      return condition.says.test(plain(reputation))
        ? `the marketplace rates the seller ${standingOf(reputation)}`
        : null
    }
    case 'transactions': {
      const { transactions } = seller
      const known = transactions !== null && transactions !== undefined
      return known && transactions < condition.below
        ? `the seller has made ${transactions} sales`
        : null
    }
    case 'officialStore':
      return seller.officialStore === true ? 'the marketplace calls it an official store' : null
    case 'mismatch': {
      const { attribute, pattern } = condition
      const inTitle = namesIn(listing.title, pattern)
      const inForm = namesIn(String(attributeOf(listing, attribute) ?? ''), pattern)
      const differ =
        inTitle.size > 0 && inForm.size > 0 && [...inTitle].every((name) => !inForm.has(name))
      return differ
        ? `the title says ${list(inTitle)}, but the ${wordsOf(attribute)} is stated as ${list(inForm)}`
        : null
    }
  }
}

function observeAttribute(
  condition: Condition & { kind: 'attribute' },
  listing: ScannedListing,
): string | null {
  const { name } = condition
  const value = attributeOf(listing, name)
  if ('missing' in condition) return value === undefined ? `no ${wordsOf(name)} is stated` : null
  if (value === undefined) return null
  if ('over' in condition) {
    return Number(value) > condition.over
      ? `the ${wordsOf(name)} is stated as ${value}, more than ${condition.over}`
      : null
  }
  return condition.says.test(plain(String(value)))
    ? `the ${wordsOf(name)} is stated as ${value}`
    : null
}

function priceInWords({ share, amount, currency, suggested, pack }: UnitPrice): string {
  const units = pack.units === 1 ? '' : ` (${pack.units} units by the ${pack.source})`
  const percent = Math.round(share * 100)
  return `${amount.toFixed(2)} ${currency} a unit${units}, ${percent} % of the suggested ${suggested.toFixed(2)}`
}

function quoted(where: string, match: RegExpExecArray | null): string | null {
  return match ? `${where} “${match[0].trim()}”` : null
}

/** The names a global pattern finds, without spaces: "664 XL" and "664xl" are one model. */
function namesIn(text: string, pattern: RegExp): Set<string> {
  return new Set(
    [...plain(text).matchAll(pattern)].map((match) => (match[1] ?? match[0]).replace(/ /g, '')),
  )
}

function list(names: Set<string>): string {
  return [...names].join(', ')
}
