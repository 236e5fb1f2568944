import { CASE_ID, CLOSED_AT, DUE_AT, type FieldTexts, OPENED_AT } from './field.js'

const QUESTION_ID = 'question~voltbrook~k3v9x2m7q4tak3v9x2m7'

/** Fields of questions of brands to their account managers. */
export const QUESTION_FIELDS: FieldTexts = {
  questionId: { description: 'The question, by its id.', example: QUESTION_ID },
  'NewQuestion.text': {
    description: 'What the brand wants to know.',
    example: 'Do you need the test report for the recall?',
  },
  'NewQuestion.brandId': {
    description: 'Who asks; may be left out by whoever acts for one brand only.',
    example: 'voltbrook',
  },
  'NewQuestion.caseId': {
    description: 'The case it is about, where it is about one.',
    example: CASE_ID,
  },
  'NewAnswer.text': {
    description: 'The answer.',
    example: 'Yes, please; a copy in English is enough.',
  },
  'AnswerApplied.applied': {
    description: 'Whether it is on record; `false`: it is kept until a worker looks at it.',
    example: true,
  },
  'Question.caseId': {
    description: 'The case it is about; `null` where it is about none.',
    example: CASE_ID,
  },
  'Question.phase': {
    description: 'Whose turn it is, or that it is answered.',
    example: 'awaitingAccountManager',
  },
  'Question.text': {
    description: 'What the brand wants to know.',
    example: 'Do you need the test report for the recall?',
  },
  'Question.askedBy': { description: 'Who asked.' },
  'askedBy.id': {
    description: 'The person, or the API key, by their id.',
    example: 'p-k3v9x2m7q4ta',
  },
  'Question.askedAt': { description: 'When.', example: OPENED_AT },
  'Question.accountManagerId': {
    description: 'The account manager it was asked of; `null` where the brand has none.',
    example: 'ana-souza',
  },
  'Question.dueAt': {
    description:
      'When it goes to the lead: one working day of whoever acts as account manager; `null` once it is theirs, or answered.',
    example: DUE_AT,
  },
  'Question.answer': { description: 'The answer; `null` while there is none.' },
  'QuestionAnswer.text': {
    description: 'What was answered.',
    example: 'Yes, please; a copy in English is enough.',
  },
  'QuestionAnswer.by': { description: 'Who answered.' },
  'QuestionAnswer.at': { description: 'When.', example: CLOSED_AT },
  'query.caseId': { description: 'Only those about this case.', example: CASE_ID },
}
