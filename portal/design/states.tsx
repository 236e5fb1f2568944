import type { ReactNode } from 'react'
import { type Trouble } from '../data/trouble.js'
import { useReading } from '../words/words.js'
import { Button } from './button.js'
import styles from './states.module.css'

/** In the place of what is not there: why, and what to do. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={styles['state']}>
      <p className={styles['title']}>{title}</p>
      {children && <p className={styles['text']}>{children}</p>}
      {action}
    </div>
  )
}

/** In the place of what could not be read. */
export function Failed({ trouble, onRetry }: { trouble: Trouble; onRetry?: () => void }) {
  const { say } = useReading()
  return (
    <div className={styles['state']} role="alert">
      <p className={styles['title']}>{say('trouble.title')}</p>
      <p className={styles['text']}>
        {say(trouble.word)} {trouble.detail}
      </p>
      {onRetry && <Button onPress={onRetry}>{say('trouble.retry')}</Button>}
    </div>
  )
}

/** In the place of what is on its way: grey lines, and a word for those who do not see them. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const { say } = useReading()
  return (
    <div className={styles['loading']} role="status">
      <span className="unseen">{say('loading')}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className={styles['line']} aria-hidden="true" />
      ))}
    </div>
  )
}
