import type { ReactNode } from 'react'
import styles from './tag.module.css'

/** How a tag looks: by urgency, or `good` and `plain`. */
export type Tone = 'plain' | 'calm' | 'soon' | 'alarm' | 'good'

/** A word or two that stand out. */
export function Tag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`${styles['tag']} ${styles[tone]}`}>{children}</span>
}
