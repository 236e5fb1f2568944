import { type FieldTexts, KEY_ID } from './field.js'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

/** Fields of calendars and policies. */
export const POLICY_FIELDS: FieldTexts = {
  calendar: { description: 'When they work; what counts as working time.' },
  timeZone: { description: 'IANA name of the time zone.', example: 'America/Sao_Paulo' },
  weekdays: {
    description: 'The days that are worked, as ISO numbers: 1 = Monday.',
    example: [1, 2, 3, 4, 5],
  },
  holidays: { example: ['2026-12-25'] },
  workdays: { example: ['2026-10-10'] },
  country: { example: 'BR' },
  partDays: { description: 'Dates that are worked in part.' },
  'partDays.date': { description: 'The date.', example: '2026-12-24' },
  'partDays.from': { description: 'Local time at which work begins.', example: '09:00' },
  'partDays.to': { description: 'Local time at which work ends.', example: '13:00' },
  policy: { description: 'Who is asked for how long, and what follows silence.' },
  severities: { description: 'The rules for cases of each severity.' },
  S1: { description: 'For safety.' },
  S2: { description: 'For counterfeits.' },
  S3: { description: 'For use of a mark or copyright.' },
  S4: { description: 'For everything else.' },
  'SeverityPolicy.brand': { description: 'The time the brand has.' },
  'SeverityPolicy.accountManager': { description: 'The time the account manager has.' },
  'SeverityPolicy.lead': { description: 'The time the lead has; `null`: there is no such step.' },
  'WindowCalendars.brand': { description: 'The working days of the brand.' },
  'WindowCalendars.accountManager': { description: 'Those of its account manager.' },
  'WindowCalendars.lead': { description: 'Those of the lead.' },
  silence: { description: 'What happens when nobody answers.', example: 'platformDecides' },
  windowMs: { description: 'How long they have, in ms.', example: 3 * DAY_MS },
  'Window.time': {
    description: 'Whether it runs by the clock or in their working time; one working day is 24 h.',
    example: 'working',
  },
  remindersMs: {
    description: 'When they are reminded, in ms from the start of the window.',
    example: [DAY_MS, 2 * DAY_MS],
  },
  'Brake.perHour': { example: 60 },
  'Brake.holdMs': { example: 10 * 60 * 1000 },
  coolingOffMs: { description: 'How long a confirmed takedown can still be stopped.' },
  'coolingOffMs.single': { description: 'After a decision on one case, in ms.', example: 0 },
  'coolingOffMs.bulk': {
    description: 'After a decision that was given together with others, in ms.',
    example: 10 * 60 * 1000,
  },
  extensionMs: {
    description: 'How far the brand may move its own deadline, once per window, in ms.',
    example: 3 * DAY_MS,
  },
  staffExtensionMs: {
    description: 'How far staff may move a deadline at a time, in ms; 14 days where absent.',
    example: 14 * DAY_MS,
  },
  longestExtensionMs: {
    description: 'How far a deadline may be moved in all, in ms; 30 days where absent.',
    example: 30 * DAY_MS,
  },
  takedownBudgetMs: {
    description: 'How long the marketplace is tried before the case needs attention, in ms.',
    example: 10 * 60 * 1000,
  },
  takedownRetryMs: {
    description: "Pause between the service's own attempts after a failed takedown, in ms.",
    example: 30 * 60 * 1000,
  },
  attentionReminderMs: {
    description: 'Pause between the notices while a case needs attention, in ms.',
    example: DAY_MS,
  },
  'PolicyVersion.version': { description: 'Counts the policies of the brand.', example: 2 },
  savedAt: { description: 'When it was saved.', example: '2026-01-12T08:00:00.000Z' },
  savedBy: { description: 'Who saved it, by their API key.', example: KEY_ID },
}
