import type { CaseAct } from './reopening.js'

/**
 * What the page behind a mail's link lets people do. Mails promise nothing else: what needs more than
 * a page without script, such as choosing another person, is for the API and the command line.
 */
export const PAGE_ACTS = [
  'decide',
  'returnToBrand',
  'retryTakedown',
  'closeManually',
  'reopen',
] as const satisfies readonly CaseAct[]
export type PageAct = (typeof PAGE_ACTS)[number]
