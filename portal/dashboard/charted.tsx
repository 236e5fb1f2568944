import { Link } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { download } from '../data/download.js'
import { Button } from '../design/button.js'
import { Row, Sheet } from '../design/page.js'
import { Loading } from '../design/states.js'
import { Table } from '../design/table.js'
import { useReading } from '../words/words.js'
import type { FigureRow, FigureTable } from './figure-tables.js'
import { csvOf, written } from './written.js'
import styles from './dashboard.module.css'

const Bars = lazy(async () => ({ default: (await import('./bars.js')).Bars }))
const Lines = lazy(async () => ({ default: (await import('./lines.js')).Lines }))

/** What a sheet of figures is. */
interface ChartedProps {
  title: string
  intro: ReactNode
  table: FigureTable
  /** Said where there is no row. */
  none: string
  as: 'bars' | 'stacked' | 'lines'
  /** What its file is called, without the ending. */
  fileName: string
}

/** Figures as a chart or, by a press, as a table; as a file, too. */
export function Charted({ title, intro, table, none, as, fileName }: ChartedProps) {
  const { say } = useReading()
  const [isTable, setTable] = useState(false)
  const hasAny = table.rows.length > 0
  const chart = { table, label: title }
  return (
    <Sheet
      title={title}
      intro={intro}
      actions={
        hasAny && (
          <Row>
            <Button
              aria-pressed={isTable}
              aria-label={say('dashboard.tableOf', { title })}
              onPress={() => setTable(!isTable)}
            >
              {say('dashboard.table')}
            </Button>
            <Button
              aria-label={say('dashboard.csvOf', { title })}
              onPress={() => download(`${fileName}.csv`, csvOf(table, say))}
            >
              <Download size={16} aria-hidden="true" />
              {say('dashboard.csv')}
            </Button>
          </Row>
        )
      }
    >
      {!hasAny ? (
        <p className={styles['none']}>{none}</p>
      ) : isTable ? (
        <FiguresAsTable title={title} table={table} />
      ) : (
        <Suspense fallback={<Loading />}>
          {as === 'lines' ? <Lines {...chart} /> : <Bars {...chart} isStacked={as === 'stacked'} />}
        </Suspense>
      )}
    </Sheet>
  )
}

function FiguresAsTable({
  title,
  table: { head, series, rows },
}: {
  title: string
  table: FigureTable
}) {
  const reading = useReading()
  return (
    <Table
      label={title}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          id: 'head',
          title: head,
          isHead: true,
          cell: ({ label, inbox }: FigureRow) =>
            inbox ? (
              <Link to="/" search={inbox}>
                {label}
              </Link>
            ) : (
              label
            ),
        },
        ...series.map(({ id, title: column, unit }, place) => ({
          ...{ id, title: column, isNumber: true },
          cell: ({ values }: FigureRow) =>
            written(values[place], unit, reading, reading.say('dashboard.notYet')),
        })),
      ]}
    />
  )
}
