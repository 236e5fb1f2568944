import { CASE_ID, CLOSED_AT, type FieldTexts, OPENED_AT } from './field.js'

const SWEEP_ID = 'k3v9x2m7q4tak3v9x2m7q4ta'

/** Fields of messages to many open cases. */
export const SWEEP_FIELDS: FieldTexts = {
  sweepId: {
    description: 'The message to many open cases that this begins; `GET /v1/sweeps/{sweepId}`.',
    example: SWEEP_ID,
  },
  'path.sweepId': { description: 'The sweep, as the answer to what began it names it.' },
  'Sweep.sweepId': { description: 'The sweep, by its id.' },
  'Recall.reason': {
    description: 'Why the rule is recalled; it goes into the record of each case.',
    example: 'The rule took shipping costs for prices.',
  },
  'Reassignment.to': { description: 'Who gets the cases, by their id.', example: 'rui-tavares' },
  'Reassignment.role': {
    description: 'As what they get them; as account manager where it is absent.',
    example: 'accountManager',
  },
  'Reassignment.caseIds': {
    description: 'The cases, by their ids.',
    example: [CASE_ID],
  },
  'Reassignment.from': {
    description: 'Whose open cases they are now, by their id, in the place of `caseIds`.',
    example: 'ana-souza',
  },
  'Reassignment.brandId': {
    description: 'Only those of this brand; with `from`.',
    example: 'voltbrook',
  },
  'Reassignment.reason': {
    description: 'Why; it goes into the record of each case.',
    example: 'Ana is on leave until May.',
  },
  'Sweep.kind': {
    description:
      'What it does: recalls a rule, reassigns cases that were named, hands over what somebody ' +
      'looks after, or takes a brand’s cases to its new account manager.',
  },
  'Sweep.status': {
    description: 'Whether it goes on; `stopped` when somebody ended it in Temporal.',
  },
  'Sweep.startedAt': { description: 'When it was asked for.', example: OPENED_AT },
  'Sweep.endedAt': { description: 'When it ended; `null` while it goes on.', example: CLOSED_AT },
  'Sweep.counts': { description: 'What became of the cases so far.' },
  'counts.total': {
    description:
      'How many open cases it concerned when it began; `null` until they are counted. Those that ' +
      'open while it goes on are reached, too.',
    example: 420,
  },
  'counts.done': { description: 'Cases that took the message.', example: 418 },
  'counts.kept': {
    description:
      'Cases left as they are: already so, decided or closed meanwhile, given to somebody else by ' +
      'hand, or resting on something else, too.',
    example: 1,
  },
  'counts.failed': { description: 'Cases that could not be reached or refused it.', example: 1 },
  'Sweep.failures': { description: 'The first 300 of those that failed: of named cases, all.' },
  'failures.caseId': { description: 'The case.', example: CASE_ID },
  'failures.reason': { description: 'Why it failed, as a word.', example: 'closed' },
  'failures.detail': { description: 'The same in words.', example: 'it is closed: expired' },
}
