import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Case } from '../../contract/case.js'
import { ofListingQuery } from '../data/cases.js'
import { Day } from '../design/day.js'
import { Tag } from '../design/tag.js'
import { useReading } from '../words/words.js'
import { standingOf } from './standing.js'
import styles from './listing-view.module.css'

/** The other cases about the same listing, the newest first: when, and what came of each. */
export function EarlierCases({ of, heading: Heading }: { of: Case; heading: 'h2' | 'h3' }) {
  const { say, vocabulary } = useReading()
  const { data = [] } = useQuery(ofListingQuery(of))
  const others = data.filter(({ caseId }) => caseId !== of.caseId)
  if (others.length === 0) return null
  return (
    <section>
      <Heading>{say('case.ofListing')}</Heading>
      <ul className={styles['cases']}>
        {others.map((other) => {
          const { phase, follows, tone } = standingOf(other, vocabulary)
          return (
            <li key={other.caseId} className={styles['line']}>
              <Link to="/cases/$caseId" params={{ caseId: other.caseId }}>
                <Day at={other.openedAt} />
              </Link>
              <Tag tone={tone}>{phase}</Tag>
              {other.verdict && <span className={styles['muted']}>{follows}</span>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
