import { isHandover, isInfringing, type Verdict } from '../../domain/vocabulary.js'
import type { Applied } from '../../domain/case/message/reply.js'
import { html } from '../../notifications/html.js'
import { shortMoment } from '../../notifications/local-format.js'
import { answerWordsFor } from '../../wording/answer-page.js'
import { type Locale, wordsFor } from '../../wording/vocabulary.js'
import type { DecideAnswer } from '../cases/gateway.js'
import { document } from './document.js'
import type { Onward } from './neighbours.js'
import { undoButton } from './page.js'
import type { PageReader } from './reader.js'
import type { Page } from './result-pages.js'
import { waysOn } from './ways-on.js'

/** After an answer: what happens now, how to undo it, and where to go on. */
export function answeredPage(
  answered: DecideAnswer,
  verdict: Verdict,
  reader: PageReader,
  onward: Onward | null,
): Page {
  const { locale } = reader
  const { results } = answerWordsFor(locale)
  if (answered.kind === 'accepted') {
    const kept = html`<p>${results.keptText}</p>
      ${waysOn(onward, locale)}`
    return { status: 202, html: document(locale, results.kept, null, kept) }
  }
  const { label } = wordsFor(locale).verdicts[verdict]
  const { applied, decisionId } = answered
  const body = html`<p>${results.recordedText(label)}</p>
    <p>${whatFollows(applied, verdict, reader)}</p>
    ${applied.phase === 'coolingOff' ? undoButton(decisionId, undoWord(verdict, locale)) : null}
    ${waysOn(onward, locale)}`
  return { status: 200, html: document(locale, results.recorded, null, body) }
}

/** After an undo: the way back to the form. */
export function undonePage(locale: Locale, again: string): string {
  const { results, choose } = answerWordsFor(locale)
  const body = html`<p>${results.undoneText}</p>
    <p><a class="way" href="${again}">${choose}</a></p>`
  return document(locale, results.undone, null, body)
}

/** What happens now to a listing that was answered about. */
export function whatFollows(
  { phase, dueAt }: Pick<Applied, 'phase' | 'dueAt'>,
  verdict: Verdict,
  { locale, timeZone }: PageReader,
): string {
  const { results } = answerWordsFor(locale)
  if (isHandover(verdict)) return results.handedOver
  if (phase === 'coolingOff' && dueAt !== null) {
    const at = shortMoment(dueAt, timeZone, locale)
    return isInfringing(verdict) ? results.removalHeld(at) : results.releaseHeld(at)
  }
  if (phase === 'takingDown') return results.removalAsked
  if (phase === 'closed' && !isInfringing(verdict)) return results.released
  return results.doneText(wordsFor(locale).phases[phase])
}

function undoWord(verdict: Verdict, locale: Locale): string {
  const { undo } = answerWordsFor(locale)
  return (isInfringing(verdict) ? undo.removal : undo.release).button
}
