import type { CaseState } from '../../domain/case/state.js'
import type { PageAct, Verdict } from '../../domain/vocabulary.js'
import { type Locale, wordsFor } from '../../wording/vocabulary.js'
import type { PageCase } from './case-facts.js'
import { html, type SafeHtml } from '../../notifications/html.js'
import type { NamedWinner } from '../cases/naming-winner.js'
import { document, subjectOf } from './document.js'
import type { Onward } from './neighbours.js'
import { answeredBy, decidedBy, messagePage, standingPage } from './page.js'
import { waysOn } from './ways-on.js'
import type { PageReader } from './reader.js'
import { answerWordsFor } from '../../wording/answer-page.js'

/** A page and the status it is sent with. */
export interface Page {
  status: number
  html: string
}

/** How the case ended, with its facts and what its reader can do about it. */
export function closedPage(
  shown: PageCase,
  reader: PageReader,
  acts: readonly PageAct[],
  first: First = {},
): Page {
  return { status: 410, html: standingPage(shown, reader, acts, [], beforeYou(first, reader)) }
}

/** Who was before the reader, and where they go on. */
export interface First {
  winner?: NamedWinner | null
  onward?: Onward | null
}

/** Who answered what: as the refusal says it, which knows of an answer before the record does. */
export function decidedPage(shown: PageCase, reader: PageReader, first: First = {}): Page {
  const { state } = shown
  const { locale } = reader
  const { alreadyDecided } = answerWordsFor(locale).results
  const said = decidedBy(shown, reader) || wordsFor(locale).phases[state.phase]
  const body = beforeYou(first, reader) ?? html`<p>${said}</p>`
  return { status: 409, html: document(locale, alreadyDecided, subjectOf(state), body) }
}

function beforeYou({ winner, onward = null }: First, reader: PageReader): SafeHtml | null {
  if (!winner) return null
  return html`<p role="status">${answeredBy(winner, reader)}</p>
    ${waysOn(onward, reader.locale)}`
}

/** The link was used for an answer that has handed the case on. */
export function spentPage(state: CaseState, verdict: Verdict, locale: Locale): Page {
  const { results } = answerWordsFor(locale)
  const text = results.spentText(wordsFor(locale).verdicts[verdict].label)
  return { status: 409, html: messagePage(locale, results.spent, text, state) }
}

/** What to say of a link that cannot be read; whose it was is not known. */
export function unreadablePage(reason: 'malformed' | 'forged' | 'expired' | 'outdated'): Page {
  if (reason === 'outdated') return outdatedPage('en')
  return reason === 'expired' ? expiredPage('en') : unknownPage('en')
}

/** The person, their address or their part in the case is not what it was when the mail was sent. */
export function outdatedPage(locale: Locale): Page {
  const { outdated, outdatedText } = answerWordsFor(locale).results
  return { status: 410, html: messagePage(locale, outdated, outdatedText) }
}

/** A later case of the listing counts, so that nothing can be done here. */
export function supersededPage(locale: Locale): Page {
  const { superseded, supersededText } = answerWordsFor(locale).results
  return { status: 409, html: messagePage(locale, superseded, supersededText) }
}

function expiredPage(locale: Locale): Page {
  const { expired, expiredText } = answerWordsFor(locale).results
  return { status: 410, html: messagePage(locale, expired, expiredText) }
}

/** The link, or its case, is not there. */
export function unknownPage(locale: Locale): Page {
  const { unknown, unknownText } = answerWordsFor(locale).results
  return { status: 404, html: messagePage(locale, unknown, unknownText) }
}
