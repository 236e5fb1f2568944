/** The desk of a lead, and what operators see of marketplaces in the same words; loaded with either. */
export const leadEn = {
  'lead.title': 'What needs a lead',
  'lead.intro': 'Who has too much, what does not move, and which marketplace does not answer.',
  'lead.workload': 'Workload',
  'lead.workloadText':
    'Open cases by account manager. Missed: their own windows that passed in 30 days without an answer.',
  'lead.who': 'Who',
  'lead.nobody': 'Nobody',
  'lead.left': 'has left',
  'lead.missed': 'Missed',
  'lead.give': 'Give to somebody else',
  'lead.giveOf': 'Give away the open cases of {name}',
  'lead.giveThese': 'Give away {count, plural, one {# case} other {# cases}}',
  'lead.giveText':
    'They go one after another. Whoever gets cases that wait for them is told in one mail.',
  'lead.giving':
    'Under way: {done, plural, one {# given} other {# given}}, {kept} left as they are, {failed} failed.',
  'lead.given':
    'Done: {done, plural, one {# case given} other {# cases given}}, {kept} left as they are, {failed} failed.',
  'lead.close': 'Close',
  'lead.stuck': 'Needs attention',
  'lead.stuckText': 'By problem and marketplace, each with what makes it move.',
  'lead.noneStuck': 'Everything moves.',
  'lead.since': 'The first since',
  'lead.more': 'and {count, plural, one {# more} other {# more}}',
  'lead.retryAll': 'Ask the marketplace again for {count, plural, one {# case} other {# cases}}',
  'lead.retrying': 'Asking: {count} left',
  'lead.retried': 'Asked again for {done} of {count, plural, one {# case} other {# cases}}',
  'lead.takedowns': 'Removals without an answer',
  'lead.takedownsText': 'What each marketplace was asked for and has not answered.',
  'lead.noTakedowns': 'Every marketplace has answered.',
  'lead.marketplace': 'Marketplace',
  'lead.waiting': 'Waiting',
  'lead.oldest': 'Oldest since',
  'lead.paused': 'paused',
  'lead.standing': 'Stand still',
  'lead.standingText':
    'Cases whose process does not move, which their record does not show. They go on by themselves once the cause is gone.',
  'lead.noneStanding': 'No process stands still.',
  'lead.notOpened': 'Has not opened: an operator mends what is named here',
  'lead.recordRefused': 'Its record takes nothing more: an operator restores it from a backup',
  'lead.codeFailed': 'Its code fails on its history: an operator runs the version that wrote it',
} as const
