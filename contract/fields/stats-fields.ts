import { CLOSED_AT, type FieldTexts, OPENED_AT } from './field.js'

const HOUR_MS = 60 * 60 * 1000
const inPhase = (phase: string, example: number) => ({
  [`openByPhase.${phase}`]: { description: `Cases in \`${phase}\`.`, example },
})

/** Figures. */
export const STATS_FIELDS: FieldTexts = {
  'Stats.from': { description: 'Where the period begins.', example: OPENED_AT },
  'Stats.to': { description: 'Where the period ends.', example: CLOSED_AT },
  openByPhase: { description: 'Open cases as they are now.' },
  ...inPhase('opening', 0),
  ...inPhase('awaitingBrand', 41),
  ...inPhase('awaitingAccountManager', 12),
  ...inPhase('awaitingLead', 3),
  ...inPhase('coolingOff', 1),
  ...inPhase('restoring', 1),
  ...inPhase('takingDown', 2),
  ...inPhase('needsAttention', 4),
  ...inPhase('closed', 0),
  openByAge: { description: 'Open cases by how long ago they were opened.' },
  underOneDay: { description: 'Less than one day ago.', example: 20 },
  oneToThreeDays: { description: 'One to three days ago.', example: 31 },
  threeToSevenDays: { description: 'Three to seven days ago.', example: 9 },
  older: { description: 'Longer ago.', example: 3 },
  overdue: { example: 5 },
  waitingForWorker: { example: 0 },
  opened: { example: 120 },
  decided: { example: 96 },
  decidedToday: { example: 7 },
  removed: { example: 71 },
  'missed.brand': { description: 'Deadlines of brands.', example: 8 },
  'missed.accountManager': { description: 'Deadlines of account managers.', example: 2 },
  'missed.lead': { description: 'Deadlines of leads.', example: 0 },
  timeToDecisionMs: { description: 'From the opening of a case to its decision.' },
  timeToTakedownMs: { description: 'From the opening of a case to the removal of its listing.' },
  decisionToRemovalMs: { description: 'From the decision to the removal of the listing.' },
  n: { description: 'How many cases were measured.', example: 96 },
  p50: { description: 'Half took at most so many ms; `null` of none.', example: 5 * HOUR_MS },
  p90: { description: '90 % took at most so many ms; `null` of none.', example: 26 * HOUR_MS },
  p95: { description: '95 % took at most so many ms; `null` of none.', example: 40 * HOUR_MS },
  p99: { description: '99 % took at most so many ms; `null` of none.', example: 70 * HOUR_MS },
  'groups.id': { description: 'The brand or account manager; `null`: none.', example: 'voltbrook' },
}
