import { ArrowLeft } from 'lucide-react'
import { Button } from '../design/button.js'
import { Empty } from '../design/states.js'
import { useReading } from '../words/words.js'
import styles from './inbox.module.css'

/** Why a queue is empty. */
export function NothingThere({
  isNarrowed: narrowed,
  onWiden,
}: {
  isNarrowed: boolean
  onWiden: () => void
}) {
  const { say } = useReading()
  if (!narrowed) return <Empty title={say('inbox.empty')}>{say('inbox.emptyText')}</Empty>
  return (
    <Empty
      title={say('inbox.noneFit')}
      action={<Button onPress={onWiden}>{say('filters.clear')}</Button>}
    />
  )
}

/** Back to the pane before, where a screen holds one. */
export function Back({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <div className={styles['back']}>
      <Button weight="quiet" onPress={onPress}>
        <ArrowLeft size={16} aria-hidden="true" /> {label}
      </Button>
    </div>
  )
}
