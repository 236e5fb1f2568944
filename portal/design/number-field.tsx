import { Input, Label, NumberField as AriaNumberField } from 'react-aria-components'
import styles from './fields.module.css'

/** A field for a number, written as its reader writes numbers. */
export function NumberField({
  label,
  value,
  onChange,
  min = 0,
  max,
}: {
  label: string
  value: number
  onChange: (value: number) => void
  min?: number
  max?: number
}) {
  return (
    <AriaNumberField
      className={`${styles['field']} ${styles['figure']}`}
      value={value}
      minValue={min}
      {...(max === undefined ? {} : { maxValue: max })}
      onChange={(written) => {
        if (!Number.isNaN(written)) onChange(written)
      }}
    >
      <Label className={styles['label']}>{label}</Label>
      <Input className={styles['input']} />
    </AriaNumberField>
  )
}
