import { MINUTE_MS } from '../brand/calendar.js'
import { plainMarkdown } from '../form/markdown.js'
import type { Trouble } from '../case/standstill.js'

/** So many refusals in a row are no passing trouble: somebody has to look. */
export const CONFLICTS_UNTIL_ATTENTION = 5

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 5 * MINUTE_MS
const MAX_DETAIL = 1_000

/** After so many more it is verified again. */
const VERIFIED_EVERY = 12

/** What keeps a case from going on, of which its record can say nothing. `since`: epoch ms. */
export interface RecordTrouble {
  kind: Trouble
  since: number
  /** What is wrong, as the store or its verification says. */
  detail: string
}

/**
 * How long to wait before the record is tried again after so many refusals in a row. None after the
 * first, which a reset explains: the case goes on from its record.
 */
export function conflictPauseMs(conflicts: number): number {
  return conflicts < 2 ? 0 : troublePauseMs(conflicts - 1)
}

/** The same after so many failures that can never become anything else by repeating. */
export function troublePauseMs(failures: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS)
}

/** Whether the record is verified after so many refusals in a row, to say what is wrong with it. */
export function isVerifiedAfter(conflicts: number): boolean {
  const more = conflicts - CONFLICTS_UNTIL_ATTENTION
  return more >= 0 && more % VERIFIED_EVERY === 0
}

/** What is wrong, in few enough words for a memo: what verification says, and the refusal. */
export function refusedDetail(refusal: string, finding: string | null): string {
  const found = finding === null ? '' : `audit verify: ${finding}; `
  return `${found}${refusal}`.slice(0, MAX_DETAIL)
}

/** The process whose trouble it is, and the update that has it try again at once. */
export interface TroubledProcess {
  noun: string
  id: string
  retriedBy: string
}

/** What a manager reads in the Temporal UI of a process that stands still. Markdown. */
export function troubleDetails(
  troubled: TroubledProcess,
  { kind, since, detail }: RecordTrouble,
): string {
  return [
    `**needsAttention**: ${WHAT[kind](troubled)}`,
    `Stuck since ${new Date(since).toISOString()}: ${plainMarkdown(detail)}`,
    'What was accepted is kept, and applied when it goes on.',
    'To unblock:',
    ...HELP[kind](troubled).map((line) => `- ${line}`),
    `- it is tried again every 5 minutes; at once with the update \`${troubled.retriedBy}\` and \`{}\``,
  ].join('\n\n')
}

const WHAT: Record<Trouble, (troubled: TroubledProcess) => string> = {
  notOpened: ({ noun }) => `the ${noun} cannot be opened`,
  recordRefused: ({ noun }) => `the record of the ${noun} takes nothing more`,
}
const HELP: Record<Trouble, (troubled: TroubledProcess) => string[]> = {
  notOpened: () => ['mend what is named above'],
  recordRefused: ({ id }) => [
    `\`joint-force audit verify ${id}\` says which event is the first that is wrong`,
    'restore the record from a backup, or mend what is named above',
  ],
}
