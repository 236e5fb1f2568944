import { lazy, type RefObject, Suspense } from 'react'
import type { Case } from '../../contract/case.js'
import { isBrandRole, isReleasing, type Role } from '../../domain/vocabulary.js'
import { Button } from '../design/button.js'
import { Moment } from '../design/time-left.js'
import { useReading } from '../words/words.js'
import { useDeciding } from './deciding.js'
import { DecisionForm } from './decision-form.js'
import type { Lack } from './draft.js'
import { useDraft } from './drafts.js'
import { isDecidable } from './standing.js'
import { StandingStrip } from './standing-strip.js'
import styles from './decision-pane.module.css'

/** For staff only. */
const Managing = lazy(async () => ({ default: (await import('./managing.js')).Managing }))

/** Where a case stands, and the answer: to be given, or as it was. */
export function DecisionPane({
  of,
  role,
  lacks,
  isBusy,
  explanationRef,
  onSend,
  next,
}: {
  of: Case
  role: Role
  lacks: readonly Lack[]
  isBusy: boolean
  explanationRef: RefObject<HTMLTextAreaElement | null>
  onSend: () => void
  /** The next case that can be answered. */
  next: { caseId: string; onPress: () => void } | null
}) {
  const { say, answer } = useReading()
  const [draft, change] = useDraft(of.caseId)
  const mayDecide = isDecidable(of) && of.allowed.includes('decide')
  return (
    <div className={styles['pane']}>
      <h2 className="unseen">{say('inbox.decision')}</h2>
      <StandingStrip of={of} />
      {of.question && (
        <p className={styles['asked']}>
          <strong>{answer.brandAsks}: </strong>
          {of.question}
        </p>
      )}
      {mayDecide ? (
        <DecisionForm
          {...{ role, draft, lacks, isBusy, explanationRef, onSend }}
          sendLabel={answer.submit}
          onChange={change}
        />
      ) : (
        <>
          <Given of={of} />
          {!of.decision && <p className={styles['muted']}>{say('case.notYours')}</p>}
          {next && <Button onPress={next.onPress}>{say('decision.next')}</Button>}
        </>
      )}
      {!isBrandRole(role) && (
        <Suspense fallback={null}>
          <Managing of={of} />
        </Suspense>
      )}
    </div>
  )
}

/** The answer that stands, and what can still be done about it. */
function Given({ of }: { of: Case }) {
  const { say, answer, vocabulary } = useReading()
  const { undo } = useDeciding()
  const { decision, caseId, title, dueAt } = of
  if (!decision) return null
  const canStop = of.allowed.includes('undecide')
  return (
    <div className={styles['given']}>
      <p className={styles['verdict']}>{vocabulary.verdicts[decision.verdict].label}</p>
      <p className={styles['muted']}>
        {say('case.decidedBy', {
          who:
            decision.by.name ??
            vocabulary.roles[decision.by.role === 'system' ? 'operator' : decision.by.role],
        })}{' '}
        · <Moment at={decision.decidedAt} />
      </p>
      {decision.explanation && <p>{decision.explanation}</p>}
      {canStop && (
        <Button
          weight="alarm"
          onPress={() => void undo({ caseId, title, decisionId: decision.decisionId, dueAt })}
        >
          {answer.undo[isReleasing(decision.verdict) ? 'release' : 'removal'].button}
        </Button>
      )}
    </div>
  )
}
