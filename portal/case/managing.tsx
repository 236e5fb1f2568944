import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { casePath } from '../../client/paths.js'
import type { Case } from '../../contract/case.js'
import { STAFF_ROLES, type StaffRole } from '../../domain/vocabulary.js'
import { api, freshId } from '../data/api.js'
import { accountManagersQuery } from '../data/desk.js'
import { useSending } from '../data/sending.js'
import { useSession } from '../data/session.js'
import { Button } from '../design/button.js'
import { Dialog } from '../design/dialog.js'
import { Checkbox, Labelled, Select, TextField } from '../design/fields.js'
import { Row, Stack } from '../design/page.js'
import { Moment } from '../design/time-left.js'
import { tell } from '../design/toasts.js'
import { TroubleLine } from '../design/trouble-line.js'
import { useReading } from '../words/words.js'
import { bodyOf, type ManagingAct, managingActs, MOVES, type Managed, unmanaged } from './manage.js'

const TOLD_MS = 6_000

/** What staff can do about a case besides answering it; nothing for a brand, and where nothing can be done. */
export function Managing({ of }: { of: Case }) {
  const { say } = useReading()
  const { isBrand } = useSession()
  const [act, setAct] = useState<ManagingAct | null>(null)
  const acts = isBrand ? [] : managingActs(of.allowed)
  if (acts.length === 0) return null
  return (
    <>
      <Row>
        {acts.map((each) => (
          <Button key={each} onPress={() => setAct(each)}>
            {say(`manage.${each}`)}
          </Button>
        ))}
      </Row>
      {act && <ActDialog of={of} act={act} onClose={() => setAct(null)} />}
    </>
  )
}

function ActDialog({ of, act, onClose }: { of: Case; act: ManagingAct; onClose: () => void }) {
  const { say } = useReading()
  const client = useQueryClient()
  const { isBusy, trouble, send } = useSending()
  const [given, setGiven] = useState<Managed>(unmanaged)
  const [key] = useState(freshId)
  const change = (some: Partial<Managed>) => setGiven((before) => ({ ...before, ...some }))
  const body = bodyOf(act, given, of, Date.now())

  async function carryOut(): Promise<void> {
    if (body === null) return
    const path = casePath(of.caseId, `/${body.path}`)
    await api.request('POST', path, { body: body.sent, idempotencyKey: key })
    tell({ tone: 'good', content: () => say('manage.done') }, TOLD_MS)
    await Promise.all(
      [['case', of.caseId], ['cases'], ['desk']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    )
  }

  return (
    <Dialog title={say(`manage.${act}`)} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send(carryOut).then((isDone) => isDone && onClose())
        }}
      >
        <Stack>
          <p>{say(`manage.${act}.text`)}</p>
          <Fields {...{ of, act, given, change }} />
          <TroubleLine trouble={trouble} />
          <Row>
            <Button type="submit" weight="main" isDisabled={isBusy || body === null}>
              {say(`manage.${act}`)}
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

function Fields({
  of,
  act,
  given,
  change,
}: {
  of: Case
  act: ManagingAct
  given: Managed
  change: (some: Partial<Managed>) => void
}) {
  const { say } = useReading()
  switch (act) {
    case 'returnToBrand':
      return (
        <TextField
          label={say('manage.question')}
          hint={say('manage.questionHint')}
          value={given.text}
          rows={4}
          maxLength={4000}
          onChange={(text) => change({ text })}
        />
      )
    case 'extendDeadline':
      return (
        <>
          {of.dueAt && (
            <p>
              {say('manage.dueNow')}: <Moment at={of.dueAt} />
            </p>
          )}
          <Labelled label={say('manage.moveBy')}>
            <Select
              label={say('manage.moveBy')}
              value={given.days}
              options={MOVES.map((days) => ({
                value: days,
                label: say('manage.days', { count: Number(days) }),
              }))}
              onChange={(days) => change({ days })}
            />
          </Labelled>
          <Reason {...{ given, change }} />
        </>
      )
    case 'reassign':
      return (
        <>
          <Assignee {...{ given, change }} />
          <Reason {...{ given, change }} />
        </>
      )
    case 'retryTakedown':
      return of.attention?.reason === 'listingChanged' ? (
        <Checkbox isSelected={given.isSure} onChange={(isSure) => change({ isSure })}>
          {say('manage.acceptChanged')}
        </Checkbox>
      ) : null
    case 'closeManually':
      return <Reason {...{ given, change }} isNeeded />
  }
}

/** Who gets something: an account manager or a lead. */
export function Assignee({
  given,
  change,
  except,
}: {
  given: Pick<Managed, 'role' | 'to'>
  change: (some: Partial<Managed>) => void
  /** Who has it now. */
  except?: string
}) {
  const { say } = useReading()
  const { data: people = [] } = useQuery(accountManagersQuery)
  const fitting = people.filter(
    ({ role, active, accountManagerId }) =>
      active && role === given.role && accountManagerId !== except,
  )
  return (
    <>
      <Labelled label={say('manage.asWhat')}>
        <Select<StaffRole>
          label={say('manage.asWhat')}
          value={given.role}
          options={STAFF_ROLES.map((role) => ({ value: role, label: say(`roleName.${role}`) }))}
          onChange={(role) => change({ role, to: '' })}
        />
      </Labelled>
      <Labelled label={say('manage.to')}>
        <Select
          label={say('manage.to')}
          value={given.to}
          options={[
            { value: '', label: say('manage.choose') },
            ...fitting.map(({ accountManagerId, name }) => ({
              value: accountManagerId,
              label: name,
            })),
          ]}
          onChange={(to) => change({ to })}
        />
      </Labelled>
    </>
  )
}

function Reason({
  given,
  change,
  isNeeded = false,
}: {
  given: Managed
  change: (some: Partial<Managed>) => void
  isNeeded?: boolean
}) {
  const { say } = useReading()
  return (
    <TextField
      label={say(isNeeded ? 'manage.reason' : 'manage.reasonIfAny')}
      value={given.text}
      rows={2}
      maxLength={1000}
      onChange={(text) => change({ text })}
    />
  )
}
