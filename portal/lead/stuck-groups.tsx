import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { casePath } from '../../client/paths.js'
import type { LeadDesk } from '../../contract/desk.js'
import { oneLine } from '../../notifications/plain-text.js'
import { api, freshId } from '../data/api.js'
import { type Trouble, troubleOf } from '../data/trouble.js'
import { Button } from '../design/button.js'
import { Aside, Row } from '../design/page.js'
import { Tag } from '../design/tag.js'
import { Moment } from '../design/time-left.js'
import { tell } from '../design/toasts.js'
import { TroubleLine } from '../design/trouble-line.js'
import type { Words } from '../../wording/vocabulary.js'
import { useReading } from '../words/words.js'
import styles from './lead.module.css'

type Group = LeadDesk['stuck'][number]

const TITLE_MAX = 160
const TOLD_MS = 8_000
/** Each is a change of its own; more than a few at once would only wait for one another. */
const AT_ONCE = 4

/** Cases that do not move, by what is wrong and where, each with what makes it move. */
export function StuckGroups({
  groups,
  onGive,
}: {
  groups: readonly Group[]
  onGive: (caseIds: string[]) => void
}) {
  return (
    <div>
      {groups.map((group) => (
        <StuckGroup
          key={`${group.reason} ${group.marketplace}`}
          group={group}
          onGive={() => onGive(group.cases.map(({ caseId }) => caseId))}
        />
      ))}
    </div>
  )
}

function StuckGroup({ group, onGive }: { group: Group; onGive: () => void }) {
  const { say, number, vocabulary } = useReading()
  const { reason, marketplace, count, since, cases } = group
  const { left, trouble, retry } = useRetrying()
  // A changed listing must be looked at before it is removed as it is now.
  const canRetry = reason !== 'listingChanged'
  const retriable = canRetry ? cases.filter(({ unblock }) => unblock.includes('retryTakedown')) : []
  return (
    <section className={styles['group']}>
      <header className={styles['head']}>
        <div>
          <h3>
            {vocabulary.attentionReasons[reason]} · {marketplace}{' '}
            <Tag tone="alarm">{number(count)}</Tag>
          </h3>
          <Aside>
            {say('lead.since')} <Moment at={since} />
          </Aside>
        </div>
        <Row>
          {retriable.length > 0 && (
            <Button isDisabled={left > 0} onPress={() => void retry(retriable)}>
              {left > 0
                ? say('lead.retrying', { count: left })
                : say('lead.retryAll', { count: retriable.length })}
            </Button>
          )}
          <Button onPress={onGive}>{say('lead.giveThese', { count: cases.length })}</Button>
        </Row>
      </header>
      <TroubleLine trouble={trouble} />
      <ul className={styles['cases']}>
        {cases.map(({ caseId, title, brandId, severity, detail, unblock, since: from }) => (
          <li key={caseId} className={styles['case']}>
            <span>
              <Link to="/cases/$caseId" params={{ caseId }}>
                {oneLine(title, TITLE_MAX)}
              </Link>{' '}
              {severity === 'S1' && <Tag tone="alarm">{vocabulary.severities.S1}</Tag>}
            </span>
            <Aside>
              {brandId} · <Moment at={from} /> · {detail}
            </Aside>
            <Aside>{unblock.flatMap((step) => stepInWords(step, vocabulary)).join(' · ')}</Aside>
          </li>
        ))}
      </ul>
      {count > cases.length && <Aside>{say('lead.more', { count: count - cases.length })}</Aside>}
    </section>
  )
}

/** Asks the marketplace again for many; what is refused stays stuck, and the last trouble is told. */
function useRetrying() {
  const { say } = useReading()
  const client = useQueryClient()
  const [left, setLeft] = useState(0)
  const [trouble, setTrouble] = useState<Trouble | null>(null)

  async function retry(cases: Group['cases']): Promise<void> {
    const waiting = [...cases]
    let done = 0
    setTrouble(null)
    setLeft(waiting.length)
    async function work(): Promise<void> {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        try {
          const path = casePath(next.caseId, '/retry-takedown')
          await api.request('POST', path, { body: {}, idempotencyKey: freshId() })
          done++
        } catch (error) {
          setTrouble(troubleOf(error))
        }
        setLeft((before) => before - 1)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    setLeft(0)
    tell(
      { tone: 'good', content: () => say('lead.retried', { done, count: cases.length }) },
      TOLD_MS,
    )
    await client.invalidateQueries({ queryKey: ['desk'] })
  }
  return { left, trouble, retry }
}

function stepInWords(step: string, { unblockSteps }: Words): string[] {
  const known = (Object.keys(unblockSteps) as (keyof typeof unblockSteps)[]).find(
    (one) => one === step,
  )
  return known ? [unblockSteps[known]] : []
}
