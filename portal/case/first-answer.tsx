import type { Trouble } from '../data/trouble.js'
import { useSession } from '../data/session.js'
import { useNow } from '../words/now.js'
import { spanOf } from '../words/time-left.js'
import { useReading } from '../words/words.js'

const STEP_MS = 10_000

/** Why an answer was not taken: who was first with which answer and how long ago, where that is why. */
export function WhyNotTaken({ trouble }: { trouble: Trouble }) {
  const { say, ago, vocabulary } = useReading()
  const { person } = useSession()
  const now = useNow(STEP_MS)
  const { winner, word, detail } = trouble
  if (!winner) {
    return (
      <>
        {say(word)} {detail}
      </>
    )
  }
  const { id, name, role, verdict, decidedAt } = winner
  const values = {
    verdict: vocabulary.verdicts[verdict].label,
    ago: ago(spanOf(Math.max(0, now - Date.parse(decidedAt)))),
  }
  if (id === person.personId) return say('decision.firstWasYou', values)
  const who = name ?? vocabulary.roles[role === 'system' ? 'operator' : role]
  return say('decision.first', { ...values, who })
}
