import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { oneLine } from '../../notifications/plain-text.js'
import { standstillsQuery } from '../data/operating.js'
import { troubleOf } from '../data/trouble.js'
import { Aside, Sheet } from '../design/page.js'
import { Failed, Loading } from '../design/states.js'
import { Tag } from '../design/tag.js'
import { Moment } from '../design/time-left.js'
import { useReading } from '../words/words.js'
import styles from './lead.module.css'

const TITLE_MAX = 160

/** Cases whose process stands still, each with its cause and what helps. */
export function Standstills() {
  const { say, vocabulary } = useReading()
  const { data, error, isError, refetch } = useQuery(standstillsQuery)
  return (
    <Sheet title={say('lead.standing')} intro={say('lead.standingText')}>
      {!data ? (
        isError ? (
          <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
        ) : (
          <Loading />
        )
      ) : data.length === 0 ? (
        <p className={styles['none']}>{say('lead.noneStanding')}</p>
      ) : (
        <ul className={styles['cases']}>
          {data.map(({ caseId, title, severity, standstill, startedAt, detail }) => (
            <li key={caseId} className={styles['case']}>
              <span>
                <Link to="/cases/$caseId" params={{ caseId }}>
                  {oneLine(title, TITLE_MAX)}
                </Link>{' '}
                {severity === 'S1' && <Tag tone="alarm">{vocabulary.severities.S1}</Tag>}
              </span>
              <span>{say(`lead.${standstill}`)}</span>
              <Aside>
                <Moment at={startedAt} /> · {detail}
              </Aside>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}
