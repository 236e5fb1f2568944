import { fields, text, word } from '../../form/forms.js'
import { happening } from '../events.js'
import { isFullOfNotes, noteAudiencesOf } from '../notes.js'
import type { CaseState } from '../state.js'
import { NOTE_AUDIENCES, type NoteAudience } from '../../vocabulary.js'
import { addressed, type Addressed, type Caller } from './caller.js'
import { invalid, notNow, notYou, type Refuse } from './reply.js'
import type { MessageRule } from './rule.js'
import { maySend } from './senders.js'

/** Adds to the record, for those the audience says; staff reads all notes. */
export interface AddNoteMessage extends Addressed {
  text: string
  audience: NoteAudience
}

/** Adds a note. */
export const addNote: MessageRule<AddNoteMessage> = {
  description: 'Adds a note. Use the API or the CLI.',
  form: fields<AddNoteMessage>({ ...addressed, text: text(4000), audience: word(NOTE_AUDIENCES) }),
  scope: 'notes:write',
  knownBy: 'requestId',
  isTakenWhileStopping: true,
  probes: (_state, to) => [{ ...to, text: 'asked', audience: 'brand' }],
  refusal: noteRefusal,
  happenings: (_state, { text, audience }, by) => [happening('noteAdded', { text, audience }, by)],
}

function noteRefusal(
  state: CaseState,
  { text, audience }: AddNoteMessage,
  { role }: Caller,
): Refuse | null {
  if (!maySend(role, 'notes:write')) return notYou(`${role} may not write notes`)
  if (!noteAudiencesOf(role).includes(audience)) {
    return notYou(`${role} may not write notes for "${audience}"`)
  }
  if (!text.trim()) return invalid('a note needs a "text"')
  return isFullOfNotes(state)
    ? notNow('the notes of the case are full; keep longer texts elsewhere')
    : null
}
