import { CLOSED_AT, type FieldTexts, OPENED_AT } from './field.js'

/** Fields of the desks of account managers and leads. */
export const DESK_FIELDS: FieldTexts = {
  asOf: { description: 'When it was read.', example: CLOSED_AT },
  'query.accountManagerId': {
    description:
      'Whose desk; one’s own where it is absent, everybody’s for who is no account manager.',
    example: 'ana-souza',
  },
  'Desk.accountManagerId': {
    description: 'Whose desk it is; `null`: everybody’s.',
    example: 'ana-souza',
  },
  'Desk.name': { description: 'What they are called.', example: 'Ana Souza' },
  'Desk.absence': { description: 'When they are away next; `null` where that is not known.' },
  'Desk.absence.from': { description: 'When it begins.', example: '2026-07-06T00:00:00.000Z' },
  'Desk.absence.until': { description: 'When they are back.', example: '2026-07-20T00:00:00.000Z' },
  'Desk.absence.coverName': { description: 'What who covers is called.', example: 'Ben Okafor' },
  'Desk.coversFor': { description: 'Whose brands and cases are theirs, too, at present.' },
  'CoveredManager.accountManagerId': { description: 'Who is away.', example: 'ana-souza' },
  'CoveredManager.name': { description: 'What they are called.', example: 'Ana Souza' },
  'CoveredManager.until': {
    description: 'When they are back.',
    example: '2026-07-20T00:00:00.000Z',
  },
  'Desk.brands': {
    description: 'The brands they look after, also for whom they cover; at most 500.',
  },
  'Desk.escalated': {
    description: 'Cases that wait for the account manager, next deadline first; at most 100.',
  },
  'Desk.stuck': {
    description: 'Cases that need attention, those opened first first; at most 100.',
  },
  'Desk.unreachable': {
    description: 'Whom mails about open cases do not reach, the latest first; at most 200.',
  },
  answeredInTime: {
    description: 'Cases decided in 30 days without the brand’s window having passed.',
    example: 31,
  },
  'DeskBrand.missed': {
    description: 'Windows of the brand that passed in 30 days without an answer.',
    example: 2,
  },
  reminded: {
    description: 'Open cases that wait for the brand after a reminder.',
    example: 4,
  },
  silent: {
    description: 'More is missed, or waits in spite of a reminder, than was answered in time.',
    example: false,
  },
  'Unreachable.contactId': {
    description: 'The contact; `null`: nobody of the brand could be told.',
    example: 'product-safety',
  },
  'Unreachable.name': { description: 'What they are called.', example: 'Product safety' },
  'Unreachable.detail': {
    description: 'Why, as the mail server said it.',
    example: '550 5.1.1 mailbox unavailable',
  },
  'Unreachable.at': { description: 'When a mail was refused last.', example: OPENED_AT },
  'Unreachable.cases': { description: 'Open cases they could not be told of.', example: 3 },
  'LeadDesk.managers': {
    description: 'What each has to do, most first; those without open cases, too.',
  },
  'Workload.accountManagerId': {
    description: 'The account manager; `null`: cases that nobody looks after.',
    example: 'ana-souza',
  },
  'Workload.name': { description: 'What they are called.', example: 'Ana Souza' },
  'Workload.role': { description: 'What they do.', example: 'accountManager' },
  'Workload.missed': {
    description: 'Windows of theirs that passed in 30 days without an answer.',
    example: 1,
  },
  'LeadDesk.stuck': {
    description: 'Open cases that need attention, by problem and marketplace; most cases first.',
  },
  'StuckGroup.reason': { description: 'What is wrong.', example: 'takedownExhausted' },
  'StuckGroup.count': { description: 'How many cases.', example: 12 },
  'StuckGroup.since': { description: 'Since when the first of them is stuck.', example: OPENED_AT },
  'StuckGroup.cases': { description: 'Those stuck longest; at most 50.' },
  'StuckCase.since': { description: 'Since when it is stuck.', example: OPENED_AT },
  'LeadDesk.takedowns': {
    description: 'Takedowns that a marketplace has not answered, the longest wait first.',
  },
  'TakedownQueue.waiting': { description: 'How many.', example: 7 },
  'TakedownQueue.oldest': {
    description: 'When the first of them was asked for.',
    example: OPENED_AT,
  },
}
