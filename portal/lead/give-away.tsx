import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Static } from 'typebox'
import type { SweepSchema } from '../../contract/sweep.js'
import { Assignee } from '../case/managing.js'
import { type Managed, unmanaged } from '../case/manage.js'
import { api, freshId } from '../data/api.js'
import { useSending } from '../data/sending.js'
import { Button } from '../design/button.js'
import { Dialog } from '../design/dialog.js'
import { TextField } from '../design/fields.js'
import { Row, Stack } from '../design/page.js'
import { Loading } from '../design/states.js'
import { TroubleLine } from '../design/trouble-line.js'
import { useReading } from '../words/words.js'

type Sweep = Static<typeof SweepSchema>

/** What is given to somebody else: some cases, or all open ones of somebody. */
export type Given =
  | { caseIds: string[] }
  | { from: { accountManagerId: string; name: string | null; role: Managed['role'] | null } }

const ASK_AGAIN_MS = 1_000

/** Gives many cases to somebody, and shows how far that is. */
export function GiveAway({ given, onClose }: { given: Given; onClose: () => void }) {
  const { say } = useReading()
  const { isBusy, trouble, send } = useSending()
  const role = 'from' in given ? (given.from.role ?? 'accountManager') : 'accountManager'
  const [entered, setEntered] = useState<Managed>({ ...unmanaged, role })
  const [key] = useState(freshId)
  const [sweepId, setSweepId] = useState<string | null>(null)
  const change = (some: Partial<Managed>) => setEntered((before) => ({ ...before, ...some }))

  async function begin(): Promise<void> {
    const { to, role: asWhat, text } = entered
    const reason = text.trim() === '' ? {} : { reason: text.trim() }
    const which =
      'from' in given ? { from: given.from.accountManagerId } : { caseIds: given.caseIds }
    const { body } = await api.request<{ sweepId: string }>('POST', '/cases:reassign', {
      body: { ...which, to, role: asWhat, ...reason },
      idempotencyKey: key,
    })
    setSweepId(body.sweepId)
  }

  const title =
    'from' in given
      ? say('lead.giveOf', { name: given.from.name ?? given.from.accountManagerId })
      : say('lead.giveThese', { count: given.caseIds.length })
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      {sweepId ? (
        <Progress sweepId={sweepId} onClose={onClose} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void send(begin)
          }}
        >
          <Stack>
            <p>{say('lead.giveText')}</p>
            <Assignee
              given={entered}
              change={change}
              {...('from' in given ? { except: given.from.accountManagerId } : {})}
            />
            <TextField
              label={say('manage.reasonIfAny')}
              value={entered.text}
              rows={2}
              maxLength={1000}
              onChange={(text) => change({ text })}
            />
            <TroubleLine trouble={trouble} />
            <Row>
              <Button type="submit" weight="main" isDisabled={isBusy || entered.to === ''}>
                {say('lead.give')}
              </Button>
              <Button weight="quiet" onPress={onClose}>
                {say('form.cancel')}
              </Button>
            </Row>
          </Stack>
        </form>
      )}
    </Dialog>
  )
}

function Progress({ sweepId, onClose }: { sweepId: string; onClose: () => void }) {
  const { say } = useReading()
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: ['sweep', sweepId],
    queryFn: () => api.get<Sweep>(`/sweeps/${sweepId}`),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? ASK_AGAIN_MS : false),
  })
  const isOver = data !== undefined && data.status !== 'running'
  useEffect(() => {
    if (isOver) void client.invalidateQueries({ queryKey: ['desk'] })
  }, [isOver, client])
  if (!data) return <Loading />
  const { done, kept, failed } = data.counts
  return (
    <Stack>
      <p role="status">{say(isOver ? 'lead.given' : 'lead.giving', { done, kept, failed })}</p>
      <Row>
        <Button weight="main" onPress={onClose}>
          {say('lead.close')}
        </Button>
      </Row>
    </Stack>
  )
}
