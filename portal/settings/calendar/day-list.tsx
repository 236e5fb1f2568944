import { useState } from 'react'
import { type Calendar, DAY_MS, type PublicDays } from '../../../domain/brand/calendar.js'
import { Button } from '../../design/button.js'
import { Select, TextField } from '../../design/fields.js'
import { Row, Sheet } from '../../design/page.js'
import { Empty } from '../../design/states.js'
import { Table } from '../../design/table.js'
import { Tag, type Tone } from '../../design/tag.js'
import { useReading } from '../../words/words.js'
import { daysAhead, type SpecialDay, withDay, withoutDay } from './days-ahead.js'

const AHEAD_MS = 400 * DAY_MS
const NO_DAYS: PublicDays = { holidays: [], workdays: [] }
const KINDS = ['off', 'worked', 'part'] as const
const TONES: Record<SpecialDay['kind'], Tone> = { off: 'soon', worked: 'good', part: 'calm' }
const dateOf = (atMs: number) => new Date(atMs).toISOString().slice(0, 10)

/** The days of the next year that are not as the week says, and how to change them. */
export function DayList({
  calendar,
  country,
  onChange,
}: {
  calendar: Calendar
  country: PublicDays | null
  onChange?: (calendar: Calendar) => void
}) {
  const { say, locale } = useReading()
  const span = [dateOf(Date.now()), dateOf(Date.now() + AHEAD_MS)] as const
  const days = daysAhead(calendar, country ?? NO_DAYS, span)
  const day = new Intl.DateTimeFormat(locale, {
    ...{ dateStyle: 'full', timeZone: 'UTC' },
  })
  const textOf = ({ kind, from, to }: SpecialDay) =>
    kind === 'part'
      ? say('calendar.partOf', { from: from ?? '', to: to ?? '' })
      : say(`calendar.${kind}`)
  return (
    <Sheet title={say('calendar.days')} intro={say('calendar.daysText')}>
      {onChange && <AddDay onAdd={(added) => onChange(withDay(calendar, added))} />}
      {days.length === 0 ? (
        <Empty title={say('calendar.noDays')} />
      ) : (
        <Table
          label={say('calendar.days')}
          rows={days}
          keyOf={({ date }) => date}
          columns={[
            {
              id: 'date',
              title: say('calendar.date'),
              isHead: true,
              cell: ({ date }) => <time dateTime={date}>{day.format(new Date(date))}</time>,
            },
            {
              id: 'kind',
              title: say('calendar.how'),
              cell: (one) => <Tag tone={TONES[one.kind]}>{textOf(one)}</Tag>,
            },
            {
              id: 'source',
              title: say('calendar.source'),
              cell: ({ source }) => say(source === 'own' ? 'calendar.byOwn' : 'calendar.byCountry'),
            },
            ...(onChange
              ? [
                  {
                    id: 'acts',
                    title: say('form.acts'),
                    isForActs: true,
                    cell: (one: SpecialDay) => (
                      <ChangeDay of={one} calendar={calendar} onChange={onChange} />
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
    </Sheet>
  )
}

/** Takes back what the calendar says itself, or says otherwise than the country. */
function ChangeDay({
  of: { date, kind, source },
  calendar,
  onChange,
}: {
  of: SpecialDay
  calendar: Calendar
  onChange: (calendar: Calendar) => void
}) {
  const { say } = useReading()
  const other = kind === 'off' ? 'worked' : 'off'
  const word = source === 'own' ? 'calendar.takeBack' : (`calendar.make.${other}` as const)
  return (
    <Button
      weight="quiet"
      aria-label={`${say(word)}: ${date}`}
      onPress={() =>
        onChange(
          source === 'own' ? withoutDay(calendar, date) : withDay(calendar, { date, kind: other }),
        )
      }
    >
      {say(word)}
    </Button>
  )
}

function AddDay({ onAdd }: { onAdd: (day: Omit<SpecialDay, 'source'>) => void }) {
  const { say } = useReading()
  const [date, setDate] = useState('')
  const [kind, setKind] = useState<SpecialDay['kind']>('off')
  const [from, setFrom] = useState('09:00')
  const [to, setTo] = useState('13:00')
  const isReady = date !== '' && (kind !== 'part' || from < to)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isReady) return
        onAdd({ date, kind, ...(kind === 'part' ? { from, to } : {}) })
        setDate('')
      }}
    >
      <Row>
        <TextField label={say('calendar.date')} type="date" value={date} onChange={setDate} />
        <Select
          label={say('calendar.how')}
          isLabelled
          value={kind}
          options={KINDS.map((each) => ({ value: each, label: say(`calendar.${each}`) }))}
          onChange={setKind}
        />
        {kind === 'part' && (
          <>
            <TextField label={say('calendar.from')} type="time" value={from} onChange={setFrom} />
            <TextField label={say('calendar.to')} type="time" value={to} onChange={setTo} />
          </>
        )}
        <Button type="submit" isDisabled={!isReady}>
          {say('calendar.add')}
        </Button>
      </Row>
    </form>
  )
}
