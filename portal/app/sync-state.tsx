import { WifiOff } from 'lucide-react'
import { localTime } from '../../notifications/local-format.js'
import { useReading } from '../words/words.js'
import { useSync } from '../data/sync.js'
import styles from './shell.module.css'

/** The moment what is shown is of, and that it is old where the service cannot be asked. */
export function SyncState() {
  const { say, locale } = useReading()
  const { at, state } = useSync()
  const time = at === null ? '–' : localTime(at, locale)
  if (state === 'fresh') {
    return (
      <span className={styles['sync']}>
        {at === null ? (
          say('sync.never')
        ) : (
          <>
            <span className={styles['wide']}>{say('sync.at', { time })}</span>
            <span className={styles['narrow']}>{time}</span>
          </>
        )}
      </span>
    )
  }
  return (
    <span className={`${styles['sync']} ${styles['stale']}`} role="status">
      <WifiOff size={14} aria-hidden="true" />
      {say(state === 'offline' ? 'sync.offline' : 'sync.unreachable', { time })}
    </span>
  )
}
