import { MINUTE_MS } from './calendar.js'

/** So many refusals in a row are no passing trouble: somebody has to look. */
export const CONFLICTS_UNTIL_ATTENTION = 5

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 5 * MINUTE_MS

/** The record refuses what the case has to save, again and again. `since` is an instant (epoch ms). */
export interface RecordTrouble {
  since: number
  /** What is wrong, as the store says. */
  detail: string
}

/**
 * How long to wait before the record is tried again after so many refusals in a row. None after the
 * first, which a reset explains: the case goes on from its record.
 */
export function conflictPauseMs(conflicts: number): number {
  return conflicts < 2 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (conflicts - 2), LONGEST_PAUSE_MS)
}

/** What a manager reads in the Temporal UI of a case whose record takes nothing. Markdown. */
export function troubleDetails(caseId: string, { since, detail }: RecordTrouble): string {
  return [
    '**needsAttention**: the record of the case takes nothing more',
    `Stuck since ${new Date(since).toISOString()}: ${detail}`,
    'What was accepted is kept and saved when the record can be continued.',
    'To unblock:',
    `- \`joint-force audit verify ${caseId}\` says which event is the first that is wrong`,
    '- restore the record from a backup; it is tried again every 5 minutes, and with every message',
  ].join('\n\n')
}
