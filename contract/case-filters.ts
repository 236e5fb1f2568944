import { type Static, type TSchema, Type } from 'typebox'
import { OUTCOMES, PHASES, SEVERITIES } from '../domain/vocabulary.js'
import { Instant, Text, Word } from './common.js'
import { CLOSED_AT, DUE_AT, type FieldText, OPENED_AT } from './fields/field.js'

/** One filter of the list of cases. */
interface FilterRow<S extends TSchema, IsMoment extends boolean> extends FieldText {
  schema: S
  description: string
  /** It is compared as an instant. */
  isMoment: IsMoment
  /** What a command line calls it, unless by its name without `Id`; and says of it. */
  option?: string
  help?: string
}

type Texts = Pick<FilterRow<TSchema, false>, 'description' | 'example' | 'option' | 'help'>

function by<S extends TSchema>(schema: S, texts: Texts): FilterRow<S, false> {
  return { schema, isMoment: false, ...texts }
}

function moment(description: string, example: string): FilterRow<typeof Instant, true> {
  return { schema: Instant, isMoment: true, description, example }
}

/**
 * What a list of cases can be filtered by; those that are given must all hold. From a row follow
 * the parameter of the API with its text, and the option of the command line; the condition of the
 * same name is a row of `store/cases/filter.ts`.
 */
export const CASE_FILTERS = {
  brandId: by(Text(64), { description: 'The brand, by its id.', example: 'voltbrook' }),
  mailId: by(Text(64), {
    description: 'What a mail was about: the `mail` of the address that it led to.',
    example: 'k3v9qm2xw7a4bk3v9qm2xw7a4b',
    option: 'mail',
    help: 'what a mail was about, by the `mail` of the address that it led to',
  }),
  phase: by(Type.Array(Word(PHASES), { minItems: 1, maxItems: PHASES.length }), {
    description: 'In one of these phases; repeat it, or put commas between.',
    example: ['awaitingBrand'],
    help: 'in one of these phases',
  }),
  outcome: by(Word(OUTCOMES), { description: 'Cases that ended like this.' }),
  marketplace: by(Text(64), {
    description: 'The marketplace, by its id.',
    example: 'lantern-market',
  }),
  assignee: by(Text(64), {
    description: 'Cases this account manager or lead looks after, by their id.',
    example: 'ana-souza',
  }),
  severity: by(Word(SEVERITIES), { description: 'Cases of this severity.' }),
  ruleId: by(Text(100), {
    description: "The monitor's id of the rule.",
    example: 'price-far-below',
    help: "found by this rule, by the monitor's id of it",
  }),
  listingId: by(Text(200), {
    description: 'The id of the listing at its marketplace.',
    example: 'LM-48213',
  }),
  sellerId: by(Text(200), {
    description: 'The id of the seller at the marketplace.',
    example: 'S-9917',
  }),
  externalId: by(Text(200), {
    description: "Cases with this report, by the monitor's own id.",
    example: 'scan-2026-03-02-0017',
    option: 'report',
  }),
  dueBefore: moment('Open cases due before this moment.', DUE_AT),
  updatedAfter: moment('Cases that changed since this moment, or shortly before it.', OPENED_AT),
  openedAfter: moment('Cases opened at this moment or later.', OPENED_AT),
  openedBefore: moment('Cases opened before this moment.', CLOSED_AT),
  closedAfter: moment('Cases closed at this moment or later.', OPENED_AT),
  closedBefore: moment('Cases closed before this moment.', CLOSED_AT),
  text: by(Text(200), {
    description: 'Words or parts of words that a case shows, in any order; accents do not count.',
    example: 'fast charger',
  }),
  titleShape: by(Text(200), {
    description:
      'Open cases whose titles are of this pattern, as `listSimilarCases` names it: the words in ' +
      'alphabetic order, without numbers.',
    example: 'charger fast original',
    help: 'open cases with titles of this pattern',
  }),
  priceBand: by(Type.String({ pattern: '^[A-Z]{3}:-?[0-9]{1,3}$' }), {
    description: 'Open cases whose unit price is in this band, as `listSimilarCases` names it.',
    example: 'CNY:23',
    help: 'open cases with a unit price in this band, such as CNY:23',
  }),
  picture: by(Type.String({ pattern: '^[0-9a-f]{64}$' }), {
    description:
      'Open cases that show the picture with this SHA-256, or one that looks like it; that is known ' +
      'of pictures that somebody has looked at.',
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    help: 'open cases with this picture (SHA-256), or one that looks like it',
  }),
  open: by(Type.Boolean(), {
    description: '`true`: open cases only; `false`: closed ones.',
    example: true,
    help: 'only open ones',
  }),
} as const satisfies Record<string, FilterRow<TSchema, boolean>>

type Rows = typeof CASE_FILTERS
export type CaseFilterName = keyof Rows

/** Filters as a request gives them. */
export type GivenCaseFilter = { [N in CaseFilterName]?: Static<Rows[N]['schema']> }

/** The same with their moments read. */
export type ReadCaseFilter = {
  [N in CaseFilterName]?: Rows[N]['isMoment'] extends true ? Date : Static<Rows[N]['schema']>
}

/** The filters with their names. */
export const CASE_FILTER_ROWS = Object.entries(CASE_FILTERS) as [
  CaseFilterName,
  FilterRow<TSchema, boolean>,
][]
