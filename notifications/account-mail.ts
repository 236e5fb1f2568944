import { DAY_MS, MINUTE_MS } from '../domain/brand/calendar.js'
import { LINK_LIFE_MS } from '../domain/person/sign-in-links.js'
import type { AccountMailKind } from '../domain/vocabulary.js'
import { accountMailWordsFor } from '../wording/account-mails.js'
import { mailWordsFor } from '../wording/mails.js'
import type { Locale } from '../wording/vocabulary.js'
import type { MailDocument } from './mail-document.js'
import { nameLine } from './plain-text.js'
import { renderHtml } from './render-html.js'
import { renderText } from './render-text.js'
import type { RenderedMail } from './render.js'

/** What a mail about signing in is made of. */
export interface AccountMailInput {
  kind: AccountMailKind
  person: { name: string; locale: Locale }
  /** Names of the brands they act for; none for the platform's own people. */
  brands: readonly string[]
  /** Where they sign in; lets them in, but for `added`. */
  url: string
}

const NAME_MAX_LENGTH = 100
const LIVES = {
  minutes: LINK_LIFE_MS.asked / MINUTE_MS,
  days: LINK_LIFE_MS.invitation / DAY_MS,
}

/** Writes one mail about signing in, in the person's language. */
export function renderAccountMail({ kind, person, brands, url }: AccountMailInput): RenderedMail {
  const { kinds, footer } = accountMailWordsFor(person.locale)
  const words = kinds[kind]
  const forWhom = brands.length === 0 ? null : nameLine(brands.join(', '), NAME_MAX_LENGTH)
  const mail: MailDocument = {
    locale: person.locale,
    tone: 'calm',
    brand: forWhom ?? '',
    heading: words.heading(forWhom),
    greeting: mailWordsFor(person.locale).greeting(nameLine(person.name, NAME_MAX_LENGTH)),
    paragraphs: words.paragraphs({ ...LIVES, brands: forWhom }),
    counts: [],
    deadline: null,
    cards: [],
    compact: false,
    rest: null,
    closing: [],
    action: { label: words.action, url },
    footer,
  }
  return { subject: words.subject(forWhom), text: renderText(mail), html: renderHtml(mail) }
}
