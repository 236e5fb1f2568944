import type { CaseState } from '../../domain/case/state.js'
import type { ShownListing } from '../../domain/listing/listing.js'
import { shownListing } from '../../domain/case/shown.js'
import { knownSeverity } from '../../domain/vocabulary.js'
import { wordsFor } from '../../wording/vocabulary.js'
import { reopeningFacts } from '../../wording/reopening-facts.js'
import { html, type SafeHtml } from '../../notifications/html.js'
import { fullMoment, localNumber } from '../../notifications/local-format.js'
import { offerChanges, offerFacts } from '../../notifications/offer-facts.js'
import { oneLine, webAddress } from '../../notifications/plain-text.js'
import type { LateAnswer } from '../../store/store.js'
import type { SellerHistory } from '../cases/seller-history.js'
import type { PageReader } from './reader.js'
import { answerWordsFor } from '../../wording/answer-page.js'

/** A case as its page shows it. */
export interface PageCase {
  state: CaseState
  marketplaceName: string
  /** Cases of the brand about the seller; `null` where nobody looked. */
  sellerHistory: SellerHistory | null
  /** What the reader was shown before, when that was another offer. */
  before: ShownListing | null
  /** The case that takes this one up again. */
  reopenedBy: string | null
  /** What came when the case had closed; for staff. */
  lateAnswers: readonly LateAnswer[]
  /** The later case of the listing that counts instead of this one. */
  supersededBy?: string | null
  /** The name of who decided, where it may be shown. */
  decidedBy?: string | null
}

const TITLE_MAX = 300
const LINE_MAX = 600

/** What is asked about: the offer, what changed of it, what the monitor saw, and why it asks. */
export function caseFacts(shown: PageCase, reader: PageReader, withDeadline = true): SafeHtml {
  const { state, before, marketplaceName, sellerHistory } = shown
  const { locale } = reader
  const words = answerWordsFor(locale)
  const listing = shownListing(state)
  if (!listing || !state.listing) return html``
  const fact = (label: string, value: string) =>
    html`<dt>${label}</dt>
      <dd>${oneLine(value, LINE_MAX)}</dd>`
  const record =
    sellerHistory &&
    words.sellerRecord(
      localNumber(sellerHistory.open, locale),
      localNumber(sellerHistory.removedIn90Days, locale),
    )
  return html`<p class="title">${oneLine(listing.title, TITLE_MAX)}</p>
    ${before && changeTable(before, listing, reader)}
    <dl>
      ${fact(words.marketplace, marketplaceName)} ${fact(words.listing, state.listing.listingId)}
      ${offerFacts(listing, locale).map(({ label, value }) => fact(label, value))}
      ${record && fact(words.sellerRecordLabel, record)}
    </dl>
    ${said(state, reader)} ${afterwards(shown, reader)}
    ${withDeadline ? deadline(state, reader) : null} ${seen(state, words.why, true)}
    ${seen(state, words.alsoSeen, false)}
    <h2>${words.whyAsked}</h2>
    <p>${oneLine(state.whyUnverifiable, LINE_MAX)}</p>
    ${links(listing, state.listing.url, reader)}`
}

/** A moment by which something must happen. */
export function due(label: string, atMs: number, { timeZone, locale }: PageReader): SafeHtml {
  const at = new Date(atMs).toISOString()
  return html`<p class="due">
    <span>${label}</span>
    <strong><time datetime="${at}">${fullMoment(at, timeZone, locale)}</time></strong>
  </p>`
}

function changeTable(before: ShownListing, now: ShownListing, { locale }: PageReader): SafeHtml {
  const { offer } = wordsFor(locale)
  const cell = (value: string) => html`<td>${oneLine(value, LINE_MAX)}</td>`
  return html`<table class="changes">
    <caption>
      ${offer.changed}
    </caption>
    <tr>
      <td></td>
      <th scope="col">${offer.before}</th>
      <th scope="col">${offer.now}</th>
    </tr>
    ${offerChanges(before, now, locale).map(
      (change) =>
        html`<tr>
          <th scope="row">${change.label}</th>
          ${cell(change.before)}${cell(change.now)}
        </tr>`,
    )}
  </table>`
}

/** What stands in the way, and what brand and account manager have said to each other. */
function said(state: CaseState, { locale, role }: PageReader): SafeHtml {
  const words = answerWordsFor(locale)
  const { attention, question, phase } = state
  const { verdicts, attentionReasons } = wordsFor(locale)
  const line = (label: string, text: string) =>
    html`<p class="said"><b>${label}</b> ${oneLine(text, LINE_MAX)}</p>`
  const handedOver = state.answers.findLast(({ result }) => result === 'handedOver')
  const isStaff = role !== 'brandMember'
  // While the brand is asked it is what was written to it; with staff it is what the brand asked.
  const asks = phase === 'awaitingBrand' ? words.managerWrites : words.brandAsks
  const earlier = state.reopens ? reopeningFacts(state.reopens, locale) : []
  return html`${earlier.map(({ label, value }) => line(label, value))}
  ${attention && html`<p class="said"><b>${attentionReasons[attention.reason]}</b></p>`}
  ${attention && isStaff && attention.reason !== 'silence' && line(words.lastError, attention.detail)}
  ${handedOver && isStaff && line(words.brandSaid, verdicts[handedOver.verdict].label)}
  ${question && line(asks, question)}`
}

/** What came of a case after it had closed. */
function afterwards({ lateAnswers, reopenedBy }: PageCase, { locale }: PageReader): SafeHtml {
  const words = answerWordsFor(locale)
  const { verdicts } = wordsFor(locale)
  const line = (label: string, text: string) =>
    html`<p class="said"><b>${label}</b> ${oneLine(text, LINE_MAX)}</p>`
  return html`${lateAnswers.map(({ verdict, message: { explanation, question } }) => {
    const texts = [verdicts[verdict].label, explanation, question].filter((text) => text)
    return line(words.lateAnswer, texts.join(' · '))
  })}
  ${reopenedBy && line(words.reopenedBy, reopenedBy)}`
}

function deadline({ wait, policy, severity }: CaseState, reader: PageReader): SafeHtml | null {
  if (!wait) return null
  const words = answerWordsFor(reader.locale)
  const { silencePolicies } = wordsFor(reader.locale)
  const silence = policy && silencePolicies[policy.severities[knownSeverity(severity)].silence]
  return html`${due(words.answerBy, wait.dueAt, reader)}
  ${silence && html`<p class="note">${words.ifSilent}: ${silence}</p>`}`
}

function seen({ signals }: CaseState, heading: string, counted: boolean): SafeHtml | null {
  const sentences = signals.filter(
    ({ weight, observed }) => weight > 0 === counted && observed !== '',
  )
  return sentences.length === 0
    ? null
    : html`<h2>${heading}</h2>
        <ul>
          ${sentences.map(({ observed }) => html`<li>${oneLine(observed, LINE_MAX)}</li>`)}
        </ul>`
}

function links(listing: ShownListing, capturedUrl: string, { locale }: PageReader): SafeHtml {
  const words = answerWordsFor(locale)
  const link = (url: string, text: string) =>
    html`<a href="${url}" rel="noreferrer noopener nofollow" target="_blank">${text}</a> `
  const page = webAddress(listing.url ?? capturedUrl)
  const pictures = listing.pictures.flatMap(({ url }) => (url && webAddress(url)) ?? [])
  return html`${
    page && html`<p>${link(page, words.openListing)}<small>${words.openListingNote}</small></p>`
  }
  ${
    pictures.length > 0 &&
    html`<p>
      ${pictures.map((url, index) => link(url, words.picture(localNumber(index + 1, locale))))}
    </p>`
  }`
}
