import { ATTESTATION_VERSION } from '../../domain/vocabulary.js'
import { CASE_ID, DECIDED_AT, type FieldTexts, SHA256 } from './field.js'
import { statementFor } from '../../wording/statements.js'

/** Fields of decisions, of the other messages to a case, and of the answer page's form. */
export const DECISION_FIELDS: FieldTexts = {
  decision: { description: 'The decision that stands; `null` before there is one.' },
  verdict: { description: 'The answer to "does this listing infringe?".', example: 'counterfeit' },
  decidedAt: { description: 'When the decision was given.', example: DECIDED_AT },
  'Held.ms': {
    description: 'How long the takedown can be stopped, at least, in ms.',
    example: 10 * 60 * 1000,
  },
  'Held.reason': {
    description: 'Why, in words.',
    example: 'held: 61 confirmations within an hour',
  },
  'Decision.bulk': {
    description: 'Given together with others, which makes its cooling-off longer.',
    example: false,
  },
  right: {
    description: 'The kind of right the verdict rests on.',
    example: 'trademark',
  },
  reasonCode: {
    description: 'Why, as a code that brand and marketplace have agreed on.',
    example: 'packaging',
  },
  indicators: {
    description: 'What led to the verdict.',
    example: ['packaging', 'price'],
  },
  explanation: {
    description: 'Why, in words; people at the marketplace read it.',
    example: 'The housing has no serial number, and the box is not ours.',
  },
  confidence: {
    description: 'How sure the decider is, from 0 to 100.',
    example: 95,
  },
  attestation: { description: 'The good-faith statement, as it was accepted.' },
  accepted: { description: 'The statement is accepted; nothing else can be sent.' },
  textVersion: {
    description: `Which text of the statement was accepted. ${ATTESTATION_VERSION}: “${statementFor('en')}”`,
    example: ATTESTATION_VERSION,
  },
  proof: {
    description: 'How the brand answered, when an account manager or lead answers for it.',
    example: 'Call with product safety on 3 March, 10:40; note 118.',
  },
  'Case.question': {
    description: 'What stands to be answered by whoever has the turn; `null` when nothing does.',
  },
  question: {
    description: 'What the brand has to know before it can answer.',
    example: 'Which batch number stands on the label?',
  },
  allowList: { description: 'Puts the seller on the list of authorised sellers.' },
  'allowList.sku': {
    description: 'For this product only; for all that the seller offers where it is absent.',
    example: 'VB-CHG-65',
  },
  'allowList.until': {
    description: 'Until when the seller is authorised; without end where it is absent.',
    example: '2027-03-02T00:00:00.000Z',
  },
  applied: { description: 'Whether the message has been applied to the case.', example: true },
  'DecisionState.state': {
    description: 'What became of it; `late` came after the case had closed.',
    example: 'won',
  },
  'DecisionState.at': { description: 'When it was given.', example: DECIDED_AT },
  'DecisionBatchResult.results': { description: 'What became of each, in the order sent.' },
  'DecisionBatchResult.counts': { description: 'How many came to what.' },
  index: { description: 'Its place in what was sent, from 0.', example: 0 },
  held: { description: 'Why the takedown waits longer than usual; only where it does.' },
  line: { example: 2 },
  'DecisionResult.status': { example: 200 },
  problem: { description: 'Why it was not taken; only where it was not.' },
  'counts.applied': { description: 'Applied to their cases.', example: 118 },
  'counts.accepted': { description: 'Kept, to be applied later.', example: 0 },
  'counts.refused': { description: 'Refused.', example: 2 },
  ignoredColumns: { example: ['Comment'] },
  reason: { description: 'Why, in words.', example: 'Reported by mistake.' },
  'Undecide.reason': { example: 'We mixed up two products.' },
  'Extend.until': {
    description: 'The new deadline. How far it may be moved is in the policy of the brand.',
    example: '2026-03-08T09:30:00.000Z',
  },
  'Extend.reason': { example: 'The laboratory needs until Friday.' },
  'Reassign.role': { description: 'Which of the two is exchanged.', example: 'accountManager' },
  'Reassign.to': { description: 'Who takes over, by their id.', example: 'ana-souza' },
  'Reassign.reason': { example: 'On leave until April.' },
  message: {
    description: 'What the brand is told or asked, in words.',
    example: 'The label shows batch 2411; please look again.',
  },
  acceptChanged: {
    description: 'Take the listing down although it has changed since the decision.',
    example: false,
  },
  force: { example: false },
  text: {
    description: 'The note, in words.',
    example: 'The seller offers the same charger under two names.',
  },
  audience: { example: 'internal' },
  'submitAnswerPage.action': {
    description: 'What the button that was pressed does.',
    example: 'decide',
  },
  'submitAnswerPage.attestation': {
    description: 'The box of the good-faith statement, where it is ticked.',
  },
  'submitAnswerPage.allowList': {
    description: 'The box that authorises the seller, where it is ticked.',
  },
  'submitAnswerPage.shownHash': {
    description: 'Names the listing that the page showed.',
    example: SHA256,
  },
  'submitAnswerPage.rev': {
    description: 'The revision of the case that the page showed.',
    example: '7',
  },
  'submitAnswerPage.answersBefore': {
    description: 'How many answers the case had when the page was made.',
    example: '0',
  },
  'BatchDecision.caseId': {
    description: 'The case; or give `marketplace` and `listingId` of one that is open.',
    example: CASE_ID,
  },
}
