import { HOUR_MS } from '../../domain/brand/calendar.js'
import { csvText } from '../data/csv.js'
import { spanOf } from '../words/time-left.js'
import type { Reading } from '../words/words.js'
import type { FigureTable, Series } from './figure-tables.js'

/** One figure as it is read; `nothing` where it is not known. */
export function written(
  value: number | null | undefined,
  unit: Series['unit'],
  { number, span }: Pick<Reading, 'number' | 'span'>,
  nothing: string,
): string {
  if (value === null || value === undefined) return nothing
  return unit === 'span' ? span(spanOf(value)) : number(value)
}

/** All figures as the text of a file: plain numbers, times in hours. */
export function csvOf({ head, series, rows }: FigureTable, say: Reading['say']): string {
  const titles = series.map(({ title, unit }) =>
    unit === 'span' ? say('dashboard.inHours', { title }) : title,
  )
  const cells = rows.map(({ label, values }) => [
    label,
    ...series.map(({ unit }, place) => {
      const value = values[place] ?? null
      return unit === 'span' && value !== null ? Math.round(value / (HOUR_MS / 100)) / 100 : value
    }),
  ])
  return csvText([head, ...titles], cells)
}
