/** Pages of operators: brands and marketplaces; and what others see of a pause. */
export const operatorEn = {
  'operator.brands': 'Brands',
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

  'operator.marketplaces': 'Marketplaces',
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
  'operator.paused': 'paused',
  'operator.pausedCase': 'Waits: marketplace paused',

  'operator.standing': 'Stand still',
  'operator.standingText':
    'Cases whose process does not move, which their record does not show. They go on by themselves once the cause is gone.',
  'operator.noneStanding': 'No process stands still.',
  'operator.notOpened': 'Has not opened: an operator mends what is named here',
  'operator.recordRefused': 'Its record takes nothing more: an operator restores it from a backup',
  'operator.codeFailed':
    'Its code fails on its history: an operator runs the version that wrote it',
} as const
