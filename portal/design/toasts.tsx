import { X } from 'lucide-react'
import { type ReactNode } from 'react'
import {
  Button as AriaButton,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components'
import { useReading } from '../words/words.js'
import styles from './toasts.module.css'

// The library calls its toasts unstable: nothing else imports them.

/** A message that passes. */
export interface Message {
  tone: 'calm' | 'good' | 'alarm'
  /** What it says; rendered inside, so that it may count down and offer something to press. */
  content: (close: () => void) => ReactNode
}

const queue = new ToastQueue<Message>({ maxVisibleToasts: 3 })

/**
 * Shows a message until it is closed, or for `timeoutMs`, at least 5 s: time enough to hear it read
 * out. Gives what closes it.
 */
export function tell(message: Message, timeoutMs?: number): () => void {
  const key = queue.add(message, timeoutMs === undefined ? {} : { timeout: timeoutMs })
  return () => queue.close(key)
}

/** Where messages appear. */
export function Toasts() {
  const { say } = useReading()
  return (
    <ToastRegion queue={queue} className={styles['region']} aria-label={say('messages.label')}>
      {({ toast }) => {
        const close = () => queue.close(toast.key)
        return (
          <Toast toast={toast} className={`${styles['toast']} ${styles[toast.content.tone]}`}>
            <ToastContent className={styles['content']}>
              {toast.content.content(close)}
            </ToastContent>
            <AriaButton slot="close" className={styles['close']} aria-label={say('messages.close')}>
              <X size={16} aria-hidden="true" />
            </AriaButton>
          </Toast>
        )
      }}
    </ToastRegion>
  )
}
