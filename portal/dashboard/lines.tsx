import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts'
import { useReading } from '../words/words.js'
import { drawnOf, Legend, Pointed, TICK, useTold } from './chart-parts.js'
import type { FigureRow, FigureTable } from './figure-tables.js'

const HEIGHT_PX = 240
/** Told apart without colours, too. */
const DASHES = ['', '7 3', '2 3']
/** With more, points would hide their line. */
const MAX_POINTS = 31

/** A line for each column, from the first row to the last. */
export function Lines({ table, label }: { table: FigureTable; label: string }) {
  const { number } = useReading()
  const told = useTold(table, label)
  const drawn = drawnOf(table)
  return (
    <div>
      <Legend drawn={drawn} />
      <div role="img" aria-label={told}>
        <LineChart
          responsive
          accessibilityLayer={false}
          style={{ width: '100%', height: HEIGHT_PX }}
          margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
          data={table.rows.map((row) => ({ row, label: row.shortLabel ?? row.label }))}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="label"
            tick={TICK}
            tickLine={false}
            axisLine={{ stroke: 'var(--edge)' }}
            minTickGap={24}
          />
          <YAxis
            width={40}
            allowDecimals={false}
            tick={TICK}
            tickLine={false}
            axisLine={false}
            tickFormatter={(value: number) => number(value)}
          />
          <Tooltip
            cursor={{ stroke: 'var(--edge)' }}
            isAnimationActive={false}
            content={({ active, payload }) => <Pointed {...{ active, payload, drawn }} />}
          />
          {drawn.map(({ id, color, place }) => (
            <Line
              key={id}
              name={id}
              type="linear"
              dataKey={({ row }: { row: FigureRow }) => row.values[place] ?? 0}
              stroke={color}
              strokeWidth={2}
              strokeDasharray={DASHES[place] ?? ''}
              dot={table.rows.length <= MAX_POINTS && { r: 2.5, fill: color, strokeDasharray: '' }}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </div>
    </div>
  )
}
