/** Questions of a brand to its account manager, and their answers. */
export const questionsEn = {
  'nav.questions': 'Questions',

  'ask.ask': 'Ask your account manager',
  'ask.askName': 'Ask {name}, your account manager',
  'ask.who': '{name} looks after your brand.',
  'ask.covers': 'In the place of {name}, who is away until',
  'ask.nobody': 'Nobody looks after your brand by name at present: the lead answers.',
  'ask.clock': 'You have an answer within one working day; after that the lead takes over.',
  'ask.aboutCase': 'About this case: {title}',
  'ask.text': 'Your question',
  'ask.send': 'Send the question',
  'ask.sent': 'Your question is sent. The answer comes by mail, and is here under Questions.',
  'ask.earlier': 'Earlier questions',

  'questions.title': 'Questions',
  'questions.introBrand': 'What you asked your account manager, and the answers.',
  'questions.introStaff':
    'What brands ask. Each is the account manager’s for one working day, then the lead’s.',
  'questions.none': 'No questions yet',
  'questions.noneBrand': 'Ask by the button at the top, on any page.',
  'questions.noneStaff': 'Brands ask by a button on each of their pages.',
  'questions.open': 'Questions of brands',
  'questions.awaitingAccountManager': 'With the account manager',
  'questions.awaitingLead': 'With the lead',
  'questions.answered': 'Answered',
  'questions.case': 'The case it is about',
  'questions.staff': 'The marketplace',
  'questions.answer': 'Your answer',
  'questions.send': 'Send the answer',
  'questions.given': 'The answer is sent',
} as const
