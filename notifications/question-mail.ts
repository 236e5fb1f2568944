import type { QuestionMailKind } from '../domain/vocabulary.js'
import { mailWordsFor } from '../wording/mails.js'
import { questionMailWordsFor } from '../wording/question-mails.js'
import type { Locale } from '../wording/vocabulary.js'
import { fullMoment } from './local-format.js'
import type { MailDocument, Tone } from './mail-document.js'
import { nameLine, oneLine, quotedLine } from './plain-text.js'
import { renderHtml } from './render-html.js'
import { renderText } from './render-text.js'
import type { RenderedMail } from './render.js'

/** What a mail about a question is made of. Texts of people are foreign: rendering makes them safe. */
export interface QuestionMailInput {
  kind: QuestionMailKind
  /** Who gets it; their zone is an IANA one. */
  contact: { name: string; locale: Locale; timeZone: string }
  brand: string
  /** Title of the listing of the case it is about. */
  about: string | null
  /** Until when the account manager has it, epoch ms. */
  dueAt: number | null
  question: string
  answer: { text: string; by: string } | null
  /** Where it is read and answered. */
  url: string
}

const NAME_MAX_LENGTH = 100
const TITLE_MAX_LENGTH = 70
const TEXT_MAX_LENGTH = 2_000
const TONES: Record<QuestionMailKind, Tone> = {
  questionAsked: 'ask',
  questionPassedOn: 'urge',
  questionAnswered: 'done',
}

/** Writes one mail about a question, in the language of whoever gets it. */
export function renderQuestionMail(input: QuestionMailInput): RenderedMail {
  const { kind, contact, about, dueAt, question, answer, url } = input
  const { locale, timeZone } = contact
  const catalog = questionMailWordsFor(locale)
  const words = catalog.kinds[kind]
  const brand = nameLine(input.brand, NAME_MAX_LENGTH)
  const facts = {
    brand,
    about: about === null ? null : oneLine(about, TITLE_MAX_LENGTH),
    until: dueAt === null ? null : fullMoment(new Date(dueAt).toISOString(), timeZone, locale),
    by: nameLine(answer?.by ?? '', NAME_MAX_LENGTH),
  }
  const said = (heading: string, text: string) => ({
    heading,
    items: [quotedLine(text, TEXT_MAX_LENGTH)],
  })
  const mail: MailDocument = {
    ...{ locale, tone: TONES[kind], brand, heading: words.heading(facts) },
    greeting: mailWordsFor(locale).greeting(nameLine(contact.name, NAME_MAX_LENGTH)),
    paragraphs: words.paragraphs(facts),
    ...{ deadline: null, counts: [], cards: [], compact: false, rest: null },
    closing: [
      said(catalog.question, question),
      ...(answer ? [said(catalog.answer, answer.text)] : []),
    ],
    action: { label: words.action, url },
    footer: catalog.footer,
  }
  return { subject: words.subject(facts), text: renderText(mail), html: renderHtml(mail) }
}
