import { Input, Label, NumberField as AriaNumberField } from 'react-aria-components'
import styles from './fields.module.css'

/**
 * A field for a number, written as its reader writes numbers. Where it may be empty, `onClear`
 * hears of it and `value` is then `null`.
 */
export function NumberField({
  label,
  value,
  onChange,
  onClear,
  min = 0,
  max,
}: {
  label: string
  value: number | null
  onChange: (value: number) => void
  onClear?: () => void
  min?: number
  max?: number
}) {
  return (
    <AriaNumberField
      className={`${styles['field']} ${styles['figure']}`}
      value={value ?? Number.NaN}
      minValue={min}
      {...(max === undefined ? {} : { maxValue: max })}
      onChange={(written) => {
        if (Number.isNaN(written)) onClear?.()
        else onChange(written)
      }}
    >
      <Label className={styles['label']}>{label}</Label>
      <Input className={styles['input']} />
    </AriaNumberField>
  )
}
