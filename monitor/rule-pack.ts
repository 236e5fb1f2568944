import type { Severity } from '../domain/vocabulary.js'

/**
 * What a rule looks at. Titles, attributes and reputations are compared in their plain form: lower
 * case, without accents, single spaces (`plain` in facts.ts); patterns are written for that form.
 */
export type Condition =
  /** Price of one unit as a share of the suggested retail price. */
  | { kind: 'unitPrice'; below: number }
  | { kind: 'unitPrice'; over: number }
  /** `says` occurs in the title once what `unless` matches has been cut out. */
  | { kind: 'title'; says: RegExp; unless?: RegExp }
  | { kind: 'attribute'; name: string; says: RegExp }
  | { kind: 'attribute'; name: string; over: number }
  | { kind: 'attribute'; name: string; missing: true }
  /** A flag of `descriptionSignals`. */
  | { kind: 'description'; mentions: string }
  /** `null`: the marketplace shows none for this seller. A field that is not there says nothing. */
  | { kind: 'reputation'; says: RegExp | null }
  | { kind: 'transactions'; below: number }
  | { kind: 'officialStore' }
  /** The models (part numbers) of the title and of the attribute have nothing in common. */
  | { kind: 'mismatch'; attribute: string; pattern: RegExp }

interface AnyRule {
  /** Stable: cases carry it, and a rule is recalled by it. */
  ruleId: string
  /** Any one of these is enough; the first that holds is quoted. */
  when: readonly Condition[]
  /** Of the rules of one group only the first that holds speaks. */
  group?: string
}

/** About the thing offered. Only such a rule can make a listing suspicious. */
export interface ProductRule extends AnyRule {
  about: 'product'
  weight: number
  severity: Severity
  /** What the brand knows and the monitor cannot see. */
  whyUnverifiable: string
}

/** About who offers it: adds to a suspicion, and never is one by itself. */
export interface SellerRule extends AnyRule {
  about: 'seller'
  weight: number
}

/** Shown to whoever decides, not counted: known to mislead when it is. */
export interface ShownRule extends AnyRule {
  about: 'shown'
  weight: 0
}

export type Rule = ProductRule | SellerRule | ShownRule

/** How titles of these goods tell how many units are sold. Every pattern is global. */
export interface PackSizeWords {
  /** Group 1 is the number of units. */
  counted: readonly RegExp[]
  /** Group 1 is a number of units of one kind; the numbers of a title add up. */
  countedByKind: readonly RegExp[]
  /** Different goods: a title naming several of them sells one of each, unless `either` matches. */
  kinds: readonly RegExp[]
  either?: RegExp
}

/** How to tell the brand where `attributes.brand` names none. */
export interface BrandClue {
  brandId: string
  name: string
  /** What sellers write in the brand's place, in plain form. */
  insteadOfBrand: RegExp
  /** Found in title, model or part number, it gives the brand away. */
  evidence: RegExp
}

/**
 * Rules for one kind of goods, as data. Any change of a rule is a new `version`: it is part of what
 * identifies a report, and a recall names it.
 *
 * A listing is suspicious when a product rule holds and the weights of all rules that hold reach the
 * `threshold`. The first product rule that holds, in the order of the pack, gives the severity and
 * says what cannot be verified; so what explains another signal stands before it (an empty cartridge
 * is cheap because it is empty).
 */
export interface RulePack {
  name: string
  version: string
  threshold: number
  brandClues: readonly BrandClue[]
  packSize: PackSizeWords
  rules: readonly Rule[]
}
