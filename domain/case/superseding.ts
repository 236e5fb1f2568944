import type { Happening } from './events.js'
import type { CloseManuallyMessage } from './message/close-manually.js'
import type { Refusal } from './message/reply.js'
import type { MessageName } from '../vocabulary.js'
import type { CaseState } from './state.js'
import { messageHappenings } from './handling.js'
import type { NamedMessage } from './messages.js'
import { refusalOf } from './refusing.js'

// At most one case of a listing and brand has a process. One whose process somebody ended, and whose
// listing was reported again before it went on, is superseded: it waits until the later case has
// ended. Meanwhile it takes one message only: staff can close it.

/** What a superseded case takes, of the messages that its phase allows. */
export const SUPERSEDED_MESSAGES: readonly MessageName[] = ['closeManually']

/** The close of a superseded case; `requestId` is that of `repeats.ts`. */
export interface SupersededClose {
  message: CloseManuallyMessage
  requestId: string
}

/**
 * The end of a case that `openCaseId` has superseded, with a link to that one, or why it may not be
 * closed. Nobody looks up what became of a takedown that may have been sent while the case has no
 * process, so that such a case is closed by force only. Nothing follows from a repeated close.
 */
export function supersededClosing(
  state: CaseState,
  { message, requestId }: SupersededClose,
  openCaseId: string,
  now: number,
): { refusal: Refusal } | { happenings: Happening[] } {
  const named: NamedMessage = { name: 'closeManually', message, requestId }
  const refusal = refusalOf(state, named, now)
  if (refusal) return { refusal }
  const happenings = messageHappenings(state, named, now)
  const ended = happenings.map((one) => endedBy(one, openCaseId))
  if (ended.every((one) => one !== null)) return { happenings: ended }
  const text = `a takedown may have been sent, and nobody looks it up before ${openCaseId} has ended; "force": true closes the case all the same`
  return {
    refusal: {
      code: 'NotAllowedNow',
      message: text,
      details: { phase: state.phase, allowed: [...SUPERSEDED_MESSAGES] },
    },
  }
}

function endedBy(one: Happening, openCaseId: string): Happening | null {
  if (one.type !== 'closed') return null
  const ending = { ...one.data.ending, supersededBy: openCaseId }
  return { ...one, data: { ...one.data, ending } }
}
