import type { TooltipContentProps } from 'recharts'
import { useReading } from '../words/words.js'
import type { FigureRow, FigureTable, Series } from './figure-tables.js'
import { written } from './written.js'
import styles from './dashboard.module.css'

/** How the words beside axes look. */
export const TICK = { fill: 'var(--muted)', fontSize: 12 }

/** A column of a table that is drawn, with its place there and its looks. */
export interface Drawn extends Series {
  place: number
  color: string
  edge: string
}

/** Those that are drawn; what was before has the colour of what it is compared with, but pale. */
export function drawnOf({ series }: FigureTable): Drawn[] {
  const drawn = series.flatMap((one, place) => (one.isTableOnly ? [] : [{ ...one, place }]))
  const colors = drawn.filter(({ isBefore }) => !isBefore).length
  return drawn.map((one, index) => {
    const edge = `var(--series-${(index % colors) + 1})`
    const pale = `color-mix(in srgb, ${edge} 40%, var(--sheet))`
    return { ...one, edge, color: one.isBefore ? pale : edge }
  })
}

/** As many rows as are read out; the table has all. */
const MAX_TOLD = 12

/** What a chart shows, in words. */
export function useTold(table: FigureTable, label: string): string {
  const reading = useReading()
  const drawn = drawnOf(table)
  const rows = table.rows.slice(0, MAX_TOLD).map((row) => {
    const figures = drawn.map(
      ({ title, unit, place }) =>
        `${title} ${written(row.values[place], unit, reading, reading.say('dashboard.notYet'))}`,
    )
    return `${row.label}: ${figures.join(', ')}`
  })
  const rest = table.rows.length > MAX_TOLD ? [reading.say('dashboard.restInTable')] : []
  return [label, ...rows, ...rest].join('. ')
}

/** Which colour is what. */
export function Legend({ drawn }: { drawn: readonly Drawn[] }) {
  if (drawn.length < 2) return null
  return (
    <ul className={styles['legend']}>
      {drawn.map(({ id, title, ...looks }) => (
        <li key={id}>
          <Key {...looks} />
          {title}
        </li>
      ))}
    </ul>
  )
}

function Key({ color, edge }: Pick<Drawn, 'color' | 'edge'>) {
  const style = { background: color, borderColor: edge }
  return <span className={styles['key']} style={style} aria-hidden="true" />
}

/** What is under the mouse. */
export function Pointed({
  active,
  payload,
  drawn,
}: Pick<TooltipContentProps, 'active' | 'payload'> & { drawn: readonly Drawn[] }) {
  const reading = useReading()
  const row = (payload[0]?.payload as { row?: FigureRow } | undefined)?.row
  if (!active || !row) return null
  return (
    <div className={styles['pointed']}>
      <strong>{row.label}</strong>
      <ul>
        {drawn.map(({ id, title, unit, place, ...looks }) => (
          <li key={id}>
            <Key {...looks} />
            {title}: {written(row.values[place], unit, reading, reading.say('dashboard.notYet'))}
          </li>
        ))}
      </ul>
    </div>
  )
}
