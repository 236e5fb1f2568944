import type { PresentedEvent } from '../../contract/event.js'
import { Table } from '../design/table.js'
import { Moment } from '../design/time-left.js'
import { useNow } from '../words/now.js'
import { spanOf } from '../words/time-left.js'
import { useReading } from '../words/words.js'
import { type Turn, turnsOf } from './timeline.js'
import styles from './case-page.module.css'

const STEP_MS = 1_000

/** Each wait of a case, whose it was, and how long it took. */
export function CaseTurns({ events }: { events: readonly PresentedEvent[] }) {
  const { say, vocabulary } = useReading()
  const turns = turnsOf(events)
  if (turns.length === 0) return null
  return (
    <section className={styles['part']}>
      <h2>{say('record.turns')}</h2>
      <Table
        label={say('record.turns')}
        rows={turns}
        keyOf={({ seq }) => String(seq)}
        columns={[
          {
            id: 'owner',
            title: say('case.turn'),
            cell: ({ owner }) => vocabulary.owners[owner],
            isHead: true,
          },
          {
            id: 'phase',
            title: say('record.phase'),
            cell: ({ phase }) => vocabulary.phases[phase],
          },
          { id: 'from', title: say('record.since'), cell: ({ from }) => <Moment at={from} /> },
          { id: 'length', title: say('record.length'), cell: (turn) => <TurnLength turn={turn} /> },
        ]}
      />
    </section>
  )
}

/** How long a turn took, or has taken so far. */
export function TurnLength({ turn: { from, to } }: { turn: Turn }) {
  const { say, span } = useReading()
  const now = useNow(STEP_MS)
  const ms = Math.max(0, (to === null ? now : Date.parse(to)) - Date.parse(from))
  return <>{say(to === null ? 'record.runs' : 'record.took', { span: span(spanOf(ms)) })}</>
}
