import { useReading } from '../words/words.js'
import styles from './figures.module.css'

/** A number one looks at first, or what is written for it; `isAlarming` where anything above none is bad. */
export interface Figure {
  label: string
  value: number | string
  /** Said below it, smaller. */
  aside?: string
  isAlarming?: boolean
}

/** Numbers beside each other, each with what it counts. */
export function Figures({ label, figures }: { label: string; figures: readonly Figure[] }) {
  const { number } = useReading()
  return (
    <dl className={styles['figures']} aria-label={label}>
      {figures.map((figure) => (
        <div
          key={figure.label}
          className={styles['figure']}
          data-alarming={(figure.isAlarming && Number(figure.value) > 0) || undefined}
        >
          <dt>{figure.label}</dt>
          <dd>{typeof figure.value === 'number' ? number(figure.value) : figure.value}</dd>
          {figure.aside !== undefined && <dd className={styles['aside']}>{figure.aside}</dd>}
        </div>
      ))}
    </dl>
  )
}
