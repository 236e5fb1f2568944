import type { Case } from '../../contract/case.js'
import { Tag } from '../design/tag.js'
import { TimeLeft } from '../design/time-left.js'
import { useReading } from '../words/words.js'
import { useWhyItWaits } from '../data/marketplaces.js'
import { standingOf } from './standing.js'
import styles from './standing-strip.module.css'

/** State, clock, reason and consequence of a case, always in the same place. */
export function StandingStrip({ of }: { of: Case }) {
  const { say, vocabulary } = useReading()
  const { phase, owner, follows, tone } = standingOf(of, vocabulary)
  const { attention, overdueSince } = of
  const pause = useWhyItWaits(of)
  return (
    <div className={styles['strip']}>
      <p className={styles['line']}>
        <Tag tone={tone}>{phase}</Tag>
        <TimeLeft dueAt={of.dueAt} />
        {overdueSince && <Tag tone="alarm">{say('case.overdue')}</Tag>}
      </p>
      <dl className={styles['facts']}>
        {owner && (
          <div>
            <dt>{say('case.turn')}</dt>
            <dd>{owner}</dd>
          </div>
        )}
        {follows && (
          <div>
            <dt>{say(of.verdict ? 'case.answer' : 'case.ifSilent')}</dt>
            <dd>{follows}</dd>
          </div>
        )}
        {pause && (
          <div>
            <dt>{say('case.marketplacePaused')}</dt>
            <dd>{pause.reason}</dd>
          </div>
        )}
        {attention && (
          <div>
            <dt>{say('case.stuck')}</dt>
            <dd>{vocabulary.attentionReasons[attention.reason]}</dd>
          </div>
        )}
      </dl>
    </div>
  )
}
