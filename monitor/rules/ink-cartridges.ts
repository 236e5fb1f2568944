import type { RulePack } from '../rule-pack.js'
import { SALES_RULES } from './sales.js'

const MODEL = /(?<![a-z\d])(?:hp ?)?((?:66\d|122|74) ?(?:x{1,2}l)?)(?![a-z\d])/g
const PART_NUMBER = /(?<![a-z\d])([a-z]\d[a-z]\d\d|[a-z]{2}\d{3}|\d[a-z]{2}\d\d)(?=a[a-z])/g
const NO_SUCH_MODEL = /\b66\d ?xxl\b/

/** What may stand between "with" and a number: "c/ 3", "com 3", "de 3". */
const WITH = String.raw`(?:c\/ ?|com |de |contendo )?`
/** A number of two digits at most that is no model ("60xl"), measure ("8ml") or part of a longer one. */
const COUNT = String.raw`0?(\d{1,2})(?![\d.,]|\/\d| ?(?:x{1,2}l|ml|l|g|gr|m|cm|%)\b)`
/** Words between a number and the colour it counts: "2 cartuchos HP 664 pretos", "1 HP 664 color". */
const GOODS = String.raw`(?:(?:cartuchos?|unidades?|unid|und|un|pcs|pecas?|de|tintas?|hp|originai?s?|original|novos?|66\d ?(?:x{1,2}l)?) ?)*`
const COLOUR = String.raw`(?:pret[oa]s?|black|negr[oa]s?|color(?:id[oa])?s?|tricolor(?:es)?)`

/** Ink cartridges on Brazilian marketplaces; texts are Portuguese. Reasons: docs/monitor.md. */
export const INK_CARTRIDGES: RulePack = {
  name: 'ink-cartridges',
  version: '1.1.0',
  threshold: 40,
  brandClues: [
    {
      brandId: 'hp',
      name: 'HP',
      insteadOfBrand: /^(original|generico|compativel|outros?|sem marca|)$/,
      evidence: /\bhp\b|(?<![a-z\d])(66\d ?(xl)?|f6v\d\d[a-z]{2})(?![a-z\d])/,
    },
  ],
  packSize: {
    counted: [
      new RegExp(
        String.raw`\b(?:kit|lote|pack|pacote|combo|conjunto|caixa|cx|jogo) ?${WITH}${COUNT}`,
        'g',
      ),
      new RegExp(String.raw`\bc\/ ?${COUNT}`, 'g'),
      // "HP 46 cartucho" is a model, so one cartridge is counted only with an "x".
      /(?<!\d|\bhp ?)0?(\d{1,2}) ?(?:x? ?cartuchos|x ?cartucho)\b/g,
      /(?<![\d,./])0?(\d{1,2}) ?x ?(?=(?:hp|tintas?|66\d)\b)/g,
      /(?<!\d)0?(\d{1,2}) ?(?:un|und|unid|unidades?|pcs|pecas?)\b/g,
    ],
    countedByKind: [
      new RegExp(String.raw`(?<![\d,./]|(?<!\d)\d )0?(\d) ?x? ?${GOODS}${COLOUR}\b`, 'g'),
    ],
    kinds: [
      /\b(?:pret[oa]s?|black|negr[oa]s?)\b/,
      // "Color negro" is one colour; "kit preto color" are two.
      /\b(?:colorid[oa]s?|colors|tricolor(?:es)?)\b|\bcolor\b(?! (?:pret|black|negr))|\bkit\b.*\bcolor\b/,
    ],
    either: /\bou\b/,
  },
  rules: [
    {
      ruleId: 'stated-empty-or-used',
      about: 'product',
      weight: 40,
      severity: 'S4',
      when: [{ kind: 'title', says: /\b(?:vazi|usad)[oa]s?\b/, unless: /\bnunca usad[oa]s?\b/ }],
      whyUnverifiable:
        'The title offers an empty or used cartridge. Whether that is sold to be refilled under the brand name, or is no matter of the mark at all, is for the brand to say.',
    },
    {
      ruleId: 'stated-expired',
      about: 'product',
      weight: 40,
      severity: 'S4',
      when: [
        { kind: 'title', says: /\bvencid[oa]s?\b|\b(?:0[1-9]|1[0-2])\/20\d\d\b/ },
        { kind: 'description', mentions: 'expiredOrShortDated' },
      ],
      whyUnverifiable:
        'The stock is expired or short-dated. It may be genuine; whether the brand lets it be sold is for the brand to say.',
    },
    {
      ruleId: 'title-names-other-maker',
      about: 'product',
      weight: 40,
      severity: 'S3',
      group: 'maker',
      when: [
        { kind: 'title', says: /\bcomp?a?p?ative(?:l|is)\b/ },
        { kind: 'title', says: /\bremanufaturad[oa]s?\b|\brecondicionad[oa]s?\b/ },
        { kind: 'title', says: /\bmicrojet\b/ },
      ],
      whyUnverifiable:
        'The title uses the brand name for a compatible, remanufactured or foreign cartridge. Whether that use of the mark is allowed is for its owner to judge.',
    },
    {
      ruleId: 'type-says-compatible',
      about: 'product',
      weight: 40,
      severity: 'S3',
      group: 'maker',
      when: [{ kind: 'attribute', name: 'cartridgeType', says: /^compativel$/ }],
      whyUnverifiable:
        'The form says "compatible" and everything else says original. Only the brand can tell a wrong tick in a form from a copy.',
    },
    {
      ruleId: 'model-does-not-exist',
      about: 'product',
      weight: 40,
      severity: 'S3',
      when: [
        { kind: 'title', says: NO_SUCH_MODEL },
        { kind: 'attribute', name: 'model', says: NO_SUCH_MODEL },
      ],
      whyUnverifiable:
        'No such model is known to the monitor. Only the brand knows for certain what it has ever made.',
    },
    {
      ruleId: 'price-far-below-retail',
      about: 'product',
      weight: 40,
      severity: 'S2',
      group: 'price',
      when: [{ kind: 'unitPrice', below: 0.6 }],
      whyUnverifiable:
        'A unit costs far less than the suggested price. Clearance and parallel imports can be as cheap as a copy; only the brand can tell by the goods and the seller.',
    },
    {
      ruleId: 'price-below-retail',
      about: 'product',
      weight: 25,
      severity: 'S2',
      group: 'price',
      when: [{ kind: 'unitPrice', below: 0.75 }],
      whyUnverifiable:
        'A unit costs less than the suggested price and the seller has little standing. Only the brand can tell by the goods and the seller.',
    },
    {
      ruleId: 'price-far-above-retail',
      about: 'product',
      weight: 15,
      severity: 'S2',
      group: 'price',
      when: [{ kind: 'unitPrice', over: 5 }],
      whyUnverifiable:
        'A unit costs many times the suggested price, from a seller without standing. Only the brand can tell whether the offer is real.',
    },
    {
      ruleId: 'model-mismatch',
      about: 'product',
      weight: 10,
      severity: 'S4',
      when: [{ kind: 'mismatch', attribute: 'model', pattern: MODEL }],
      whyUnverifiable:
        'Title and form name different models. Only the brand can tell which one is on offer, if either is.',
    },
    {
      ruleId: 'seller-reputation-poor',
      about: 'seller',
      weight: 25,
      group: 'reputation',
      when: [{ kind: 'reputation', says: /^[12]_/ }],
    },
    {
      ruleId: 'seller-reputation-unproven',
      about: 'seller',
      weight: 15,
      group: 'reputation',
      when: [
        { kind: 'reputation', says: /^3_/ },
        { kind: 'reputation', says: null },
      ],
    },
    ...SALES_RULES,
    {
      ruleId: 'part-number-mismatch',
      about: 'shown',
      weight: 0,
      when: [{ kind: 'mismatch', attribute: 'partNumber', pattern: PART_NUMBER }],
    },
    {
      ruleId: 'description-says-refilled',
      about: 'shown',
      weight: 0,
      when: [{ kind: 'description', mentions: 'refilledOrRemanufactured' }],
    },
    {
      ruleId: 'description-says-compatible',
      about: 'shown',
      weight: 0,
      when: [{ kind: 'description', mentions: 'genericOrCompatible' }],
    },
    {
      ruleId: 'description-says-empty',
      about: 'shown',
      weight: 0,
      when: [{ kind: 'description', mentions: 'emptyCartridge' }],
    },
    { ruleId: 'official-store', about: 'shown', weight: 0, when: [{ kind: 'officialStore' }] },
  ],
}
