import type { CaseState } from '../../domain/case/state.js'
import { html, type SafeHtml } from '../../notifications/html.js'
import { answerWordsFor } from '../../wording/answer-page.js'
import type { Locale } from '../../wording/vocabulary.js'
import { STYLE_ELEMENT } from './style.js'

/** What a page says of the case or brand that it is about. */
export interface PageSubject {
  brandName: string
  caseId?: string
}

/** The subject that a case is; `null` stays so. */
export function subjectOf(state: CaseState | null): PageSubject | null {
  return state && { brandName: state.parties.brandName, caseId: state.caseId }
}

/** A whole page. */
export function document(
  locale: Locale,
  heading: string,
  subject: PageSubject | null,
  body: SafeHtml,
): string {
  const { brandName = '', caseId } = subject ?? {}
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
          <header><strong>Joint-Force</strong><span>${brandName}</span></header>
          <div class="sheet">
            <h1>${heading}</h1>
            ${body}
          </div>
          ${caseId && html`<footer>${answerWordsFor(locale).case} ${caseId}</footer>`}
        </main>
      </body>
    </html>`
  return markup
}
