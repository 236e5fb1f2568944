import type { RulePack } from '../rule-pack.js'
import { SALES_RULES } from './sales.js'

/** The strongest charger of the range these rules were written for (an invented one, Voltbrook's). */
const STRONGEST_CHARGER_W = 65

/** Phone chargers: a copy can burn, so what hints at one is a matter of safety (S1). */
export const PHONE_CHARGERS: RulePack = {
  name: 'phone-chargers',
  version: '1.1.0',
  threshold: 40,
  brandClues: [],
  packSize: {
    counted: [
      /\b(?:pack|set|lot) of 0?(\d{1,2})\b/g,
      /(?<![\d.])0?(\d{1,2})[ -]?(?:pack|pcs|pieces)\b/g,
      // "3x faster" and "2x USB-C" are no packs: the number stands before the goods.
      /(?<![\d.])0?(\d{1,2}) ?x (?=voltbrook\b|pebble\b|(?:phone )?chargers?\b)/g,
    ],
    countedByKind: [],
    kinds: [],
  },
  rules: [
    {
      ruleId: 'no-safety-mark',
      about: 'product',
      weight: 40,
      severity: 'S1',
      when: [{ kind: 'attribute', name: 'safetyMark', missing: true }],
      whyUnverifiable:
        'No safety mark is stated. The mark is on the housing, not in the listing; only the maker knows which batches carry it.',
    },
    {
      ruleId: 'power-beyond-range',
      about: 'product',
      weight: 40,
      severity: 'S1',
      when: [{ kind: 'attribute', name: 'ratedPowerW', over: STRONGEST_CHARGER_W }],
      whyUnverifiable:
        'The stated power is more than any charger of this maker gives. Only the maker can say whether such a model exists.',
    },
    {
      ruleId: 'price-far-below-retail',
      about: 'product',
      weight: 40,
      severity: 'S1',
      group: 'price',
      when: [{ kind: 'unitPrice', below: 0.4 }],
      whyUnverifiable:
        'A unit costs less than its parts should. Only the maker can tell cleared stock from a copy without protection circuits.',
    },
    {
      ruleId: 'price-below-retail',
      about: 'product',
      weight: 25,
      severity: 'S2',
      group: 'price',
      when: [{ kind: 'unitPrice', below: 0.6 }],
      whyUnverifiable:
        'A unit costs much less than the suggested price. Only the maker can tell by the goods and the seller.',
    },
    {
      ruleId: 'seller-reputation-unproven',
      about: 'seller',
      weight: 15,
      when: [{ kind: 'reputation', says: null }],
    },
    ...SALES_RULES,
    { ruleId: 'official-store', about: 'shown', weight: 0, when: [{ kind: 'officialStore' }] },
  ],
}
