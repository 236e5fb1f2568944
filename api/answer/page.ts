import type { CaseState } from '../../domain/case/state.js'
import { answerCount } from '../../domain/case/evolve-answers.js'
import { isReleasing, type PageAct } from '../../domain/vocabulary.js'
import { winnerOf } from '../../domain/case/refusing.js'
import { shownListing, snapshotHash } from '../../domain/case/shown.js'
import { type Locale, wordsFor } from '../../wording/vocabulary.js'
import { html, type SafeHtml } from '../../notifications/html.js'
import { shortMoment } from '../../notifications/local-format.js'
import type { NamedWinner } from '../cases/naming-winner.js'
import { actForms } from './acts.js'
import { caseFacts, due, type PageCase } from './case-facts.js'
import { document, subjectOf } from './document.js'
import { answerFields, sendBar } from './fields.js'
import { problems } from './problems.js'
import { answerWordsFor } from '../../wording/answer-page.js'
import type { Filled, FormError, PageReader } from './reader.js'

/** The page on which one person answers one case. Asks only; nothing is decided by showing it. */
export function answerForm(
  shown: PageCase,
  reader: PageReader,
  acts: readonly PageAct[],
  filled: Filled = {},
  errors: readonly FormError[] = [],
): string {
  const { state } = shown
  const words = answerWordsFor(reader.locale)
  const listing = shownListing(state)
  // What is asked about stands in the form, so that its button stays in sight all the way.
  const body = html`${problems(reader, errors)}
    <form method="post" autocomplete="off">
      ${caseFacts(shown, reader)}
      <input type="hidden" name="action" value="decide" />
      <input type="hidden" name="answersBefore" value="${answerCount(state)}" />
      <input type="hidden" name="shownHash" value="${listing ? snapshotHash(listing) : ''}" />
      ${answerFields(reader, words.chooseLegend, filled, errors)}
      <p class="note">${words.submitNote}</p>
      ${sendBar(reader, words.submit)}
    </form>
    ${actForms(state, reader, acts, errors)}`
  return document(reader.locale, words.question, subjectOf(state), body)
}

/**
 * The case as it stands, when there is nothing to answer, with what its reader can do about it;
 * `before` stands above all that.
 */
export function standingPage(
  shown: PageCase,
  reader: PageReader,
  acts: readonly PageAct[],
  errors: readonly FormError[] = [],
  before: SafeHtml | null = null,
): string {
  const { state } = shown
  const { results } = answerWordsFor(reader.locale)
  const phase = wordsFor(reader.locale).phases[state.phase]
  const { ending } = state
  const outcome = ending && results.closedText(wordsFor(reader.locale).outcomes[ending.outcome])
  const nothing = acts.length === 0 && !ending
  const body = html`${problems(reader, errors)} ${before} ${outcome && html`<p>${outcome}</p>`}
  ${nothing ? html`<p>${results.notYourTurn}</p>` : null} ${caseFacts(shown, reader, false)}
  ${actForms(state, reader, acts, errors)}`
  return document(reader.locale, ending ? results.closed : phase, subjectOf(state), body)
}

/** The page on which a decision in its cooling-off can be undone. */
export function undoForm(shown: PageCase, reader: PageReader): string {
  const { state } = shown
  const words = answerWordsFor(reader.locale)
  const { decision, wait } = state
  const isRelease = decision !== null && isReleasing(decision.verdict)
  const { heading, button } = words.undo[isRelease ? 'release' : 'removal']
  const body = html`${wait && due(words.undoableUntil, wait.dueAt, reader)}
  ${decision && html`<p>${decidedBy(shown, reader)}</p>`} ${caseFacts(shown, reader, false)}
  ${undoButton(decision?.decisionId ?? '', button)}`
  return document(reader.locale, heading, subjectOf(state), body)
}

/** Undoes one decision of the case whose page it is. */
export function undoButton(decisionId: string, button: string): SafeHtml {
  return html`<form method="post" autocomplete="off">
    <input type="hidden" name="action" value="undecide" />
    <input type="hidden" name="decisionId" value="${decisionId}" />
    <button type="submit">${button}</button>
  </form>`
}

/** A page that only says something: what became of an answer, or why there is nothing to answer. */
export function messagePage(
  locale: Locale,
  heading: string,
  text: string,
  state: CaseState | null = null,
): string {
  return document(locale, heading, subjectOf(state), html`<p>${text}</p>`)
}

/** Who answered what and when, in words: a name where there is one. Empty while nobody has. */
export function decidedBy(
  { state, decidedBy: name = null }: Pick<PageCase, 'state' | 'decidedBy'>,
  reader: PageReader,
): string {
  const { decision } = state
  return decision
    ? answeredBy({ ...winnerOf(decision), ...(name === null ? {} : { name }) }, reader)
    : ''
}

/** The same as a refusal knows it. */
export function answeredBy(
  { role, name, verdict, decidedAt }: NamedWinner,
  { locale, timeZone }: PageReader,
): string {
  const words = wordsFor(locale)
  const who = name ?? (role === 'system' ? '' : words.roles[role])
  const { label } = words.verdicts[verdict]
  const { results } = answerWordsFor(locale)
  return results.alreadyDecidedText(who, label, shortMoment(decidedAt, timeZone, locale))
}
