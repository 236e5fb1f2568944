import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { CaseSummary } from '../../contract/case.js'
import type { Desk } from '../../contract/desk.js'
import { oneLine } from '../../notifications/plain-text.js'
import { Managing } from '../case/managing.js'
import { StandingStrip } from '../case/standing-strip.js'
import { caseQuery } from '../data/cases.js'
import { accountManagersQuery, deskQuery } from '../data/desk.js'
import { useSession } from '../data/session.js'
import { troubleOf } from '../data/trouble.js'
import { Button } from '../design/button.js'
import { Dialog } from '../design/dialog.js'
import { Select } from '../design/fields.js'
import { Aside, Page, Sheet, Stack } from '../design/page.js'
import { Failed, Loading } from '../design/states.js'
import { Figures } from '../design/figures.js'
import { Table } from '../design/table.js'
import { Tag } from '../design/tag.js'
import { Moment, TimeLeft } from '../design/time-left.js'
import { OpenQuestions } from '../questions/open-questions.js'
import { useReading } from '../words/words.js'
import { AbsenceLine } from './absence.js'
import { Brands } from './brands.js'
import { openOf } from './counts.js'
import styles from './desk.module.css'

const route = getRouteApi('/signed-in/desk')
const TITLE_MAX = 200

/** Everything an account manager looks after: what waits for them first. */
export function DeskScreen() {
  const { say } = useReading()
  const { of } = route.useSearch()
  const { data: desk, error, isError, refetch } = useQuery(deskQuery(of))
  const title = desk?.name ? say('desk.titleOf', { name: desk.name }) : say('desk.title')
  return (
    <div className={styles['desk']}>
      <Page title={title} intro={say('desk.intro')} actions={<Whose of={of} />}>
        {desk ? (
          <Everything desk={desk} />
        ) : isError ? (
          <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
        ) : (
          <Loading lines={10} />
        )}
      </Page>
    </div>
  )
}

/** A lead looks at everybody's desk. */
function Whose({ of }: { of: string | undefined }) {
  const { say } = useReading()
  const { membership } = useSession()
  const navigate = route.useNavigate()
  const { data: people = [] } = useQuery(accountManagersQuery)
  if (membership.role !== 'lead') return null
  return (
    <Select
      label={say('desk.whose')}
      value={of ?? ''}
      options={[
        { value: '', label: say('desk.everybody') },
        ...people
          .filter(({ role }) => role === 'accountManager')
          .map(({ accountManagerId, name }) => ({ value: accountManagerId, label: name })),
      ]}
      onChange={(chosen) => void navigate({ search: chosen === '' ? {} : { of: chosen } })}
    />
  )
}

function Everything({ desk }: { desk: Desk }) {
  const { say } = useReading()
  const { brands, escalated, stuck, unreachable } = desk
  const [acting, setActing] = useState<CaseSummary | null>(null)
  const nameOf = new Map(brands.map(({ brandId, name }) => [brandId, name]))
  const sum = (figure: (brand: Desk['brands'][number]) => number) =>
    brands.reduce((total, brand) => total + figure(brand), 0)
  const silent = brands.filter(({ silent }) => silent).length
  return (
    <>
      <Figures
        label={say('desk.figures')}
        figures={[
          { label: say('desk.open'), value: sum(openOf) },
          {
            label: say('desk.escalated'),
            value: sum(({ openByPhase }) => openByPhase.awaitingAccountManager ?? 0),
          },
          { label: say('desk.overdue'), value: sum(({ overdue }) => overdue), isAlarming: true },
          { label: say('desk.silent'), value: silent, isAlarming: true },
          { label: say('desk.unreachable'), value: unreachable.length, isAlarming: true },
        ]}
      />
      <AbsenceLine desk={desk} />
      <OpenQuestions accountManagerIds={ownIds(desk)} />
      <Sheet title={say('desk.escalated')} intro={say('desk.escalatedText')}>
        <Cases cases={escalated} none={say('desk.noneEscalated')} {...{ nameOf, setActing }} />
      </Sheet>
      {stuck.length > 0 && (
        <Sheet title={say('desk.stuck')} intro={say('desk.stuckText')}>
          <Cases cases={stuck} none="" {...{ nameOf, setActing }} />
        </Sheet>
      )}
      {unreachable.length > 0 && (
        <Sheet title={say('desk.unreachable')} intro={say('desk.unreachableText')}>
          <Unreached found={unreachable} nameOf={nameOf} />
        </Sheet>
      )}
      <Sheet title={say('desk.brands')} intro={say('desk.brandsText')}>
        {brands.length === 0 ? <p>{say('desk.noBrands')}</p> : <Brands brands={brands} />}
      </Sheet>
      {acting && <ActOn about={acting} onClose={() => setActing(null)} />}
    </>
  )
}

/** Whose questions are theirs; `null`: everybody's. */
function ownIds({ accountManagerId, coversFor }: Desk): string[] | null {
  if (accountManagerId === null) return null
  return [accountManagerId, ...coversFor.map((one) => one.accountManagerId)]
}

function Cases({
  cases,
  none,
  nameOf,
  setActing,
}: {
  cases: readonly CaseSummary[]
  none: string
  nameOf: ReadonlyMap<string, string>
  setActing: (about: CaseSummary) => void
}) {
  const { say, vocabulary } = useReading()
  if (cases.length === 0) return <p className={styles['none']}>{none}</p>
  return (
    <ul className={styles['cases']}>
      {cases.map((row) => (
        <li key={row.caseId} className={styles['case']}>
          <span className={styles['what']}>
            <Link to="/" search={{ case: row.caseId, pane: 'decision' }}>
              {oneLine(row.title || row.listingId, TITLE_MAX)}
            </Link>
            <Aside>
              {nameOf.get(row.brandId) ?? row.brandId} · {row.marketplace}
            </Aside>
          </span>
          <span className={styles['tags']}>
            <TimeLeft dueAt={row.dueAt} />
            <Tag tone={row.severity === 'S1' ? 'alarm' : 'calm'}>
              {vocabulary.severities[row.severity]}
            </Tag>
          </span>
          <Button
            aria-label={`${say('desk.act')}: ${oneLine(row.title, TITLE_MAX)}`}
            onPress={() => setActing(row)}
          >
            {say('desk.act')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** What can be done about one of them, with what one must know before. */
function ActOn({ about, onClose }: { about: CaseSummary; onClose: () => void }) {
  const { say, answer } = useReading()
  const { data: of, error, isError } = useQuery(caseQuery(about.caseId))
  return (
    <Dialog title={oneLine(about.title || about.listingId, TITLE_MAX)} isOpen onClose={onClose}>
      {of ? (
        <Stack>
          <StandingStrip of={of} />
          {of.question && (
            <p>
              <strong>{answer.brandAsks}: </strong>
              {of.question}
            </p>
          )}
          {of.allowed.includes('decide') && (
            <p>
              <Link to="/" search={{ case: of.caseId, pane: 'decision' }}>
                {say('desk.answer')}
              </Link>
              <br />
              <Aside>{say('desk.answerText')}</Aside>
            </p>
          )}
          <Managing of={of} />
          <p>
            <Link to="/cases/$caseId" params={{ caseId: of.caseId }}>
              {say('desk.page')}
            </Link>
          </p>
        </Stack>
      ) : isError ? (
        <Failed trouble={troubleOf(error)} />
      ) : (
        <Loading />
      )}
    </Dialog>
  )
}

function Unreached({
  found,
  nameOf,
}: {
  found: Desk['unreachable']
  nameOf: ReadonlyMap<string, string>
}) {
  const { say, number } = useReading()
  return (
    <Table
      label={say('desk.unreachable')}
      rows={found}
      keyOf={({ brandId, contactId }) => `${brandId} ${contactId ?? ''}`}
      columns={[
        {
          id: 'who',
          title: say('desk.contact'),
          isHead: true,
          cell: ({ name }) => name ?? say('desk.nobody'),
        },
        {
          id: 'brand',
          title: say('form.brand'),
          cell: ({ brandId }) => nameOf.get(brandId) ?? brandId,
        },
        { id: 'why', title: say('desk.why'), cell: ({ detail }) => detail },
        { id: 'at', title: say('desk.lastTime'), cell: ({ at }) => <Moment at={at} /> },
        {
          id: 'cases',
          title: say('desk.cases'),
          isNumber: true,
          cell: ({ cases }) => number(cases),
        },
      ]}
    />
  )
}
