import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { casePath } from '../../client/paths.js'
import type { Case } from '../../contract/case.js'
import { oneLine } from '../../notifications/plain-text.js'
import { api, freshId } from '../data/api.js'
import { caseQuery, eventsQuery } from '../data/cases.js'
import { useSession } from '../data/session.js'
import { troubleOf } from '../data/trouble.js'
import { Button } from '../design/button.js'
import { Select, TextField } from '../design/fields.js'
import { Failed, Loading } from '../design/states.js'
import { Moment } from '../design/time-left.js'
import { tell } from '../design/toasts.js'
import { useReading } from '../words/words.js'
import { ListingView } from './listing-view.js'
import { Managing } from './managing.js'
import { StandingStrip } from './standing-strip.js'
import { timelineOf } from './timeline.js'
import styles from './case-page.module.css'

const route = getRouteApi('/signed-in/cases/$caseId')
const TITLE_MAX = 200
const TOLD_MS = 6_000

/** Everything on record of one case, at an address that stays. */
export function CasePage() {
  const { say } = useReading()
  const { caseId } = route.useParams()
  const { data: of, error, isError, refetch } = useQuery(caseQuery(caseId))
  if (!of) {
    return (
      <>
        <h1 className="unseen">{say('case.openPage')}</h1>
        {isError ? (
          <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
        ) : (
          <Loading lines={10} />
        )}
      </>
    )
  }
  return (
    <article className={styles['page']}>
      <header className={styles['head']}>
        <h1>{oneLine(of.title || of.listingId, TITLE_MAX)}</h1>
        <p className={styles['acts']}>
          <Link to="/" search={{ case: caseId, view: of.phase === 'closed' ? 'closed' : 'open' }}>
            {say('case.toInbox')}
          </Link>
          <Button onPress={() => void copy(location.href, say('case.copied'))}>
            {say('case.copy')}
          </Button>
          <Button onPress={() => window.print()}>{say('case.print')}</Button>
        </p>
      </header>
      <div className={styles['columns']}>
        <section className={styles['sheet']}>
          <ListingView of={of} isOnOwnPage />
        </section>
        <section className={styles['sheet']}>
          <StandingStrip of={of} />
          <Managing of={of} />
          <OnRecord of={of} />
          <Timeline of={of} />
          {of.allowed.includes('addNote') && <AddNote caseId={caseId} />}
        </section>
      </div>
    </article>
  )
}

async function copy(text: string, said: string): Promise<void> {
  await navigator.clipboard.writeText(text)
  tell({ tone: 'good', content: () => said }, TOLD_MS)
}

function OnRecord({ of }: { of: Case }) {
  const { say, number, vocabulary } = useReading()
  const facts = [
    [say('case.permalink'), `${location.origin}/cases/${encodeURIComponent(of.caseId)}`],
    [say('case.account'), of.accountManagerId],
    [say('case.basis'), of.basis && vocabulary.bases[of.basis]],
    [say('case.policy'), of.policyVersion === null ? null : number(of.policyVersion)],
  ] as const
  return (
    <dl className={styles['facts']}>
      {facts.map(
        ([label, value]) =>
          value && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

/** What happened, when, by whom, and whose turn it was from then on. */
function Timeline({ of }: { of: Case }) {
  const { say, vocabulary } = useReading()
  const { data, error, isError, refetch } = useQuery(eventsQuery(of.caseId, of.rev))
  if (isError) return <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const entries = timelineOf(data, vocabulary)
  return (
    <>
      <h2>{say('case.timeline')}</h2>
      <ol className={styles['timeline']}>
        {entries.map(({ seq, at, word, values, who, wait, lines }) => (
          <li key={seq}>
            <p>
              <strong>{say(word, values)}</strong>
              {who && <> · {who}</>}
            </p>
            {lines.map((line, index) => (
              <p key={index}>{line}</p>
            ))}
            {wait && (
              <p className={styles['muted']}>
                {say('row.turn', { owner: wait.owner })} · <Moment at={wait.dueAt} />
              </p>
            )}
            <p className={styles['muted']}>
              {seq} · <Moment at={at} />
            </p>
          </li>
        ))}
      </ol>
      <p className={styles['muted']}>
        {say('case.hash')}: <code>{entries.at(-1)?.hash}</code>
      </p>
    </>
  )
}

function AddNote({ caseId }: { caseId: string }) {
  const { say } = useReading()
  const { isBrand } = useSession()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [audience, setAudience] = useState<'internal' | 'brand'>(isBrand ? 'brand' : 'internal')
  const [isBusy, setBusy] = useState(false)
  const [key, setKey] = useState(freshId)

  async function add(): Promise<void> {
    setBusy(true)
    try {
      const body = { text: text.trim(), audience }
      await api.request('POST', casePath(caseId, '/notes'), { body, idempotencyKey: key })
      setText('')
      setKey(freshId())
      tell({ tone: 'good', content: () => say('case.noteAdded') }, TOLD_MS)
      await client.invalidateQueries({ queryKey: ['case', caseId] })
    } catch (error) {
      const { word, detail = '' } = troubleOf(error)
      tell({ tone: 'alarm', content: () => `${say(word)} ${detail}` })
    } finally {
      setBusy(false)
    }
  }

  return (
    <form
      className={styles['note']}
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <TextField
        label={say('case.note')}
        value={text}
        rows={2}
        maxLength={4000}
        onChange={setText}
      />
      <div className={styles['acts']}>
        {!isBrand && (
          <Select
            label={say('case.noteFor')}
            value={audience}
            options={[
              { value: 'internal', label: say('case.noteForStaff') },
              { value: 'brand', label: say('case.noteForBrand') },
            ]}
            onChange={setAudience}
          />
        )}
        <Button type="submit" isDisabled={isBusy || text.trim() === ''}>
          {say('case.addNote')}
        </Button>
      </div>
    </form>
  )
}
