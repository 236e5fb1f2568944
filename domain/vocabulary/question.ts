/** Where a question of a brand stands: whose turn it is, or that it is answered. */
export const QUESTION_PHASES = ['awaitingAccountManager', 'awaitingLead', 'answered'] as const
export type QuestionPhase = (typeof QUESTION_PHASES)[number]

/** Mails about questions; each goes out alone, at once. */
export const QUESTION_MAIL_KINDS = [
  'questionAsked',
  'questionPassedOn',
  'questionAnswered',
] as const
export type QuestionMailKind = (typeof QUESTION_MAIL_KINDS)[number]
