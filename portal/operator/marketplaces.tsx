import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { marketplacePath } from '../../client/paths.js'
import type { MarketplaceHealth } from '../../contract/marketplace.js'
import { api } from '../data/api.js'
import { healthQuery } from '../data/operating.js'
import { troubleOf } from '../data/trouble.js'
import { Button } from '../design/button.js'
import { Confirm } from '../design/confirm.js'
import { TextField } from '../design/fields.js'
import { Aside, Page, Sheet } from '../design/page.js'
import { Failed, Loading } from '../design/states.js'
import { Table } from '../design/table.js'
import { Tag } from '../design/tag.js'
import { Moment } from '../design/time-left.js'
import { leadWords } from '../lead/words.js'
import { MoreWords } from '../words/more-words.js'
import { useReading } from '../words/words.js'
import { operatorWords } from './words.js'
import styles from './operator.module.css'

const MAX_REASON = 500

/** What waits for each marketplace, how it answered last, and whether it is sent anything. */
export function MarketplacesScreen() {
  const { say } = useReading()
  return (
    <div className={styles['operator']}>
      <MoreWords of="operator" loaders={operatorWords} title={say('nav.marketplaces')}>
        <MoreWords of="lead" loaders={leadWords} title={say('nav.marketplaces')}>
          <Whole />
        </MoreWords>
      </MoreWords>
    </div>
  )
}

function Whole() {
  const { say } = useReading()
  const { data, error, isError, refetch } = useQuery(healthQuery)
  const [changed, setChanged] = useState<MarketplaceHealth | null>(null)
  return (
    <Page title={say('nav.marketplaces')} intro={say('operator.marketplacesText')}>
      <Sheet>
        {data ? (
          <HealthTable all={data} onChange={setChanged} />
        ) : isError ? (
          <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
        ) : (
          <Loading />
        )}
      </Sheet>
      {changed && <PauseOrResume of={changed} onClose={() => setChanged(null)} />}
    </Page>
  )
}

function HealthTable({
  all,
  onChange,
}: {
  all: readonly MarketplaceHealth[]
  onChange: (marketplace: MarketplaceHealth) => void
}) {
  const { say, number } = useReading()
  const moment = (at: string | null) => (
    <Aside>{at === null ? say('operator.never') : <Moment at={at} />}</Aside>
  )
  const hasFailedLast = ({ answeredAt, failedAt }: MarketplaceHealth) =>
    failedAt !== null && (answeredAt === null || failedAt > answeredAt)
  return (
    <Table
      label={say('nav.marketplaces')}
      rows={all}
      keyOf={({ marketplace }) => marketplace}
      columns={[
        {
          id: 'name',
          title: say('lead.marketplace'),
          isHead: true,
          cell: ({ name, pause }) => (
            <div>
              {name} {pause && <Tag tone="alarm">{say('lead.paused')}</Tag>}
              {pause && <PauseReason pause={pause} />}
            </div>
          ),
        },
        {
          id: 'waiting',
          title: say('lead.waiting'),
          isNumber: true,
          cell: ({ waiting }) => number(waiting),
        },
        {
          id: 'oldest',
          title: say('lead.oldest'),
          cell: ({ oldest }) => (oldest === null ? '–' : moment(oldest)),
        },
        {
          id: 'answered',
          title: say('operator.answered'),
          cell: ({ answeredAt }) => moment(answeredAt),
        },
        {
          id: 'failed',
          title: say('operator.failed'),
          cell: (one) => (
            <div>
              {moment(one.failedAt)}
              {hasFailedLast(one) && <p>{one.failure}</p>}
            </div>
          ),
        },
        {
          id: 'acts',
          title: say('form.acts'),
          isForActs: true,
          cell: (one) => {
            const act = say(one.pause ? 'operator.resume' : 'operator.pause')
            return (
              <Button aria-label={`${act}: ${one.name}`} onPress={() => onChange(one)}>
                {act}
              </Button>
            )
          },
        },
      ]}
    />
  )
}

function PauseReason({ pause }: { pause: NonNullable<MarketplaceHealth['pause']> }) {
  const given = pause.reasons.at(-1)
  return (
    <p className={styles['reason']}>
      {given?.text}
      <br />
      <Aside>
        <Moment at={pause.since} /> · {given?.byName ?? given?.by}
      </Aside>
    </p>
  )
}

/** Asks why, and pauses or resumes it. */
function PauseOrResume({ of, onClose }: { of: MarketplaceHealth; onClose: () => void }) {
  const { say } = useReading()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const act = of.pause ? 'resume' : 'pause'

  async function send(): Promise<void> {
    await api.post(marketplacePath(of.marketplace, `/${act}`), { reason: reason.trim() })
    await client.invalidateQueries({ queryKey: ['marketplaces'] })
  }
  return (
    <Confirm
      title={say(`operator.${act}Title`, { name: of.name })}
      act={say(`operator.${act}`)}
      onConfirm={send}
      onClose={onClose}
      isReady={reason.trim() !== ''}
    >
      <p>{say(`operator.${act}Text`)}</p>
      <TextField
        label={say('operator.reason')}
        value={reason}
        onChange={setReason}
        rows={2}
        maxLength={MAX_REASON}
      />
    </Confirm>
  )
}
