import type { CaseEventData } from './events.js'
import type { CaseState } from './state.js'
import { jsonBytes } from '../form/size.js'
import { isBrandRole, NOTE_AUDIENCES, type NoteAudience, type Role } from '../vocabulary.js'
import { rulesVersionOf } from './case-policy.js'

/** How much text the notes of one case may hold together. */
export const MAX_NOTE_BYTES = 500_000

/** The state after a note. Its size counts from rules version 3 on. */
export function noted(state: CaseState, { text }: CaseEventData['noteAdded']): CaseState {
  const counted = { ...state, notes: state.notes + 1 }
  if (rulesVersionOf(state) < 3) return counted
  return { ...counted, noteBytes: (state.noteBytes ?? 0) + jsonBytes(text) }
}

/** Whom somebody may write notes for: a brand for itself and its staff, staff for everybody. The first unless told. */
export function noteAudiencesOf(role: Role): readonly NoteAudience[] {
  return isBrandRole(role) ? ['brand'] : NOTE_AUDIENCES
}

/** True when the case takes no further note. */
export function isFullOfNotes({ noteBytes = 0 }: CaseState): boolean {
  return noteBytes >= MAX_NOTE_BYTES
}
