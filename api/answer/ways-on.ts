import { html, type SafeHtml } from '../../notifications/html.js'
import { localNumber } from '../../notifications/local-format.js'
import { answerWordsFor } from '../../wording/answer-page.js'
import type { Locale } from '../../wording/vocabulary.js'
import type { Onward } from './neighbours.js'

/** The next case of the same mail, and all that wait; that none does, when none is left. */
export function waysOn(onward: Onward | null, locale: Locale): SafeHtml | null {
  if (!onward) return null
  const { list } = answerWordsFor(locale)
  const { next, all, waiting } = onward
  if (next === null) return html`<p>${list.allDone}</p>`
  return html`<p class="ways">
    <a class="way" href="${next}">${list.next}</a>
    <a href="${all}">${list.back(localNumber(waiting, locale))}</a>
  </p>`
}
