import {
  CASE_ID,
  CLOSED_AT,
  DECIDED_AT,
  DECISION_ID,
  DUE_AT,
  type FieldTexts,
  KEY_ID,
  OPENED_AT,
  SHA256,
} from './field.js'

/** Another case of the listing of the examples. */
const EARLIER_CASE_ID = 'case~lantern-market~LM-48213~voltbrook~b2c4d6e8f0a1'
const LATER_CASE_ID = 'case~lantern-market~LM-48213~voltbrook~c7d8e9f0a1b2'

/** Fields of cases and of their record. */
export const CASE_FIELDS: FieldTexts = {
  caseId: { description: 'The case.', example: CASE_ID },
  'AuthorisedSeller.caseId': {
    description: 'The case whose answer put the seller on the list; `null` when people did.',
  },
  externalId: {
    description: "The monitor's own id of the report; `null` when it gave none.",
    example: 'scan-2026-03-02-0017',
  },
  externalIds: {
    description: "The monitors' own ids of the reports of this listing.",
    example: ['scan-2026-03-02-0017'],
  },
  previousCaseId: {
    description: 'The latest earlier case of the same listing and brand, if there was one.',
    example: EARLIER_CASE_ID,
  },
  supersededBy: {
    description:
      'Another case of the same listing and brand that is open, for which this one waits or was closed; ' +
      'while it waits, staff can close it and nothing else happens to it.',
    example: LATER_CASE_ID,
  },
  brandName: { description: 'The name of the brand, for people.', example: 'Voltbrook' },
  phase: { description: 'Where the case stands.', example: 'awaitingBrand' },
  outcome: {
    description: 'How the case ended; `null` or absent while it is open.',
    example: 'takenDown',
  },
  owner: { description: 'Whose turn it is; `null` when nobody’s.', example: 'brand' },
  severity: {
    description:
      'S1 safety, S2 counterfeit, S3 mark or copyright use, S4 other. S1 is the most severe.',
    example: 'S2',
  },
  leadId: {
    description: 'The lead who steps in after the account manager; `null` when there is none.',
    example: 'rui-tavares',
  },
  dueAt: {
    description: 'When the time of whoever has the turn ends; `null` when no time is running.',
    example: DUE_AT,
  },
  openedAt: { description: 'When the case was opened.', example: OPENED_AT },
  startedAt: { description: 'When the present run of its workflow began.', example: OPENED_AT },
  updatedAt: { description: 'When it last changed.', example: DECIDED_AT },
  closedAt: { description: 'When the case closed; `null` while it is open.', example: CLOSED_AT },
  overdueSince: {
    description: 'Since when the deadline has passed without an answer; `null` when it has not.',
    example: DUE_AT,
  },
  sellerName: { example: 'Charger Corner' },
  pictureSha256: { example: SHA256 },
  shownHash: {
    description: '`shown.hash`: what a decision names; `null` while the case is opening.',
    example: SHA256,
  },
  rev: {
    description: 'Counts the changes; it grows with each of them.',
    example: 7,
  },
  sightingId: {
    description: 'The report, as the case knows it.',
    example: '5d0c2f8e-3b1a-4f7c-8a54-9d1b6f1f2a33',
  },
  'sightings.at': { description: 'When the report arrived.', example: OPENED_AT },
  'sightings.monitor': { description: 'The monitor that reported.', example: 'shelf-watch' },
  'sightings.reporter': {
    description:
      'Who sent it: `monitor:` and the name its key was made for, or `key:` and the key’s id. Only ' +
      'they, and operators, withdraw it. Absent in reports of older versions.',
    example: 'monitor:shelf-watch',
  },
  sightingCount: { example: 3 },
  'sellerHistory.open': {
    description: 'Cases that are open; this one counts while it is.',
    example: 2,
  },
  sellerHistory: { description: 'Cases of the brand about this seller.' },
  removedIn90Days: {
    description: 'Listings of the seller that were removed in the last 90 days.',
    example: 4,
  },
  allowed: { example: ['decide', 'extendDeadline'] },
  'missed.owner': { description: 'Whose deadline it was.' },
  'missed.who': {
    description: 'Who had the turn, by their id; `null` when nobody did.',
    example: 'ana-souza',
  },
  'missed.dueAt': { description: 'When it passed.', example: DUE_AT },
  answers: {
    description:
      'The answers the case had in time, oldest first, also those that did not win; of more than ' +
      '500 the latest and the one that won.',
  },
  'answers.result': { description: 'What became of the answer.', example: 'won' },
  'answers.at': { description: 'When it was given.', example: DECIDED_AT },
  refusal: {
    description: 'Why the answer was refused, as a word; only where it was.',
    example: 'AlreadyDecided',
  },
  takedown: { description: 'The latest takedown; `null` before the first was asked for.' },
  attempt: { example: 1 },
  requestedAt: { description: 'When the marketplace was asked.', example: DECIDED_AT },
  'takedown.result': { description: 'What is known of the takedown.', example: 'removed' },
  takedownId: {
    description: "The marketplace's own id of the takedown, once it has given one.",
    example: 'td-77120',
  },
  removedAt: {
    description: 'When the listing was removed, as the marketplace says.',
    example: CLOSED_AT,
  },
  'takedown.error': {
    description: 'What went wrong with the latest attempt.',
    example: 'The marketplace did not answer within 10 minutes.',
  },
  'reopens.caseId': { example: EARLIER_CASE_ID },
  'reopens.reason': { example: 'It was our own shop after all.' },
  'reopens.outcome': { example: 'takenDown' },
  reopenedBy: { example: EARLIER_CASE_ID },
  'Reopened.reopens': { example: CASE_ID },
  'restoration.requestedAt': {
    description: 'When the marketplace was asked to put the listing back.',
  },
  'restoration.result': { description: 'What is known of it.', example: 'restored' },
  restoredAt: {
    description: 'When the listing was put back, as the marketplace says.',
    example: CLOSED_AT,
  },
  'restoration.error': {
    description: 'What went wrong with the latest attempt.',
    example: 'The marketplace is unavailable.',
  },
  attention: { description: 'Why the case is stuck and what helps; `null` when it is not stuck.' },
  'attention.reason': { description: 'Why it is stuck.', example: 'listingChanged' },
  'attention.detail': {
    description: 'The same in words, for people.',
    example: 'The listing has changed since it was decided on.',
  },
  'attention.since': { description: 'Since when.', example: CLOSED_AT },
  unblock: {
    description: 'What can be asked of the case to get it going again.',
    example: ['retryTakedown', 'returnToBrand'],
  },
  'attention.changes': {
    description: 'What of the listing has changed since the decision.',
    example: ['price', 'title'],
  },
  observed: { description: 'The listing as the marketplace shows it now.' },
  closing: { description: 'A takedown that was stopped; `null` when none was.' },
  then: { description: 'What follows once it is known what became of the takedown.' },
  failedNotices: { description: 'Mails that were refused for good.' },
  'failedNotices.kind': { description: 'What the mail was to tell.', example: 'asked' },
  'failedNotices.at': { description: 'When it was refused.', example: OPENED_AT },
  'failedNotices.detail': {
    description: 'What the mail server said; for staff.',
    example: '550 5.1.1 no such mailbox',
  },
  basis: { description: 'On whose word the outcome rests.', example: 'brandConfirmed' },
  releaseReason: {
    description: 'Why the listing was released; `null` when it was not.',
    example: 'genuine',
  },
  closingReason: {
    description: 'Why the case was closed by hand or withdrawn, in the words of whoever did it.',
    example: 'Reported by mistake.',
  },
  rulesVersion: {
    description: 'The version of the rules the case was opened under; `null` while it is opening.',
    example: 3,
  },
  policyVersion: {
    description: "The version of the brand's policy that holds.",
    example: 2,
  },
  'Case.policyVersion': {
    description: 'The version of the policy the case was opened under; `null` while it is opening.',
  },
  by: { description: 'Who did it, and by which way.' },
  'by.name': {
    description:
      'The name of their key, or of the contact or account manager; absent where there is none any ' +
      'more, and for monitors.',
    example: 'Mei Lin',
  },
  'by.role': { description: 'In which role they did it.', example: 'brandMember' },
  'by.id': {
    description: 'Who did it: the id of an API key, of a contact or of an account manager.',
    example: KEY_ID,
  },
  via: { description: 'By which way it reached the service.', example: 'api' },
  'answers.role': { description: 'The role of whoever gave it.', example: 'brandMember' },
  decisionId: { description: 'The decision.', example: DECISION_ID },
  receivedAt: { description: 'When it came.', example: '2026-03-06T08:00:00.000Z' },
  'CaseEvent.seq': { description: 'The place of the entry in the record, from 1.', example: 4 },
  'CaseEvent.at': { description: 'When it happened.', example: DECIDED_AT },
  'CaseEvent.type': { description: 'What happened.', example: 'decided' },
  'CaseEvent.by': { description: 'Who did it, and by which way.' },
  'CaseEvent.data': { example: { verdict: 'counterfeit', right: 'trademark' } },
  'CaseEvent.phase': {
    description: 'Where the case stands from then on; `null` where its record is damaged.',
  },
  'CaseEvent.owner': { description: 'Whose turn it is from then on; `null` when nobody’s.' },
  'Clause.name': { description: 'What the policy says there.', example: 'windowEnded' },
  'Clause.path': {
    description: 'Where it stands in the policy; `null` for what is a rule for all brands.',
    example: 'severities.S2.brand.windowMs',
  },
  'Clause.owner': { description: 'Whose time it is about.' },
  'Clause.ms': { description: 'The time it gives, in ms.', example: 259_200_000 },
  'Clause.time': {
    description: 'How it counts: by the clock, or in working time.',
    example: 'working',
  },
  'Clause.silence': { description: 'What happens when nobody answers.' },
  accountManagerName: { example: 'Ana Souza' },
  accountManagerCoverName: { example: 'Ben Okafor' },
  leadName: { example: 'Rui Tavares' },
  temporalUiUrl: {
    example:
      'https://temporal.example.com/namespaces/joint-force/workflows/case~lantern-market~LM-48213~voltbrook',
  },
  'CaseMail.kind': { description: 'What it was to tell.', example: 'asked' },
  sentAt: { description: 'When it was sent.', example: OPENED_AT },
  'CaseMail.to': { description: 'Whom it went to.' },
  'CaseMail.to.id': {
    description: 'A contact of the brand, an account manager or a lead.',
    example: 'brand.voltbrook.mei-lin',
  },
  'CaseMail.to.name': { description: 'What they are called.', example: 'Mei Lin' },
  'CaseMail.result': {
    description: 'What became of it: taken by the mail server, refused by it, or sent back later.',
  },
  resultAt: { description: 'Since when that is known.', example: OPENED_AT },
  'CaseMail.detail': {
    description: 'Why it did not arrive, as the mail server says; for staff.',
    example: '550 5.1.1 no such mailbox',
  },
  eventCount: { example: 7 },
  headHash: { example: SHA256 },
  verifiedAt: { description: 'When it was verified.', example: CLOSED_AT },
  finding: { description: 'What does not fit; `null`: the record is what it was.' },
  'finding.seq': { example: 4 },
  'finding.problem': { description: 'What is wrong, as a word.', example: 'hash' },
  'finding.detail': {
    description: 'The same for staff, in words.',
    example: 'the hash is not that of the canonical text',
  },
  hash: { example: SHA256 },
}
