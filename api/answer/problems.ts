import { html, type SafeHtml } from '../../notifications/html.js'
import { answerWordsFor } from '../../wording/answer-page.js'
import type { FormError, PageReader } from './reader.js'

/** What is wrong, above all else, each with the way to its field. */
export function problems({ locale }: PageReader, errors: readonly FormError[]): SafeHtml | null {
  if (errors.length === 0) return null
  const line = ({ field, text }: FormError) =>
    field === null ? html`<li>${text}</li>` : html`<li><a href="#${field}">${text}</a></li>`
  return html`<div class="alarm" role="alert">
    <p><strong>${answerWordsFor(locale).errors.heading}</strong></p>
    <ul>
      ${errors.map(line)}
    </ul>
  </div>`
}

/** What stands beside a field that something is wrong with, and the attributes that tie it there. */
export function besideField(
  field: string,
  errors: readonly FormError[],
): { note: SafeHtml | null; attributes: SafeHtml | null } {
  const error = errors.find((one) => one.field === field)
  if (!error) return { note: null, attributes: null }
  return {
    note: html`<span class="error" id="${field}-error">${error.text}</span>`,
    attributes: html`aria-invalid="true" aria-describedby="${field}-error"`,
  }
}
