import { HOUR_MS } from '../../domain/brand/calendar.js'
import { csvText } from '../data/csv.js'
import { type Span, spanOf } from '../words/time-left.js'
import type { FigureTable, Saying, Series } from './figure-tables.js'

/** One figure as it is read; `nothing` where it is not known. */
export function written(
  value: number | null | undefined,
  unit: Series['unit'],
  { number, span }: { number: (value: number) => string; span: (span: Span) => string },
  nothing: string,
): string {
  if (value === null || value === undefined) return nothing
  return unit === 'span' ? span(spanOf(value)) : number(value)
}

/** All figures as the text of a file: plain numbers, times in hours. */
export function csvOf({ head, series, rows }: FigureTable, say: Saying['say']): string {
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
