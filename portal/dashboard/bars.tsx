import { Bar, BarChart, CartesianGrid, LabelList, Tooltip, XAxis, YAxis } from 'recharts'
import { DAY_MS, HOUR_MS } from '../../domain/brand/calendar.js'
import { useReading } from '../words/words.js'
import { type Drawn, drawnOf, Legend, Pointed, TICK, useTold } from './chart-parts.js'
import type { FigureRow, FigureTable } from './figure-tables.js'
import { written } from './written.js'
import styles from './dashboard.module.css'

const BAR_PX = 16
const BETWEEN_PX = 14
const AXIS_PX = 34
const LABELS_PX = 116
/** Room for the figure that stands behind the longest bar. */
const FIGURE_PX = 56

/** A bar for each figure, or one for each row with its figures behind each other. */
export function Bars({
  table,
  label,
  isStacked,
}: {
  table: FigureTable
  label: string
  isStacked: boolean
}) {
  const reading = useReading()
  const told = useTold(table, label)
  const drawn = drawnOf(table)
  const unit = unitOf(table, drawn)
  const perRow = (isStacked ? 1 : drawn.length) * (BAR_PX + 2) + BETWEEN_PX
  const nothing = reading.say('dashboard.notYet')
  return (
    <div>
      <Legend drawn={drawn} />
      <div role="img" aria-label={told}>
        <BarChart
          responsive
          layout="vertical"
          accessibilityLayer={false}
          style={{ width: '100%', height: perRow * table.rows.length + AXIS_PX }}
          margin={{ top: 4, right: isStacked ? 12 : FIGURE_PX, bottom: 0, left: 8 }}
          barGap={2}
          data={table.rows.map((row) => ({ row, label: row.shortLabel ?? row.label }))}
        >
          <CartesianGrid horizontal={false} stroke="var(--line)" />
          <XAxis
            type="number"
            allowDecimals={false}
            tick={TICK}
            tickLine={false}
            axisLine={false}
            tickFormatter={(value: number) =>
              unit ? reading.span({ value, unit: unit.name }) : reading.number(value)
            }
          />
          <YAxis
            type="category"
            dataKey="label"
            width={LABELS_PX}
            tick={TICK}
            tickLine={false}
            axisLine={{ stroke: 'var(--edge)' }}
            interval={0}
          />
          <Tooltip
            cursor={{ fill: 'var(--hover)' }}
            isAnimationActive={false}
            content={({ active, payload }) => <Pointed {...{ active, payload, drawn }} />}
          />
          {drawn.map(({ id, color, edge, place, unit: of }) => (
            <Bar
              key={id}
              name={id}
              dataKey={({ row }: { row: FigureRow }) => (row.values[place] ?? 0) / (unit?.ms ?? 1)}
              fill={color}
              stroke={isStacked ? 'var(--sheet)' : edge}
              // A bar without any length has no figure beside it.
              minPointSize={isStacked ? 0 : 1}
              barSize={BAR_PX}
              isAnimationActive={false}
              {...(isStacked ? { stackId: 'all' } : {})}
            >
              {!isStacked && (
                <LabelList
                  position="right"
                  className={styles['figure']}
                  fill="var(--ink)"
                  valueAccessor={(_entry: unknown, index: number) =>
                    written(table.rows[index]?.values[place], of, reading, nothing)
                  }
                />
              )}
            </Bar>
          ))}
        </BarChart>
      </div>
    </div>
  )
}

/** What times are drawn in; `null` where what is drawn are no times. */
function unitOf(
  { rows }: FigureTable,
  drawn: readonly Drawn[],
): { name: 'hour' | 'day'; ms: number } | null {
  if (drawn[0]?.unit !== 'span') return null
  const longest = Math.max(
    0,
    ...rows.flatMap(({ values }) => drawn.map((d) => values[d.place] ?? 0)),
  )
  return longest < 2 * DAY_MS ? { name: 'hour', ms: HOUR_MS } : { name: 'day', ms: DAY_MS }
}
