import type { Trouble } from '../data/trouble.js'
import { useReading } from '../words/words.js'
import styles from './states.module.css'

/** What went wrong with what was sent, where it was sent from; nothing while nothing has. */
export function TroubleLine({ trouble }: { trouble: Trouble | null }) {
  const { say } = useReading()
  if (!trouble) return null
  return (
    <p className={styles['trouble']} role="alert">
      {say(trouble.word)} {trouble.detail}
    </p>
  )
}
