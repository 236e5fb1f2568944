import { CASE_FILTER_ROWS } from '../case-filters.js'
import { CLOSED_AT, DECISION_ID, type FieldTexts, OPENED_AT } from './field.js'

/** What the filters of cases say of themselves. */
const OF_FILTERS: FieldTexts = Object.fromEntries(
  CASE_FILTER_ROWS.map(([name, { description, example }]) => [
    `query.${name}`,
    { description, ...(example === undefined ? {} : { example }) },
  ]),
)

/** Parameters, pages of lists, and problems. */
export const REQUEST_FIELDS: FieldTexts = {
  'header.idempotency-key': {
    description:
      'A word of your own for this request: sent again with the same, it is the same request.',
    example: DECISION_ID,
  },
  'header.if-match': { example: '"7"' },
  'path.token': {
    description: 'What the link in the mail carries: whom it was sent to, and the case.',
    example: 'eyJjYXNlIjoiLi4uIn0.c2ln',
  },
  items: { description: 'What is on this page of the list.' },
  next: {
    description: 'What to send as `after` or `cursor` for the next page; `null` on the last.',
    example: 'WyJjNGI1Il0',
  },
  'query.after': {
    description: 'The `next` of the page before; the first page where it is absent.',
    example: 'k7q2m4xa',
  },
  'query.cursor': {
    description: 'The `next` of the page before, with the same filters and order.',
    example: 'WyJjNGI1Il0',
  },
  'query.format': { example: 'csv' },
  'query.limit': { description: 'How many a page has at most.', example: 50 },
  ...OF_FILTERS,
  'query.from': {
    description: 'Where the period begins; 90 days before its end where it is absent.',
    example: OPENED_AT,
  },
  'query.to': {
    description: 'Where the period ends; now where it is absent.',
    example: CLOSED_AT,
  },
  'Problem.type': {
    description: 'The kind of problem as a URN.',
    example: 'urn:joint-force:problem:not-found',
  },
  'Problem.title': {
    description: 'The kind of problem in words.',
    example: 'There is nothing by that name',
  },
  'Problem.status': { description: 'The HTTP status.', example: 404 },
  'Problem.code': {
    description: 'The kind of problem as a word that never changes: decide by it.',
    example: 'not-found',
  },
  'Problem.detail': {
    description: 'What is wrong this time, and what to do about it.',
    example: 'There is no such case, or it is not yours to see.',
  },
  requestId: {
    description: 'Names the request in our logs.',
    example: '3f0a3f5e-9b0c-4a53-8a3c-2d6f7d1c9e10',
  },
  'Problem.winner': { description: 'Who was first, where somebody’s own answer came later.' },
  'Winner.id': {
    description: 'Who decided, as records name them: a person, a key, or a contact behind a mail.',
    example: 'p-q75mmpsk7svc6',
  },
  'Problem.errors': { description: 'Every field that does not fit.' },
  pointer: { description: 'Where the field is (JSON Pointer).', example: '/listing/price/amount' },
  'errors.message': { description: 'What is wrong with it.', example: 'must be >= 0' },
}
