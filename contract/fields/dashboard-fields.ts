import { OUTCOMES } from '../../domain/vocabulary.js'
import { CLOSED_AT, type FieldTexts, OPENED_AT } from './field.js'

const ofOutcomes = Object.fromEntries(
  OUTCOMES.map((outcome) => [
    `DashboardFigures.outcomes.${outcome}`,
    { description: `Cases that ended as \`${outcome}\`.`, example: 12 },
  ]),
)
const ofFates = (when: 'before' | 'after'): FieldTexts => ({
  [`PolicyReplay.${when}.brand`]: { example: 71 },
  [`PolicyReplay.${when}.accountManager`]: { example: 14 },
  [`PolicyReplay.${when}.lead`]: { example: 2 },
  [`PolicyReplay.${when}.needsAttention`]: { example: 0 },
  [`PolicyReplay.${when}.expired`]: { example: 9 },
})

/** Fields of what happened in a period, and of what another policy would have made of it. */
export const DASHBOARD_FIELDS: FieldTexts = {
  'Dashboard.from': { description: 'Where the period begins.', example: OPENED_AT },
  'Dashboard.to': { description: 'Where the period ends.', example: CLOSED_AT },
  'Dashboard.previousFrom': { example: '2026-03-01T04:44:00.000Z' },
  'Dashboard.isCapped': { example: false },
  'Dashboard.course.at': { example: '2026-03-02T00:00:00.000Z' },
  'Dashboard.course.opened': { description: 'Cases opened then.', example: 12 },
  'Dashboard.course.decided': { description: 'Cases answered then.', example: 9 },
  'Dashboard.course.removed': { description: 'Listings removed then.', example: 7 },
  'Dashboard.current': { description: 'The period.' },
  'Dashboard.previous': { description: 'The period before it.' },
  'DashboardFigures.cases': { example: 120 },
  'DashboardFigures.answered': { example: 96 },
  'DashboardFigures.unanswered': { example: 9 },
  ...ofOutcomes,
  'DashboardFigures.toFirstView': {
    description: 'From the opening of a case to the first look of somebody of the brand.',
  },
  'DashboardFigures.toDecision': { description: 'From the opening of a case to its decision.' },
  'DashboardFigures.toTakedown': {
    description: 'From the opening of a case to the removal of its listing.',
  },
  'DashboardFigures.reminders.none': { example: 60 },
  'DashboardFigures.reminders.one': { example: 22 },
  'DashboardFigures.reminders.more': { example: 8 },
  'DashboardFigures.reminders.late': { example: 6 },
  'DashboardFigures.sellers': { example: 48 },
  'DashboardFigures.returnedCount': { example: 5 },
  'returned.times': { example: 3 },
  'Survival.n': { example: 120 },
  'Survival.censored': { example: 15 },
  'Survival.p50Ms': { example: 5 * 60 * 60 * 1000 },
  'Survival.p90Ms': { example: 26 * 60 * 60 * 1000 },
  'PolicyReplay.from': {
    description: 'Where the time that is looked at begins.',
    example: OPENED_AT,
  },
  'PolicyReplay.to': { description: 'Where it ends.', example: CLOSED_AT },
  'PolicyReplay.closed': { example: 104 },
  'PolicyReplay.isCapped': { example: false },
  'PolicyReplay.judged': { example: 96 },
  'PolicyReplay.different': { example: 11 },
  ...ofFates('before'),
  ...ofFates('after'),
}
