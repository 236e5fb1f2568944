import type { Signal } from '../domain/listing/listing.js'
import type { Severity } from '../domain/vocabulary.js'
import { brandOf, type ClaimedBrand } from './brand.js'
import { observe } from './conditions.js'
import type { ScannedListing } from './listing.js'
import type { ProductRule, Rule, RulePack } from './rule-pack.js'

/** Attributes can be long; the contract takes 1,000 characters and nobody reads as many. */
const MAX_OBSERVED_CHARS = 200

interface Weighed {
  /** `null` when nothing in the listing names a brand. */
  brand: ClaimedBrand | null
  score: number
  signals: Signal[]
}

/** What a rule pack makes of a listing. `signals` holds every rule that holds, counted or shown. */
export type Evaluation =
  | (Weighed & { suspicious: true; severity: Severity; whyUnverifiable: string })
  | (Weighed & { suspicious: false })

/** Applies a rule pack to a listing. Pure: the same listing and pack give the same answer. */
export function evaluate(listing: ScannedListing, pack: RulePack): Evaluation {
  const held = rulesThatHold(listing, pack)
  const weighed = {
    brand: brandOf(listing, pack.brandClues),
    score: held.reduce((sum, { rule }) => sum + rule.weight, 0),
    signals: held.map(({ rule: { ruleId, weight }, observed }) => ({ ruleId, weight, observed })),
  }
  const leading = held.map(({ rule }) => rule).find(isAboutProduct)
  if (leading === undefined || weighed.score < pack.threshold) {
    return { ...weighed, suspicious: false }
  }
  const { severity, whyUnverifiable } = leading
  return { ...weighed, suspicious: true, severity, whyUnverifiable }
}

function rulesThatHold(listing: ScannedListing, pack: RulePack) {
  const held: { rule: Rule; observed: string }[] = []
  const spoken = new Set<string>()
  for (const rule of pack.rules) {
    if (rule.group !== undefined && spoken.has(rule.group)) continue
    const observed = firstObservation(rule, listing, pack)
    if (observed === null) continue
    if (rule.group !== undefined) spoken.add(rule.group)
    held.push({ rule, observed: observed.slice(0, MAX_OBSERVED_CHARS) })
  }
  return held
}

function firstObservation(rule: Rule, listing: ScannedListing, pack: RulePack): string | null {
  for (const condition of rule.when) {
    const observed = observe(condition, listing, pack.packSize)
    if (observed !== null) return observed
  }
  return null
}

function isAboutProduct(rule: Rule): rule is ProductRule {
  return rule.about === 'product'
}
