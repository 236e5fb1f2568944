import { Clock } from 'lucide-react'
import { fullMoment } from '../../notifications/local-format.js'
import { useNow } from '../words/now.js'
import { timeLeft, type Urgency } from '../words/time-left.js'
import { useReading } from '../words/words.js'
import { Tag, type Tone } from './tag.js'

const TONES: Record<Urgency, Tone> = { calm: 'calm', soon: 'soon', now: 'alarm', over: 'alarm' }
const STEP_MS = 1_000

/** The zone of this browser; moments are always shown with it. */
const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** How long somebody still has, in colour by how near the deadline is; nothing where there is none. */
export function TimeLeft({ dueAt }: { dueAt: string | null }) {
  const { say, span } = useReading()
  const left = timeLeft(dueAt, useNow(STEP_MS))
  if (!left) return null
  return (
    <Tag tone={TONES[left.urgency]}>
      <Clock size={12} aria-hidden="true" />
      {say(left.urgency === 'over' ? 'time.over' : 'time.left', { span: span(left) })}
    </Tag>
  )
}

/** A moment in full, with its zone. */
export function Moment({ at }: { at: string }) {
  const { locale } = useReading()
  return <time dateTime={at}>{fullMoment(at, timeZone, locale)}</time>
}
