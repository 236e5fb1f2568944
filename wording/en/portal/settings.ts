/** What the screens of the settings share, and where somebody is signed in. */
export const settingsEn = {
  'nav.settings': 'Settings',

  'form.cancel': 'Cancel',
  'form.save': 'Save',
  'form.acts': 'Actions',
  'form.more': 'Show more',
  'form.saved': 'Saved.',
  'form.brand': 'Brand',
  'form.noBrand': 'You act for no brand',

  'roleName.monitor': 'Monitor',
  'roleName.brandMember': 'Member of the brand',
  'roleName.brandAdmin': 'Administrator of the brand',
  'roleName.accountManager': 'Account manager',
  'roleName.lead': 'Lead',
  'roleName.operator': 'Operator',

  'sessions.title': 'Where you are signed in',
  'sessions.intro':
    'Each browser you signed in with. End what you do not know, and tell your administrator.',
  'sessions.browser': 'Browser',
  'sessions.browserOn': '{browser} on {system}',
  'sessions.unknownBrowser': 'Unknown browser',
  'sessions.current': 'this one',
  'sessions.as': 'Acting as',
  'sessions.seen': 'Last used',
  'sessions.since': 'Signed in',
  'sessions.end': 'Sign out there',
  'sessions.endText': 'That browser is signed out within five seconds.',
  'sessions.endThisText': 'This is the browser you are using: you are signed out here.',
  'sessions.endOthers': 'Sign out everywhere else',
  'sessions.endOthersText':
    '{count, plural, one {# other browser is} other {# other browsers are}} signed out within five seconds.',
} as const
