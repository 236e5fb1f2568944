import type { MessageName } from './case-messages.js'

/**
 * What the page behind a mail's link lets people do. Mails promise nothing else: what needs more than
 * a page without script, such as choosing another person, is for the API and the command line.
 */
export const PAGE_ACTS = [
  'decide',
  'returnToBrand',
  'retryTakedown',
  'closeManually',
] as const satisfies readonly MessageName[]
export type PageAct = (typeof PAGE_ACTS)[number]
