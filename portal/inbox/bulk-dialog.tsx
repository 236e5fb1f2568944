import { useState } from 'react'
import { Label, ProgressBar } from 'react-aria-components'
import type { CaseSummary } from '../../contract/case.js'
import type { Role } from '../../domain/vocabulary.js'
import { oneLine } from '../../notifications/plain-text.js'
import { troubleOf, troubleOfProblem } from '../data/trouble.js'
import { DecisionForm } from '../case/decision-form.js'
import { answerOf, type Lack, lacksOf } from '../case/draft.js'
import { dropDraft, useDraft } from '../case/drafts.js'
import { WhyNotTaken } from '../case/first-answer.js'
import { consequenceOf } from '../case/verdicts.js'
import { Button } from '../design/button.js'
import { Dialog } from '../design/dialog.js'
import { useReading } from '../words/words.js'
import { bulkPlan, countsOf } from './bulk.js'
import { type Bulk, useBulk } from './use-bulk.js'
import styles from './bulk-dialog.module.css'

const DRAFT = 'bulk'
const TITLE_MAX = 120
const SHOWN_FAILURES = 50

/** One answer for many cases: the answer, what it will do, and what became of each. */
export function BulkDialog({
  selected,
  role,
  onClose,
}: {
  selected: readonly CaseSummary[]
  role: Role
  onClose: (isDone: boolean) => void
}) {
  const { say, number, vocabulary } = useReading()
  const [draft, change] = useDraft(DRAFT)
  const [lacks, setLacks] = useState<readonly Lack[]>([])
  const [isChecked, setChecked] = useState(false)
  const { bulk, decideAll, stopAll } = useBulk()
  const plan = bulkPlan(selected)
  const { verdict } = draft

  const check = () => {
    const lacking = lacksOf(draft, role)
    setLacks(lacking)
    setChecked(lacking.length === 0)
  }
  const send = () => {
    const answer = answerOf(draft, role, Date.now())
    if (answer === null) return
    dropDraft(DRAFT)
    void decideAll(plan.rows, answer)
  }

  if (bulk) {
    return (
      <Dialog
        title={say(bulk.isRunning ? 'bulk.running' : 'bulk.done')}
        isOpen
        isDismissable={!bulk.isRunning}
        onClose={() => onClose(true)}
      >
        <Progress bulk={bulk} selected={selected} />
        {!bulk.isRunning && (
          <div className={styles['buttons']}>
            {countsOf(bulk.outcomes).stoppable > bulk.stopped + bulk.notStopped && (
              <Button weight="alarm" onPress={() => void stopAll(say('decision.undoReason'))}>
                {say('bulk.stop', { count: countsOf(bulk.outcomes).stoppable })}
              </Button>
            )}
            <Button weight="main" onPress={() => onClose(true)}>
              {say('bulk.close')}
            </Button>
          </div>
        )}
      </Dialog>
    )
  }
  return (
    <Dialog title={say('bulk.title')} isOpen onClose={() => onClose(false)}>
      {plan.rows.length === 0 ? (
        <p>{say('bulk.noneFits')}</p>
      ) : isChecked && verdict ? (
        <>
          <p className={styles['plan']}>
            <strong>
              {say(`bulk.plan.${consequenceOf(verdict)}`, { count: plan.rows.length })}
            </strong>
          </p>
          <dl className={styles['facts']}>
            <Fact label={say('bulk.verdict')} value={vocabulary.verdicts[verdict].label} />
            <Fact label={say('bulk.sellers')} value={number(plan.sellers)} />
            <Fact label={say('bulk.marketplaces')} value={plan.marketplaces.join(', ')} />
            {plan.safety > 0 && (
              <Fact label={vocabulary.severities.S1} value={number(plan.safety)} />
            )}
            {plan.beyond > 0 && <Fact label={say('bulk.beyond')} value={number(plan.beyond)} />}
            {plan.skipped > 0 && <Fact label={say('bulk.skipped')} value={number(plan.skipped)} />}
          </dl>
          <div className={styles['buttons']}>
            <Button onPress={() => setChecked(false)}>{say('bulk.back')}</Button>
            <Button weight="main" onPress={send}>
              {say('bulk.send', { count: plan.rows.length })}
            </Button>
          </div>
        </>
      ) : (
        <DecisionForm
          role={role}
          draft={draft}
          lacks={lacks}
          isBusy={false}
          sendLabel={say('bulk.check', { count: plan.rows.length })}
          onChange={change}
          onSend={check}
        />
      )}
    </Dialog>
  )
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}

/** How far it is, and each case that did not take the answer, with the reason. */
function Progress({ bulk, selected }: { bulk: Bulk; selected: readonly CaseSummary[] }) {
  const { say } = useReading()
  const { taken, stoppable, failed } = countsOf(bulk.outcomes)
  const titles = new Map(selected.map(({ caseId, title }) => [caseId, title]))
  const failures = bulk.outcomes.filter(({ result }) => result === null || result.status >= 300)
  return (
    <>
      <ProgressBar
        className={styles['progress']}
        value={bulk.outcomes.length}
        maxValue={bulk.total}
      >
        {({ percentage = 0 }) => (
          <>
            <Label>{say('bulk.progress', { done: bulk.outcomes.length, total: bulk.total })}</Label>
            <span className={styles['track']}>
              <span style={{ width: `${percentage}%` }} />
            </span>
          </>
        )}
      </ProgressBar>
      <p role="status">
        {say('bulk.result', { taken, failed })}
        {stoppable > 0 && ` ${say('bulk.stoppable', { count: stoppable })}`}
        {bulk.stopped + bulk.notStopped > 0 &&
          ` ${say('bulk.stopped', { stopped: bulk.stopped, failed: bulk.notStopped })}`}
      </p>
      {failures.length > 0 && (
        <ul className={styles['failures']}>
          {failures.slice(0, SHOWN_FAILURES).map(({ caseId, result, error }) => {
            const trouble = result?.problem ? troubleOfProblem(result.problem) : troubleOf(error)
            return (
              <li key={caseId}>
                <strong>{oneLine(titles.get(caseId) ?? caseId, TITLE_MAX)}</strong>:{' '}
                <WhyNotTaken trouble={trouble} />
              </li>
            )
          })}
        </ul>
      )}
    </>
  )
}
