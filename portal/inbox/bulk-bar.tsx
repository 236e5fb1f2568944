import { Button } from '../design/button.js'
import { useReading } from '../words/words.js'
import styles from './bulk-bar.module.css'

/** How many cases are selected, and what can be done with them together. */
export function BulkBar({
  count,
  isGathering,
  onDecide,
  onClear,
}: {
  count: number
  /** More is on its way. */
  isGathering: boolean
  onDecide: () => void
  onClear: () => void
}) {
  const { say } = useReading()
  return (
    <div className={styles['bar']}>
      <span role="status">
        {isGathering ? say('inbox.gathering') : say('bulk.selected', { count })}
      </span>
      <Button weight="main" isDisabled={isGathering} onPress={onDecide}>
        {say('bulk.decide')}
      </Button>
      <Button weight="quiet" onPress={onClear}>
        {say('bulk.clear')}
      </Button>
    </div>
  )
}
