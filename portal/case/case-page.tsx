import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ExternalLink } from 'lucide-react'
import type { Case } from '../../contract/case.js'
import { oneLine } from '../../notifications/plain-text.js'
import { caseQuery, eventsQuery } from '../data/cases.js'
import { troubleOf } from '../data/trouble.js'
import { Button } from '../design/button.js'
import { Failed, Loading } from '../design/states.js'
import { tell } from '../design/toasts.js'
import { CaseQuestions } from '../questions/case-questions.js'
import { useReading } from '../words/words.js'
import { AddNote } from './add-note.js'
import { CaseMails } from './case-mails.js'
import { CaseTimeline } from './case-timeline.js'
import { CaseTurns } from './case-turns.js'
import { ListingView } from './listing-view.js'
import { Managing } from './managing.js'
import { StandingStrip } from './standing-strip.js'
import { Verifying } from './verifying.js'
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
          <CaseQuestions caseId={of.caseId} />
          <OnRecord of={of} />
          <Happened of={of} />
          {of.allowed.includes('addNote') && <AddNote caseId={caseId} />}
          <CaseMails caseId={caseId} rev={of.rev} />
          <Verifying key={caseId} caseId={caseId} />
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
  const manager = of.accountManagerName ?? of.accountManagerId ?? say('record.nobody')
  const cover = of.accountManagerCoverName
  const facts = [
    [say('case.permalink'), `${location.origin}/cases/${encodeURIComponent(of.caseId)}`],
    [
      say('case.account'),
      cover ? `${manager} · ${say('away.coveredBy', { name: cover })}` : manager,
    ],
    [say('record.lead'), of.leadName ?? of.leadId],
    [say('case.basis'), of.basis && vocabulary.bases[of.basis]],
    [say('case.policy'), of.policyVersion === null ? null : number(of.policyVersion)],
  ] as const
  return (
    <>
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
      {of.temporalUiUrl && (
        <p className={styles['acts']}>
          <a href={of.temporalUiUrl} target="_blank" rel="noreferrer noopener">
            {say('record.temporalUi')} <ExternalLink size={13} aria-hidden="true" />
          </a>
        </p>
      )}
    </>
  )
}

function Happened({ of }: { of: Case }) {
  const { data, error, isError, refetch } = useQuery(eventsQuery(of.caseId, of.rev))
  if (isError) return <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <>
      <CaseTimeline events={data} />
      <CaseTurns events={data} />
    </>
  )
}
