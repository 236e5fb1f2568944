import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import styles from './picture.module.css'

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
  size: 'row' | 'pane'
}) {
  const [missing, setMissing] = useState<string | null>(null)
  const className = `${styles['picture']} ${styles[size]}`
  if (sha256 === null || missing === sha256) {
    return (
      <span className={className} {...(text === '' ? { 'aria-hidden': true } : {})}>
        <ImageOff size={size === 'row' ? 18 : 32} strokeWidth={1.5} aria-hidden="true" />
        {text !== '' && <span className={styles['text']}>{text}</span>}
      </span>
    )
  }
  return (
    <img
      className={className}
      src={`/v1/pictures/${sha256}`}
      alt={text}
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setMissing(sha256)}
    />
  )
}
