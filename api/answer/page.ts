import type { CaseState } from '../../domain/case/state.js'
import { answerCount } from '../../domain/case/evolve-answers.js'
import { isReleasing, type PageAct, type Verdict } from '../../domain/vocabulary.js'
import { shownListing, snapshotHash } from '../../domain/case/shown.js'
import { type Locale, wordsFor } from '../../wording/vocabulary.js'
import { html, type SafeHtml } from '../../notifications/html.js'
import { actForms } from './acts.js'
import { caseFacts, due, type PageCase } from './case-facts.js'
import { STYLE_ELEMENT } from './style.js'
import { answerWordsFor } from '../../wording/answer-page.js'
import { type Filled, type PageReader, verdictsFor } from './reader.js'
import { statementFor } from '../../wording/statements.js'

/** The page on which one person answers one case. Asks only; nothing is decided by showing it. */
export function answerForm(
  shown: PageCase,
  reader: PageReader,
  acts: readonly PageAct[],
  filled: Filled = {},
  errors: readonly string[] = [],
): string {
  const { state } = shown
  const words = answerWordsFor(reader.locale)
  const listing = shownListing(state)
  const body = html`${problems(reader, errors)} ${caseFacts(shown, reader)}
    <form method="post" autocomplete="off">
      <input type="hidden" name="action" value="decide" />
      <input type="hidden" name="answersBefore" value="${answerCount(state)}" />
      <input type="hidden" name="shownHash" value="${listing ? snapshotHash(listing) : ''}" />
      ${choices(reader, filled)} ${textFields(reader, filled)}
      <button type="submit">${words.submit}</button>
      <p class="note">${words.submitNote}</p>
    </form>
    ${actForms(state, reader, acts)}`
  return document(reader.locale, words.question, state, body)
}

/** The case as it stands, when there is nothing to answer, with what its reader can do about it. */
export function standingPage(
  shown: PageCase,
  reader: PageReader,
  acts: readonly PageAct[],
  errors: readonly string[] = [],
): string {
  const { state } = shown
  const { results } = answerWordsFor(reader.locale)
  const phase = wordsFor(reader.locale).phases[state.phase]
  const { ending } = state
  const outcome = ending && results.closedText(wordsFor(reader.locale).outcomes[ending.outcome])
  const nothing = acts.length === 0 && !ending
  const body = html`${problems(reader, errors)} ${outcome && html`<p>${outcome}</p>`}
  ${nothing ? html`<p>${results.notYourTurn}</p>` : null} ${caseFacts(shown, reader, false)}
  ${actForms(state, reader, acts)}`
  return document(reader.locale, ending ? results.closed : phase, state, body)
}

function problems({ locale }: PageReader, errors: readonly string[]): SafeHtml | null {
  if (errors.length === 0) return null
  return html`<div class="alarm" role="alert">
    <p><strong>${answerWordsFor(locale).errors.heading}</strong></p>
    <ul>
      ${errors.map((error) => html`<li>${error}</li>`)}
    </ul>
  </div>`
}

/** The page on which a decision in its cooling-off can be undone. */
export function undoForm(shown: PageCase, reader: PageReader): string {
  const { state } = shown
  const words = answerWordsFor(reader.locale)
  const { decision, wait } = state
  const verdict = decision ? wordsFor(reader.locale).verdicts[decision.verdict].label : ''
  const isRelease = decision !== null && isReleasing(decision.verdict)
  const { heading, button } = words.undo[isRelease ? 'release' : 'removal']
  const body = html`${wait && due(words.undoableUntil, wait.dueAt, reader)}
    ${decision && html`<p>${decidedBy(state, reader.locale, verdict)}</p>`}
    ${caseFacts(shown, reader, false)}
    <form method="post" autocomplete="off">
      <input type="hidden" name="action" value="undecide" />
      <input type="hidden" name="decisionId" value="${decision?.decisionId ?? ''}" />
      <button type="submit">${button}</button>
    </form>`
  return document(reader.locale, heading, state, body)
}

/** A page that only says something: what became of an answer, or why there is nothing to answer. */
export function messagePage(
  locale: Locale,
  heading: string,
  text: string,
  state: CaseState | null = null,
): string {
  return document(locale, heading, state, html`<p>${text}</p>`)
}

/** Who answered what, in words. */
export function decidedBy(state: CaseState, locale: Locale, verdict: string): string {
  const role = state.decision?.by.role
  const who = role && role !== 'system' ? wordsFor(locale).roles[role] : ''
  return answerWordsFor(locale).results.alreadyDecidedText(who, verdict)
}

function choices({ role, locale }: PageReader, { verdict: chosen }: Filled): SafeHtml {
  const words = answerWordsFor(locale)
  const { removing, keeping, handingOver } = verdictsFor(role)
  const group = (heading: string, verdicts: readonly Verdict[]): SafeHtml | null =>
    verdicts.length === 0
      ? null
      : html`<p class="group">${heading}</p>
          ${verdicts.map((verdict) => choice(verdict, locale, verdict === chosen))}`
  return html`<fieldset>
    <legend>${words.chooseLegend}</legend>
    ${group(words.removes, removing)} ${group(words.keeps, keeping)}
    ${group(words.handsOver, handingOver)}
  </fieldset>`
}

function choice(verdict: Verdict, locale: Locale, chosen: boolean): SafeHtml {
  const { label, hint } = wordsFor(locale).verdicts[verdict]
  return html`<label class="choice">
    <input
      type="radio"
      name="verdict"
      value="${verdict}"
      required
      ${chosen ? html`checked` : null}
    />
    <span><b>${label}</b><small>${hint}</small></span>
  </label>`
}

function textFields({ role, locale }: PageReader, filled: Filled): SafeHtml {
  const words = answerWordsFor(locale)
  const isBrand = role === 'brandMember'
  const { explanation = '', question = '', proof = '' } = filled
  return html`${textField('explanation', words.explanation, words.explanationHint, explanation)}
  ${
    isBrand
      ? textField('question', words.questionField, words.questionHint, question)
      : textField('proof', words.proof, words.proofHint, proof)
  }
  ${tick('allowList', 'seller', words.allowList, filled.allowList)}
  ${isBrand && tick('attestation', 'accepted', words.attestation(statementFor(locale)), filled.attestation)}`
}

function tick(name: string, value: string, label: string, isTicked = false): SafeHtml {
  return html`<label class="choice">
    <input type="checkbox" name="${name}" value="${value}" ${isTicked ? html`checked` : null} />
    <span>${label}</span>
  </label>`
}

function textField(name: string, label: string, hint: string, value: string): SafeHtml {
  return html`<label class="field"
    ><b>${label}</b><small>${hint}</small
    ><textarea name="${name}" maxlength="2000">${value}</textarea>
  </label>`
}

function document(
  locale: Locale,
  heading: string,
  state: CaseState | null,
  body: SafeHtml,
): string {
  const { markup } = html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex,nofollow" />
        <title>${heading} · Joint-Force</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          <header>
            <strong>Joint-Force</strong><span>${state?.parties.brandName ?? ''}</span>
          </header>
          <div class="sheet">
            <h1>${heading}</h1>
            ${body}
          </div>
          ${state && html`<footer>${answerWordsFor(locale).case} ${state.caseId}</footer>`}
        </main>
      </body>
    </html>`
  return markup
}
