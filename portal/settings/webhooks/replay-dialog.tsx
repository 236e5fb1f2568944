import { useState } from 'react'
import { endOfDay, startOfDay } from '../../../domain/brand/local-day.js'
import { REPLAYED_EVENTS, type ReplayedEvents } from '../../../domain/vocabulary.js'
import { REPLAYED_DAYS } from '../../../domain/webhook/limits.js'
import { useSending } from '../../data/sending.js'
import { Button } from '../../design/button.js'
import { Dialog } from '../../design/dialog.js'
import { Select, TextField } from '../../design/fields.js'
import { Row, Stack } from '../../design/page.js'
import { TroubleLine } from '../../design/trouble-line.js'
import { useReading } from '../../words/words.js'

const { timeZone } = Intl.DateTimeFormat().resolvedOptions()

/** A span of time that is sent again, as the API takes it. */
export interface ReplaySpan {
  from: string
  /** Now where it is absent. */
  to?: string
  events: ReplayedEvents
}

/** Asks which days are sent again, and which of their messages. */
export function ReplayDialog({
  host,
  onSend,
  onClose,
}: {
  host: string
  onSend: (span: ReplaySpan) => Promise<unknown>
  onClose: () => void
}) {
  const { say } = useReading()
  const [firstDay, setFirstDay] = useState('')
  const [lastDay, setLastDay] = useState('')
  const [events, setEvents] = useState<ReplayedEvents>('undelivered')
  const { isBusy, trouble, send } = useSending()
  const fromMs = startOfDay(firstDay, timeZone)
  const endMs = lastDay === '' ? null : endOfDay(lastDay, timeZone)
  const isBackwards = fromMs !== null && endMs !== null && endMs <= fromMs

  async function sendAgain(from: number): Promise<void> {
    // A day that has not ended is sent up to now, not into what has not happened.
    const isOver = endMs !== null && endMs <= Date.now()
    const span = {
      ...{ from: new Date(from).toISOString(), events },
      ...(isOver ? { to: new Date(endMs).toISOString() } : {}),
    }
    if (await send(() => onSend(span))) onClose()
  }

  return (
    <Dialog title={say('webhooks.replayTitle', { host })} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (fromMs !== null && !isBackwards) void sendAgain(fromMs)
        }}
      >
        <Stack>
          <p>{say('webhooks.replayText')}</p>
          <TextField
            label={say('webhooks.replayFrom')}
            hint={say('webhooks.replayFromHint', { days: REPLAYED_DAYS })}
            type="date"
            value={firstDay}
            onChange={setFirstDay}
          />
          <TextField
            label={say('webhooks.replayTo')}
            hint={say('webhooks.replayToHint')}
            type="date"
            value={lastDay}
            onChange={setLastDay}
            error={isBackwards ? say('webhooks.replayOrder') : undefined}
          />
          <Select
            label={say('webhooks.replayEvents')}
            isLabelled
            value={events}
            options={REPLAYED_EVENTS.map((each) => ({
              value: each,
              label: say(`webhooks.replay.${each}`),
            }))}
            onChange={setEvents}
          />
          <TroubleLine trouble={trouble} />
          <Row>
            <Button
              type="submit"
              weight="main"
              isDisabled={isBusy || fromMs === null || isBackwards}
            >
              {say('webhooks.replaySend')}
            </Button>
            <Button weight="quiet" onPress={onClose}>
              {say('form.cancel')}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  )
}
