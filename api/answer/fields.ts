import type { Verdict } from '../../domain/vocabulary.js'
import { html, type SafeHtml } from '../../notifications/html.js'
import { answerWordsFor } from '../../wording/answer-page.js'
import { statementFor } from '../../wording/statements.js'
import { type Locale, wordsFor } from '../../wording/vocabulary.js'
import { besideField } from './problems.js'
import { type Filled, type FormError, type PageReader, verdictsFor } from './reader.js'

/** What an answer is made of, for one case or many: the verdicts, and what may be said beside them. */
export function answerFields(
  reader: PageReader,
  legend: string,
  filled: Filled,
  errors: readonly FormError[],
): SafeHtml {
  return html`${choices(reader, legend, filled, errors)} ${textFields(reader, filled, errors)}`
}

/** The button that stays in sight, and the answer that is chosen or the way to choose one. */
export function sendBar(reader: PageReader, submit: string): SafeHtml {
  const { locale } = reader
  const { removing, keeping, handingOver } = verdictsFor(reader)
  const picked = [...removing, ...keeping, ...handingOver].map(
    (verdict) =>
      html`<span class="picked of-${verdict}">${wordsFor(locale).verdicts[verdict].label}</span>`,
  )
  return html`<div class="bar">
    <a href="#verdict"><span class="none">${answerWordsFor(locale).choose}</span>${picked}</a>
    <button type="submit">${submit}</button>
  </div>`
}

function choices(
  reader: PageReader,
  legend: string,
  { verdict: chosen }: Filled,
  errors: readonly FormError[],
): SafeHtml {
  const { locale } = reader
  const words = answerWordsFor(locale)
  const { removing, keeping, handingOver } = verdictsFor(reader)
  const { note, attributes } = besideField('verdict', errors)
  const group = (heading: string, verdicts: readonly Verdict[]): SafeHtml | null =>
    verdicts.length === 0
      ? null
      : html`<p class="group">${heading}</p>
          ${verdicts.map((verdict) => choice(verdict, locale, verdict === chosen))}`
  return html`<fieldset id="verdict" ${attributes}>
    <legend>${legend}</legend>
    ${note} ${group(words.removes, removing)} ${group(words.keeps, keeping)}
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

function textFields(
  { role, locale }: PageReader,
  filled: Filled,
  errors: readonly FormError[],
): SafeHtml {
  const words = answerWordsFor(locale)
  const isBrand = role === 'brandMember'
  const { explanation = '', question = '', proof = '', allowList, attestation } = filled
  const statement = words.attestation(statementFor(locale))
  const text = (name: string, label: string, hint: string, value: string) =>
    textField({ name, label, hint, value }, errors)
  return html`${text('explanation', words.explanation, words.explanationHint, explanation)}
  ${
    isBrand
      ? text('question', words.questionField, words.questionHint, question)
      : text('proof', words.proof, words.proofHint, proof)
  }
  ${tick({ name: 'allowList', value: 'seller', label: words.allowList }, allowList, errors)}
  ${isBrand && tick({ name: 'attestation', value: 'accepted', label: statement }, attestation, errors)}`
}

function tick(
  { name, value, label }: { name: string; value: string; label: string },
  isTicked = false,
  errors: readonly FormError[],
): SafeHtml {
  const { note, attributes } = besideField(name, errors)
  return html`<label class="choice">
    <input
      type="checkbox"
      id="${name}"
      name="${name}"
      value="${value}"
      ${isTicked ? html`checked` : null}
      ${attributes}
    />
    <span>${note}${label}</span>
  </label>`
}

function textField(
  { name, label, hint, value }: { name: string; label: string; hint: string; value: string },
  errors: readonly FormError[],
): SafeHtml {
  const { note, attributes } = besideField(name, errors)
  return html`<label class="field"
    ><b>${label}</b><small>${hint}</small>${note}<textarea
      id="${name}"
      name="${name}"
      maxlength="2000"
      ${attributes}
    >
${value}</textarea>
  </label>`
}
