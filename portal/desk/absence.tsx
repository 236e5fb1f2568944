import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Desk } from '../../contract/desk.js'
import { api } from '../data/api.js'
import { accountManagersQuery } from '../data/desk.js'
import { useSending } from '../data/sending.js'
import { useSession } from '../data/session.js'
import { Button } from '../design/button.js'
import { Dialog } from '../design/dialog.js'
import { Labelled, Select, TextField } from '../design/fields.js'
import { Row, Stack } from '../design/page.js'
import { Moment } from '../design/time-left.js'
import { TroubleLine } from '../design/trouble-line.js'
import { useReading } from '../words/words.js'
import { dayOf, startOf } from './days.js'
import styles from './desk.module.css'

/** Who is away and who covers, and how to say so: on one's own desk, or for a lead on anybody's. */
export function AbsenceLine({ desk }: { desk: Desk }) {
  const { say } = useReading()
  const { membership, person } = useSession()
  const client = useQueryClient()
  const { isBusy, trouble, send } = useSending()
  const [isAsking, setAsking] = useState(false)
  const { accountManagerId, absence, coversFor } = desk
  if (accountManagerId === null) return null
  const mayChange = membership.role === 'lead' || person.accountManagerId === accountManagerId
  const path = `/account-managers/${accountManagerId}/absence`
  const refresh = () =>
    Promise.all(
      [['desk'], ['accountManagers']].map((queryKey) => client.invalidateQueries({ queryKey })),
    )
  return (
    <div className={styles['absence']}>
      <div>
        {coversFor.map(({ accountManagerId: id, name, until }) => (
          <p key={id}>
            <strong>{say('away.coversFor', { name })}</strong> · {say('away.until')}{' '}
            <Moment at={until} />
          </p>
        ))}
        {absence && (
          <p>
            <strong>{say('away.coveredBy', { name: absence.coverName })}</strong> ·{' '}
            <Moment at={absence.from} /> – <Moment at={absence.until} />
          </p>
        )}
        <TroubleLine trouble={trouble} />
      </div>
      {mayChange && (
        <Row>
          <Button onPress={() => setAsking(true)}>
            {say(absence ? 'away.change' : 'away.handOver')}
          </Button>
          {absence && (
            <Button
              isDisabled={isBusy}
              onPress={() => void send(() => api.request('DELETE', path).then(refresh))}
            >
              {say('away.back')}
            </Button>
          )}
        </Row>
      )}
      {isAsking && (
        <AbsenceDialog
          {...{ desk, accountManagerId }}
          onSend={(body) => api.request('PUT', path, { body }).then(refresh)}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}

function AbsenceDialog({
  desk: { absence },
  accountManagerId,
  onSend,
  onClose,
}: {
  desk: Desk
  accountManagerId: string
  onSend: (body: { from: string; until: string; coverId: string }) => Promise<unknown>
  onClose: () => void
}) {
  const { say } = useReading()
  const { isBusy, trouble, send } = useSending()
  const { data: people = [] } = useQuery(accountManagersQuery)
  const self = people.find((one) => one.accountManagerId === accountManagerId)
  const [from, setFrom] = useState(dayOf(absence?.from ?? new Date().toISOString()))
  const [until, setUntil] = useState(absence ? dayOf(absence.until) : '')
  const [chosen, setChosen] = useState(absence?.coverId ?? '')
  const coverId = chosen === '' ? (self?.substituteId ?? '') : chosen
  const covers = people.filter(
    (one) => one.active && one.role === self?.role && one.accountManagerId !== accountManagerId,
  )
  const [begins, ends] = [startOf(from), startOf(until)]
  const isReady = begins !== null && ends !== null && begins < ends && coverId !== ''
  return (
    <Dialog title={say('away.handOver')} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (begins === null || ends === null) return
          const body = { from: begins, until: ends, coverId }
          void send(() => onSend(body)).then((isDone) => isDone && onClose())
        }}
      >
        <Stack>
          <p>{say('away.text')}</p>
          <TextField label={say('away.first')} type="date" value={from} onChange={setFrom} />
          <TextField label={say('away.return')} type="date" value={until} onChange={setUntil} />
          <Labelled label={say('away.cover')}>
            <Select
              label={say('away.cover')}
              value={coverId}
              options={[
                { value: '', label: say('manage.choose') },
                ...covers.map(({ accountManagerId: id, name }) => ({ value: id, label: name })),
              ]}
              onChange={setChosen}
            />
          </Labelled>
          <TroubleLine trouble={trouble} />
          <Row>
            <Button type="submit" weight="main" isDisabled={isBusy || !isReady}>
              {say('form.save')}
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
