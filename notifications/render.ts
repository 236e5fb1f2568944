import { composeMail, mailSubject } from './compose.js'
import type { MailInput } from './mail-input.js'
import { renderHtml } from './render-html.js'
import { renderText } from './render-text.js'

export type { CaseLine, MailInput } from './mail-input.js'

/** The same mail three times: in a line, as text, as a page. */
export interface RenderedMail {
  subject: string
  text: string
  html: string
}

/**
 * Writes one mail in the contact's language. The same input gives the same mail. Listing texts are
 * taken as hostile: bounded, on one line, escaped, without live links of their own.
 * Throws a `RangeError` when there is no case, a moment is no ISO date or a time zone is unknown.
 */
export function renderMail(input: MailInput): RenderedMail {
  const mail = composeMail(input)
  return { subject: mailSubject(input), text: renderText(mail), html: renderHtml(mail) }
}
