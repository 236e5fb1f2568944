import type { CaseState } from '../../domain/case/state.js'
import type { PageAct, Verdict } from '../../domain/vocabulary.js'
import { type Locale, wordsFor } from '../../wording/vocabulary.js'
import type { PageCase } from './case-facts.js'
import { decidedBy, messagePage, standingPage } from './page.js'
import type { PageReader } from './reader.js'
import { answerWordsFor } from '../../wording/answer-page.js'

/** A page and the status it is sent with. */
export interface Page {
  status: number
  html: string
}

/** How the case ended, with its facts and what its reader can do about it. */
export function closedPage(shown: PageCase, reader: PageReader, acts: readonly PageAct[]): Page {
  return { status: 410, html: standingPage(shown, reader, acts) }
}

/** Who answered what. The record may be a moment behind the refusal, and then does not know the winner yet. */
export function decidedPage(shown: PageCase, locale: Locale): Page {
  const { state } = shown
  const { alreadyDecided } = answerWordsFor(locale).results
  const text = decidedBy(shown, locale) || wordsFor(locale).phases[state.phase]
  return { status: 409, html: messagePage(locale, alreadyDecided, text, state) }
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
