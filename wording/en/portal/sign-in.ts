/** The screen to sign in. */
export const signInEn = {
  'signIn.title': 'Sign in',
  'signIn.text': 'We send you a link by mail. It can be used once, for 15 minutes.',
  'signIn.email': 'Your mail address',
  'signIn.ask': 'Send me a link',
  'signIn.sent': 'Look into your mail',
  'signIn.sentText':
    'If {email} has an account, a link is on its way. Open it in this browser; elsewhere it asks for a code.',
  'signIn.again': 'Use another address',
  'signIn.confirm': 'You are about to sign in in this browser.',
  'signIn.enter': 'Sign in',
  'signIn.code': 'Code',
  'signIn.codeHint':
    'You opened the link in another browser: type the code that the first one shows.',
  'signIn.codeShown': 'If you open the link in another browser, type this code there: {code}',
  'signIn.failed': 'The link does not work any more. Ask for a new one.',
  'signIn.withProvider': 'Sign in with {name}',
  'signIn.newLink': 'Ask for a new link',
} as const
