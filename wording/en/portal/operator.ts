/** Pages of operators: brands and marketplaces; loaded with them. */
export const operatorEn = {
  'operator.brandsText': 'Who takes part, and who looks after them.',
  'operator.addBrand': 'Add a brand',
  'operator.noBrands': 'No brand takes part yet',
  'operator.brandId': 'Id',
  'operator.brandIdHint': 'Small letters, digits and hyphens. It never changes.',
  'operator.contact': 'First contact',
  'operator.contactEmail': 'Their mail address',
  'operator.manager': 'Account manager',
  'operator.noManager': 'nobody yet',
  'operator.active': 'active',
  'operator.suspended': 'suspended',
  'operator.inviteAdmin': 'Invite an administrator',
  'operator.suspend': 'Suspend',
  'operator.suspendTitle': 'Suspend {name}?',
  'operator.suspendText':
    'Its people and keys can only look, and no report opens a case for it. Open cases go on.',
  'operator.activate': 'Activate',
  'operator.activateTitle': 'Let {name} take part again?',
  'operator.activateText': 'Reports open cases for it again, and its people can answer.',

  'operator.marketplacesText':
    'What waits for each, how it answered last, and whether it is sent anything.',
  'operator.answered': 'Last answer',
  'operator.failed': 'Last failure',
  'operator.never': 'none noted',
  'operator.pause': 'Pause',
  'operator.pauseTitle': 'Send {name} nothing?',
  'operator.pauseText':
    'No removal, restoration or look-up is sent until it is resumed. Cases are decided as ever and wait, and everybody who reads them sees the reason.',
  'operator.resume': 'Resume',
  'operator.resumeTitle': 'Let {name} go on?',
  'operator.resumeText': 'What waits goes on by itself within half a minute.',
  'operator.reason': 'Reason',
} as const
