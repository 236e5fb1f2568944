import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { LeadDesk } from '../../contract/desk.js'
import type { Phase } from '../../domain/vocabulary.js'
import { leadDeskQuery } from '../data/desk.js'
import { marketplacesQuery } from '../data/marketplaces.js'
import { troubleOf } from '../data/trouble.js'
import { Button } from '../design/button.js'
import { Aside, Page, Sheet } from '../design/page.js'
import { Failed, Loading } from '../design/states.js'
import { Table } from '../design/table.js'
import { Tag } from '../design/tag.js'
import { Moment } from '../design/time-left.js'
import { OpenQuestions } from '../questions/open-questions.js'
import { MoreWords } from '../words/more-words.js'
import { useReading } from '../words/words.js'
import { GiveAway, type Given } from './give-away.js'
import { Standstills } from './standstills.js'
import { StuckGroups } from './stuck-groups.js'
import { leadWords } from './words.js'
import styles from './lead.module.css'

type Manager = LeadDesk['managers'][number]

/** What needs a lead: who has too much, what does not move, which marketplace does not answer. */
export function LeadScreen() {
  const { say } = useReading()
  return (
    <div className={styles['lead']}>
      <MoreWords of="lead" loaders={leadWords} title={say('nav.lead')}>
        <Whole />
      </MoreWords>
    </div>
  )
}

function Whole() {
  const { say } = useReading()
  const { data: desk, error, isError, refetch } = useQuery(leadDeskQuery)
  const [given, setGiven] = useState<Given | null>(null)
  return (
    <Page title={say('lead.title')} intro={say('lead.intro')}>
      {desk ? (
        <>
          <Sheet title={say('lead.workload')} intro={say('lead.workloadText')}>
            <Workloads managers={desk.managers} onGive={(from) => setGiven({ from })} />
          </Sheet>
          <OpenQuestions phase="awaitingLead" accountManagerIds={null} />
          <Sheet title={say('lead.stuck')} intro={say('lead.stuckText')}>
            {desk.stuck.length === 0 ? (
              <p className={styles['none']}>{say('lead.noneStuck')}</p>
            ) : (
              <StuckGroups groups={desk.stuck} onGive={(caseIds) => setGiven({ caseIds })} />
            )}
          </Sheet>
          <Standstills />
          <Sheet title={say('lead.takedowns')} intro={say('lead.takedownsText')}>
            {desk.takedowns.length === 0 ? (
              <p className={styles['none']}>{say('lead.noTakedowns')}</p>
            ) : (
              <Takedowns queues={desk.takedowns} />
            )}
          </Sheet>
          {given && <GiveAway given={given} onClose={() => setGiven(null)} />}
        </>
      ) : isError ? (
        <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
      ) : (
        <Loading lines={10} />
      )}
    </Page>
  )
}

function Workloads({
  managers,
  onGive,
}: {
  managers: readonly Manager[]
  onGive: (from: Manager & { accountManagerId: string }) => void
}) {
  const { say, number } = useReading()
  const inPhase =
    (...phases: Phase[]) =>
    ({ openByPhase }: Manager) =>
      phases.reduce((sum, phase) => sum + (openByPhase[phase] ?? 0), 0)
  const count = (id: string, title: string, of: (manager: Manager) => number) => ({
    ...{ id, title, isNumber: true },
    cell: (manager: Manager) => number(of(manager)),
  })
  return (
    <Table
      label={say('lead.workload')}
      rows={managers}
      keyOf={({ accountManagerId }) => accountManagerId ?? ''}
      columns={[
        {
          id: 'who',
          title: say('lead.who'),
          isHead: true,
          cell: ({ accountManagerId, name, role, active }) => (
            <>
              {accountManagerId !== null && role === 'accountManager' ? (
                <Link to="/desk" search={{ of: accountManagerId }}>
                  {name}
                </Link>
              ) : (
                (name ?? say('lead.nobody'))
              )}{' '}
              {role === 'lead' && <Tag tone="calm">{say('roleName.lead')}</Tag>}
              {!active && <Tag tone="alarm">{say('lead.left')}</Tag>}
            </>
          ),
        },
        count('open', say('desk.open'), ({ openByPhase }) =>
          Object.values(openByPhase).reduce<number>((sum, each = 0) => sum + each, 0),
        ),
        count('waiting', say('desk.withManager'), inPhase('awaitingAccountManager')),
        count('lead', say('desk.withLead'), inPhase('awaitingLead')),
        count('stuck', say('desk.stuckCount'), inPhase('needsAttention')),
        {
          ...count('overdue', say('desk.overdue'), ({ overdue }) => overdue),
          cell: ({ overdue }) =>
            overdue > 0 ? <Tag tone="alarm">{number(overdue)}</Tag> : number(overdue),
        },
        count('missed', say('lead.missed'), ({ missed }) => missed),
        {
          id: 'acts',
          title: say('form.acts'),
          isForActs: true,
          cell: (manager) => {
            const { accountManagerId, name } = manager
            const hasCases = Object.values(manager.openByPhase).some((each = 0) => each > 0)
            return accountManagerId !== null && hasCases ? (
              <Button
                aria-label={`${say('lead.give')}: ${name ?? ''}`}
                onPress={() => onGive({ ...manager, accountManagerId })}
              >
                {say('lead.give')}
              </Button>
            ) : null
          },
        },
      ]}
    />
  )
}

function Takedowns({ queues }: { queues: LeadDesk['takedowns'] }) {
  const { say, number } = useReading()
  const { data: marketplaces = [] } = useQuery(marketplacesQuery)
  return (
    <Table
      label={say('lead.takedowns')}
      rows={queues}
      keyOf={({ marketplace }) => marketplace}
      columns={[
        {
          id: 'marketplace',
          title: say('lead.marketplace'),
          isHead: true,
          cell: ({ marketplace }) => {
            const known = marketplaces.find((one) => one.marketplace === marketplace)
            return (
              <div>
                {known?.name ?? marketplace}{' '}
                {known?.pause && <Tag tone="alarm">{say('lead.paused')}</Tag>}
                {known?.pause && (
                  <p>
                    <Aside>{known.pause.reason}</Aside>
                  </p>
                )}
              </div>
            )
          },
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
          cell: ({ oldest }) => (
            <Aside>
              <Moment at={oldest} />
            </Aside>
          ),
        },
      ]}
    />
  )
}
