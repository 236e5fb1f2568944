import type { PresentedEvent } from '../../contract/event.js'
import type { NoteAudience } from '../../domain/vocabulary.js'
import type { PortalWord } from '../../wording/portal-words.js'
import { Tag } from '../design/tag.js'
import { Moment } from '../design/time-left.js'
import { useReading } from '../words/words.js'
import { clauseInWords } from './clause-words.js'
import { timelineOf, turnsOf } from './timeline.js'
import { TurnLength } from './case-turns.js'
import styles from './case-page.module.css'

const AUDIENCES: Record<NoteAudience, PortalWord> = {
  internal: 'record.noteInternal',
  brand: 'record.noteBrand',
  marketplace: 'record.noteMarketplace',
}

/** What happened, when, by whom and why, and whose turn it was from then on for how long. */
export function CaseTimeline({ events }: { events: readonly PresentedEvent[] }) {
  const reading = useReading()
  const { say, vocabulary } = reading
  const turns = new Map(turnsOf(events).map((turn) => [turn.seq, turn]))
  return (
    <section className={styles['part']}>
      <h2>{say('case.timeline')}</h2>
      <ol className={styles['timeline']}>
        {timelineOf(events, vocabulary).map(
          ({ seq, at, word, values, who, clause, audience, dueAt, lines }) => {
            const why = clause && clauseInWords(clause, reading)
            const turn = turns.get(seq)
            return (
              <li key={seq}>
                <p className={styles['what']}>
                  <strong>{say(word, values)}</strong>
                  {who && (
                    <span>
                      {who.isFormer ? say('record.former', { name: who.name }) : who.name}
                    </span>
                  )}
                  {audience && <Tag tone="calm">{say(AUDIENCES[audience])}</Tag>}
                </p>
                {lines.map((line, index) => (
                  <p key={index} className={styles['line']}>
                    {line}
                  </p>
                ))}
                {why && (
                  <p className={styles['why']}>
                    {say('record.because', { clause: why.because })}{' '}
                    <span className={styles['muted']}>({why.where})</span>
                  </p>
                )}
                {turn && (
                  <p className={styles['turn']}>
                    {say('record.turnOf', { owner: vocabulary.owners[turn.owner] })},{' '}
                    <TurnLength turn={turn} />
                  </p>
                )}
                {dueAt && (
                  <p className={styles['muted']}>
                    {say('record.until')} <Moment at={dueAt} />
                  </p>
                )}
                <p className={styles['muted']}>
                  {seq} · <Moment at={at} />
                </p>
              </li>
            )
          },
        )}
      </ol>
    </section>
  )
}
