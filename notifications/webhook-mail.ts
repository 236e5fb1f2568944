import { HOUR_MS } from '../domain/brand/calendar.js'
import type { DisabledReason } from '../domain/vocabulary.js'
import { RETRY_DELAYS_MS } from '../domain/webhook/retrying.js'
import { mailWordsFor } from '../wording/mails.js'
import type { Locale } from '../wording/vocabulary.js'
import { webhookMailWordsFor } from '../wording/webhook-mails.js'
import type { MailDocument } from './mail-document.js'
import { nameLine } from './plain-text.js'
import { renderHtml } from './render-html.js'
import { renderText } from './render-text.js'
import type { RenderedMail } from './render.js'

/** What a mail about an endpoint that was given up is made of. */
export interface WebhookMailInput {
  person: { name: string; locale: Locale }
  brand: string
  /** Where the endpoint is; of it only the host is shown. */
  endpointUrl: string
  reason: DisabledReason
  /** Where it is enabled again. */
  url: string
}

const NAME_MAX_LENGTH = 100
const TRIED_FOR_HOURS = Math.floor(RETRY_DELAYS_MS.reduce((sum, ms) => sum + ms, 0) / HOUR_MS)

/** Writes one such mail, in the person's language. */
export function renderWebhookMail(input: WebhookMailInput): RenderedMail {
  const { person, reason, url } = input
  const words = webhookMailWordsFor(person.locale)
  const brand = nameLine(input.brand, NAME_MAX_LENGTH)
  const host = nameLine(new URL(input.endpointUrl).host, NAME_MAX_LENGTH)
  const facts = { brand, host, reason, hours: TRIED_FOR_HOURS }
  const mail: MailDocument = {
    locale: person.locale,
    tone: 'alarm',
    brand,
    heading: words.heading,
    greeting: mailWordsFor(person.locale).greeting(nameLine(person.name, NAME_MAX_LENGTH)),
    paragraphs: words.paragraphs(facts),
    counts: [],
    deadline: null,
    cards: [],
    compact: false,
    rest: null,
    closing: [],
    action: { label: words.action, url },
    footer: words.footer,
  }
  return { subject: words.subject(facts), text: renderText(mail), html: renderHtml(mail) }
}
