import { tell } from '../../design/toasts.js'
import type { Reading } from '../../words/words.js'
import type { Person } from './person.js'

const TOLD_MS = 8_000

/** Says whether the mail to somebody who was invited has left. */
export function tellInvited(say: Reading['say'], person: Person): void {
  const hasLeft = (person.invitation?.mailedAt ?? null) !== null || person.joinedAt !== null
  tell(
    {
      tone: hasLeft ? 'good' : 'alarm',
      content: () =>
        say(hasLeft ? 'people.invitedMail' : 'people.invitedNoMail', { email: person.email }),
    },
    TOLD_MS,
  )
}
