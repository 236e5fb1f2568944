import { Layers } from 'lucide-react'
import { MAX_SIMILAR } from '../../contract/limits.js'
import type { Similar as SimilarCases } from '../../contract/similar.js'
import { Button } from '../design/button.js'
import { useReading } from '../words/words.js'
import { likenessName } from './likeness-name.js'
import styles from './similar.module.css'

/** What can be decided and is like the open case, by what it shares: one press selects all of it. */
export function Similar({
  kinds,
  onSelect,
}: {
  kinds: readonly SimilarCases[]
  onSelect: (similar: SimilarCases) => void
}) {
  const reading = useReading()
  const some = kinds.filter(({ count }) => count > 0)
  if (some.length === 0) return null
  return (
    <div className={styles['similar']} role="group" aria-label={reading.say('similar.label')}>
      <span className={styles['label']}>
        <Layers size={14} aria-hidden="true" /> {reading.say('similar.label')}
      </span>
      {some.map((similar) => {
        const kind = likenessName(similar.by, similar.filter.priceBand, reading)
        const { count } = similar
        return (
          <Button key={similar.by} onPress={() => onSelect(similar)}>
            {kind}
            <span className={styles['count']}>
              {reading.number(count)}
              {count >= MAX_SIMILAR && '+'}
            </span>
            <span className="unseen">{reading.say('similar.select', { count: count + 1 })}</span>
          </Button>
        )
      })}
    </div>
  )
}
