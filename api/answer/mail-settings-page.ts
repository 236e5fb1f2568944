import type { MailSettings } from '../../domain/notice/mail-settings.js'
import { MAIL_FREQUENCIES } from '../../domain/vocabulary.js'
import { html } from '../../notifications/html.js'
import { answerWordsFor } from '../../wording/answer-page.js'
import type { Locale } from '../../wording/vocabulary.js'
import { document } from './document.js'

/** The page on which somebody chooses how they get mails. Changes nothing by being shown. */
export function mailSettingsPage(
  { frequency, news }: MailSettings,
  locale: Locale,
  isSaved: boolean,
): string {
  const { mails } = answerWordsFor(locale)
  const choice = (value: (typeof MAIL_FREQUENCIES)[number]) =>
    html`<label class="choice">
      <input
        type="radio"
        name="frequency"
        value="${value}"
        ${value === frequency ? html`checked` : null}
      />
      <span><b>${mails.frequencies[value]}</b></span>
    </label>`
  const body = html`${isSaved ? html`<p role="status"><strong>${mails.saved}</strong></p>` : null}
    <form method="post" autocomplete="off">
      <fieldset>
        <legend>${mails.frequency}</legend>
        ${MAIL_FREQUENCIES.map(choice)}
      </fieldset>
      <p class="note">${mails.urgent}</p>
      <label class="choice">
        <input type="checkbox" name="news" value="yes" ${news ? html`checked` : null} />
        <span><b>${mails.news}</b><small>${mails.newsHint}</small></span>
      </label>
      <button type="submit">${mails.save}</button>
    </form>`
  return document(locale, mails.heading, null, body)
}
