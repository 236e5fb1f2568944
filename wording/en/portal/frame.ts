/** Frame of every screen, messages and what went wrong. */
export const frameEn = {
  loading: 'Loading',

  'messages.label': 'Messages',
  'messages.close': 'Close the message',

  'nav.main': 'Main',
  'nav.inbox': 'Inbox',
  'nav.dashboard': 'Dashboard',
  'nav.help': 'Keyboard shortcuts',
  'nav.account': 'Account and settings',
  'nav.language': 'Language',
  'nav.theme': 'Appearance',
  'nav.as': 'Acting as',
  'nav.everyBrand': 'all brands',
  'nav.signOut': 'Sign out',

  'theme.system': 'As the system',
  'theme.light': 'Light',
  'theme.dark': 'Dark',

  'sync.at': 'As of {time}',
  'sync.never': 'Not loaded yet',
  'sync.offline': 'Offline: what you see is of {time}',
  'sync.unreachable': 'The service does not answer: what you see is of {time}',

  'screen.none': 'There is no such page',
  'screen.noneText': 'The address may have been cut off.',
  'screen.toInbox': 'To the inbox',
  'screen.broken': 'This page could not be shown',
  'screen.brokenText': 'Load it again. What you wrote and have not sent is kept.',
  'screen.reload': 'Load again',

  'trouble.title': 'This could not be loaded',
  'trouble.retry': 'Try again',
  'trouble.signedOut': 'You are no longer signed in.',
  'trouble.notYours': 'Your role may not do this.',
  'trouble.brandInactive': 'The brand takes no part at present.',
  'trouble.notFound': 'There is no such case, or it is not yours to see.',
  'trouble.alreadyDecided': 'Somebody decided first. The case shows who, and what.',
  'trouble.listingChanged':
    'The listing has changed since you looked at it, so your answer was not taken. Look at it as it is now.',
  'trouble.caseClosed': 'The case has closed meanwhile.',
  'trouble.superseded': 'A newer case of the same listing is open, and that one counts.',
  'trouble.stillOpening': 'The case is still being opened. Try again in a moment.',
  'trouble.notNow': 'This cannot be done as the case stands now.',
  'trouble.stale':
    'Somebody else changed this meanwhile, so yours was not saved. What you see now is theirs: look, and make your change again.',
  'trouble.lastAdmin': 'The brand needs an administrator: name another one first.',
  'trouble.exists': 'There is one already.',
  'trouble.tooManyKeys': 'There are as many keys as a brand may have. Revoke one that is not used.',
  'trouble.tooOften': 'Too many requests at once. Wait a moment.',
  'trouble.busy': 'The service cannot answer at the moment. Nothing is lost: try again shortly.',
  'trouble.unreachable': 'The service cannot be reached. Check your connection and try again.',
  'trouble.signInRefused':
    'Nobody here is known by that account. Sign in by mail, or ask who invited you.',
  'trouble.providerAway':
    'Signing in there does not work at the moment. Sign in by mail, or try again shortly.',
  'trouble.refused': 'It was refused:',
  'trouble.unexpected': 'Something unexpected happened. Try again.',

  'time.left': '{span} left',
  'time.over': '{span} over',
  'nav.lead': 'Lead',
  'nav.brands': 'Brands',
  'nav.marketplaces': 'Marketplaces',
} as const
