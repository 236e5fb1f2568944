import { useState } from 'react'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../domain/brand/calendar.js'
import { Select } from '../../design/fields.js'
import { NumberField } from '../../design/number-field.js'
import { useReading } from '../../words/words.js'
import styles from './policy.module.css'

const UNITS = { minutes: MINUTE_MS, hours: HOUR_MS, days: DAY_MS } as const
type Unit = keyof typeof UNITS
const NAMES = Object.keys(UNITS) as Unit[]

/** A span of time in the unit in which people say it. */
export function DurationField({
  label,
  valueMs,
  onChange,
}: {
  label: string
  valueMs: number
  onChange: (valueMs: number) => void
}) {
  const { say } = useReading()
  const [unit, setUnit] = useState(() => unitOf(valueMs))
  return (
    <div className={styles['duration']}>
      <NumberField
        label={label}
        value={valueMs / UNITS[unit]}
        onChange={(value) => onChange(Math.round(value * UNITS[unit]))}
      />
      <Select
        label={`${label}: ${say('policy.unit')}`}
        value={unit}
        options={NAMES.map((each) => ({ value: each, label: say(`policy.${each}`) }))}
        onChange={(chosen) => {
          setUnit(chosen)
          onChange(Math.round((valueMs / UNITS[unit]) * UNITS[chosen]))
        }}
      />
    </div>
  )
}

/** The largest unit of which it is a whole number; a day and less is said in hours. */
function unitOf(valueMs: number): Unit {
  if (valueMs >= 2 * DAY_MS && valueMs % DAY_MS === 0) return 'days'
  return valueMs >= HOUR_MS && valueMs % HOUR_MS === 0 ? 'hours' : 'minutes'
}
