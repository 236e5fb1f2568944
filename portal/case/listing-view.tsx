import { ExternalLink } from 'lucide-react'
import { Link } from '@tanstack/react-router'
import type { Case } from '../../contract/case.js'
import { offerChanges, offerFacts } from '../../notifications/offer-facts.js'
import { oneLine, webAddress } from '../../notifications/plain-text.js'
import { Moment } from '../design/time-left.js'
import { Tag } from '../design/tag.js'
import { useReading } from '../words/words.js'
import { CompareView } from './compare-view.js'
import { EarlierCases } from './earlier-cases.js'
import { useFirstView } from './first-view.js'
import styles from './listing-view.module.css'

const TITLE_MAX = 300
const LINE_MAX = 1_000

/** What is known of a listing: the offer, what changed of it, why it was reported, and its seller's record. */
export function ListingView({
  of,
  isOnOwnPage = false,
}: {
  of: Case
  /** The page is the case's: it says the title, and leads nowhere else. */
  isOnOwnPage?: boolean
}) {
  const { say, answer, vocabulary, locale } = useReading()
  useFirstView(of)
  const Heading = isOnOwnPage ? 'h2' : 'h3'
  const listing = of.shown ?? of.listing
  if (!listing) return <p className={styles['muted']}>{say('case.opening')}</p>
  const address = webAddress(of.listing?.url ?? '')
  const changes = of.shownBefore ? offerChanges(of.shownBefore, listing, locale) : []
  return (
    <div className={styles['view']}>
      <header className={styles['head']}>
        <p className={styles['line']}>
          <Tag tone={of.severity === 'S1' ? 'alarm' : 'calm'}>
            {vocabulary.severities[of.severity]}
          </Tag>
          <span className={styles['muted']}>
            {of.brandName} · {of.marketplace} · {oneLine(of.listingId, TITLE_MAX)}
          </span>
        </p>
        {!isOnOwnPage && <h2 className={styles['title']}>{oneLine(listing.title, TITLE_MAX)}</h2>}
        <p className={styles['line']}>
          {address && (
            <a href={address} target="_blank" rel="noreferrer noopener">
              {answer.openListing} <ExternalLink size={13} aria-hidden="true" />
            </a>
          )}
          {!isOnOwnPage && (
            <Link to="/cases/$caseId" params={{ caseId: of.caseId }}>
              {say('case.openPage')}
            </Link>
          )}
        </p>
        <p className={styles['muted']}>{answer.openListingNote}</p>
      </header>

      <CompareView key={of.caseId} of={of} heading={Heading} />

      {changes.length > 0 && (
        <section>
          <Heading>{vocabulary.offer.changed}</Heading>
          <div className={styles['scroll']}>
            <table className={styles['table']}>
              <thead>
                <tr>
                  <th scope="col">{say('case.field')}</th>
                  <th scope="col">{vocabulary.offer.before}</th>
                  <th scope="col">{vocabulary.offer.now}</th>
                </tr>
              </thead>
              <tbody>
                {changes.map(({ label, before, now }) => (
                  <tr key={label}>
                    <th scope="row">{label}</th>
                    <td>{oneLine(before, LINE_MAX)}</td>
                    <td>{oneLine(now, LINE_MAX)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}

      <section>
        <Heading>{answer.why}</Heading>
        <Signals signals={of.signals.filter(({ weight }) => weight > 0)} />
        <p>
          <span className={styles['muted']}>{answer.whyAsked}: </span>
          {oneLine(of.whyUnverifiable, LINE_MAX)}
        </p>
        {of.signals.some(({ weight }) => weight === 0) && (
          <>
            <p className={styles['muted']}>{answer.alsoSeen}</p>
            <ul className={styles['seen']}>
              {of.signals
                .filter(({ weight }) => weight === 0)
                .map(({ ruleId, observed }, index) => (
                  <li key={`${ruleId} ${index}`}>{oneLine(observed, LINE_MAX)}</li>
                ))}
            </ul>
          </>
        )}
      </section>

      <section>
        <Heading>{say('case.offer')}</Heading>
        <dl className={styles['facts']}>
          {offerFacts(listing, locale).map(({ field, label, value }) => (
            <div key={field}>
              <dt>{label}</dt>
              <dd>{oneLine(value, LINE_MAX)}</dd>
            </div>
          ))}
          {of.sellerHistory && (
            <div>
              <dt>{answer.sellerRecordLabel}</dt>
              <dd>
                {answer.sellerRecord(
                  String(of.sellerHistory.open),
                  String(of.sellerHistory.removedIn90Days),
                )}{' '}
                <Link
                  to="/"
                  search={{ view: 'open', seller: of.sellerId, brand: of.brandId }}
                  className={styles['inline']}
                >
                  {say('case.ofSeller')}
                </Link>
              </dd>
            </div>
          )}
          <div>
            <dt>{say('case.reports')}</dt>
            <dd>{say('case.reportCount', { count: of.sightingCount })}</dd>
          </div>
          <div>
            <dt>{say('case.opened')}</dt>
            <dd>
              <Moment at={of.openedAt} />
            </dd>
          </div>
        </dl>
      </section>

      <EarlierCases of={of} heading={Heading} />
    </div>
  )
}

/** What rules saw, the heaviest first, each with a bar as long as its share of the whole. */
function Signals({ signals }: { signals: Case['signals'] }) {
  const { say, number } = useReading()
  const most = Math.max(...signals.map(({ weight }) => weight), 0)
  return (
    <ul className={styles['signals']}>
      {signals
        .toSorted((a, b) => b.weight - a.weight)
        .map(({ ruleId, weight, observed }, index) => (
          <li key={`${ruleId} ${index}`}>
            <span className={styles['bar']} aria-hidden="true">
              <span style={{ width: `${Math.round((100 * weight) / most)}%` }} />
            </span>
            <span>{oneLine(observed, LINE_MAX)}</span>
            <span className={styles['weight']}>
              {say('case.weight', { weight: number(weight) })}
            </span>
          </li>
        ))}
    </ul>
  )
}
