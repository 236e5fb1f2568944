import styles from './range.module.css'

/** A share in percent that is set by keys, by mouse and by touch alike. */
export function Range({
  label,
  value,
  onChange,
}: {
  label: string
  value: number
  onChange: (value: number) => void
}) {
  return (
    <input
      type="range"
      className={styles['range']}
      aria-label={label}
      min={0}
      max={100}
      value={value}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
    />
  )
}
