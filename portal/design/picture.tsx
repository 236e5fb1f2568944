import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { useReading } from '../words/words.js'
import styles from './picture.module.css'

const SIZES = { row: 'thumbnail', pane: 'large', frame: 'large' } as const

/**
 * A picture of a listing by the hash of its content, from the service itself, so that no seller sees
 * who looks; a drawn place where there is none.
 */
export function Picture({
  sha256,
  text,
  size,
}: {
  sha256: string | null
  /** What it shows; empty beside words that say the same. */
  text: string
  size: keyof typeof SIZES
}) {
  const { say } = useReading()
  const [missing, setMissing] = useState<string | null>(null)
  const className = `${styles['picture']} ${styles[size]}`
  if (sha256 === null || missing === sha256) {
    const instead = sha256 === null ? text : say('picture.unavailable')
    return (
      <span className={className} {...(text === '' ? { 'aria-hidden': true } : {})}>
        <ImageOff size={size === 'row' ? 18 : 32} strokeWidth={1.5} aria-hidden="true" />
        {text !== '' && <span className={styles['text']}>{instead}</span>}
      </span>
    )
  }
  return (
    <img
      className={className}
      src={`/v1/pictures/${sha256}?size=${SIZES[size]}`}
      alt={text}
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setMissing(sha256)}
    />
  )
}
