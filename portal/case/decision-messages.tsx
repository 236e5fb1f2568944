import { Link } from '@tanstack/react-router'
import type { Phase, Verdict } from '../../domain/vocabulary.js'
import type { Trouble } from '../data/trouble.js'
import { Button } from '../design/button.js'
import { useNow } from '../words/now.js'
import { spanOf } from '../words/time-left.js'
import { useReading } from '../words/words.js'
import { WhyNotTaken } from './first-answer.js'
import { consequenceOf } from './verdicts.js'
import styles from './decision-messages.module.css'

/** Tells that an answer was taken, what follows and when, and offers to stop it until then. */
export function Told({
  title,
  verdict,
  phase,
  dueAt,
  onUndo,
}: {
  title: string
  verdict: Verdict
  /** Where the case stands now; `null`: the answer is kept, and nobody has looked at it yet. */
  phase: Phase | null
  dueAt: string | null
  onUndo: (() => void) | null
}) {
  const { say, span, vocabulary } = useReading()
  const now = useNow(1_000)
  const leftMs = dueAt === null ? 0 : Date.parse(dueAt) - now
  const isWaiting = leftMs > 0
  const follows = () => {
    if (phase === null) return say('decision.kept')
    if (isWaiting) {
      const isRemoval = consequenceOf(verdict) === 'removes'
      return say(isRemoval ? 'decision.removedIn' : 'decision.holdsIn', {
        span: span(spanOf(leftMs)),
      })
    }
    if (consequenceOf(verdict) === 'removes') return say('decision.isRemoved')
    return say(consequenceOf(verdict) === 'keeps' ? 'decision.isKept' : 'decision.isHandedOver')
  }
  return (
    <>
      <span className={styles['text']}>
        <strong>{vocabulary.verdicts[verdict].label}</strong> · {follows()}
        <span className={styles['title']}>{title}</span>
      </span>
      {onUndo && isWaiting && <Button onPress={onUndo}>{say('decision.undo')}</Button>}
    </>
  )
}

/** Tells that an answer was not taken, or could not be undone, and why; and offers to go on. */
export function FailedToDecide({
  act,
  caseId,
  title,
  trouble,
  close,
}: {
  act: 'decide' | 'undo'
  caseId: string
  title: string
  trouble: Trouble
  close: () => void
}) {
  const { say } = useReading()
  return (
    <>
      <span className={styles['text']}>
        <strong>{say(act === 'decide' ? 'decision.notTaken' : 'decision.notUndone')}</strong>{' '}
        <WhyNotTaken trouble={trouble} />
        <span className={styles['title']}>{title}</span>
      </span>
      <Link to="/" search={(search) => ({ ...search, case: caseId })} onClick={close}>
        {say('decision.lookAgain')}
      </Link>
      {trouble.winner && <Button onPress={close}>{say('decision.goOn')}</Button>}
    </>
  )
}
