/**
 * Every `patched('…')` of the workflows. A patch changes the commands of runs that meet it for the first
 * time and is written into their history, so that code which does not know it cannot go on with them.
 */
export const PATCHES = [
  'conflictsBackOff',
  'inputChecked',
  'kindsApart',
  'lookedUpFirst',
  'nextCase',
  'outlivesFailures',
  'ownersCalendar',
  'recordVerified',
  'savedInParts',
  'severityMended',
  'signalsChecked',
  'tellsApart',
  'troubleShown',
] as const
