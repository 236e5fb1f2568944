import { DAY_MS } from '../../domain/brand/calendar.js'
import {
  ACCOUNT_MAIL_KINDS,
  type AnsweringRole,
  NOTICE_KINDS,
  type NoticeKind,
  QUESTION_MAIL_KINDS,
} from '../../domain/vocabulary.js'
import { HP } from '../../local/start/tenants.js'
import { ACCOUNT_MANAGER, LEAD } from '../../local/world/people.js'
import { renderAccountMail } from '../../notifications/account-mail.js'
import { caseLine } from '../../notifications/case-line.js'
import { renderQuestionMail } from '../../notifications/question-mail.js'
import { type RenderedMail, renderMail } from '../../notifications/render.js'
import { renderWebhookMail } from '../../notifications/webhook-mail.js'
import { buildDecision, MONDAY_MS } from '../../test/builders/case.js'
import type { Locale } from '../../wording/vocabulary.js'
import { sampleStates } from './sample-states.js'

/** A mail of some kind, in any language. */
export interface Letter {
  /** Names its pictures. */
  name: string
  write: (locale: Locale) => RenderedMail
}

const PORTAL = 'https://ipr.marketplace.example'
const CONTACT = { name: 'Mei Lin', timeZone: 'America/Sao_Paulo' }

interface About {
  role: AnsweringRole
  count: number | 'eachBrand'
}

/** Whom a mail of that kind goes to, and about how many cases. */
const ABOUT_CASES: Record<NoticeKind, About> = {
  asked: { role: 'brandMember', count: 1 },
  reminder: { role: 'brandMember', count: 3 },
  escalated: { role: 'accountManager', count: 'eachBrand' },
  decided: { role: 'brandMember', count: 1 },
  takenDown: { role: 'brandMember', count: 2 },
  withdrawn: { role: 'brandMember', count: 1 },
  needsAttention: { role: 'accountManager', count: 1 },
  lateAnswer: { role: 'accountManager', count: 1 },
}

/** Every kind of mail there is, about cases of the samples. */
export const LETTERS: readonly Letter[] = [
  ...NOTICE_KINDS.map((kind) => ({
    name: kind,
    write: (locale: Locale) => aboutCases(kind, ABOUT_CASES[kind], locale),
  })),
  {
    name: 'askedOfMany',
    write: (locale) => aboutCases('asked', { role: 'brandMember', count: 14 }, locale),
  },
  ...QUESTION_MAIL_KINDS.map((kind) => ({
    name: kind,
    write: (locale: Locale) =>
      renderQuestionMail({
        kind,
        contact: { ...CONTACT, locale },
        brand: HP.brand.name,
        about: sampleStates('asked', 1)[0]?.listing?.title ?? null,
        dueAt: kind === 'questionAsked' ? MONDAY_MS + DAY_MS : null,
        question:
          'Did this seller ever sell cartridges of ours that came from a licensed importer?',
        answer:
          kind === 'questionAnswered'
            ? {
                text: 'Not as far as we know: no invoice was ever shown.',
                by: ACCOUNT_MANAGER.name,
              }
            : null,
        url: `${PORTAL}/questions`,
      }),
  })),
  ...ACCOUNT_MAIL_KINDS.map((kind) => ({
    name: kind,
    write: (locale: Locale) =>
      renderAccountMail({
        kind,
        person: { name: CONTACT.name, locale },
        brands: kind === 'signIn' ? [] : [HP.brand.name],
        url: `${PORTAL}/sign-in`,
      }),
  })),
  {
    name: 'webhookDisabled',
    write: (locale) =>
      renderWebhookMail({
        person: { name: CONTACT.name, locale },
        brand: HP.brand.name,
        endpointUrl: 'https://hooks.hp.example/joint-force',
        reason: 'exhausted',
        url: `${PORTAL}/settings/webhooks`,
      }),
  },
]

function aboutCases(kind: NoticeKind, { role, count }: About, locale: Locale): RenderedMail {
  const inboxUrl = `${PORTAL}/`
  const cases = sampleStates(kind, count).map((state) => {
    const caseUrl = `${PORTAL}/cases/${state.caseId}`
    const late = { explanation: 'The seals on the boxes are ours.', verdict: 'genuine' } as const
    return caseLine(state, {
      timeZone: CONTACT.timeZone,
      links:
        state.phase === 'closed' && kind !== 'lateAnswer'
          ? { caseUrl }
          : { caseUrl, answerUrl: caseUrl },
      ...(state.decision ? { decidedByName: CONTACT.name } : {}),
      ...(kind === 'lateAnswer' ? { late: buildDecision({ caseId: state.caseId, ...late }) } : {}),
    })
  })
  const contactId = 'mei-lin'
  const name = { brandMember: CONTACT.name, accountManager: ACCOUNT_MANAGER.name, lead: LEAD.name }[
    role
  ]
  return renderMail({
    kind,
    contact: { contactId, name, role, locale },
    cases,
    inboxUrl,
    settingsUrl: `${PORTAL}/mail-settings`,
    ...(cases.length > 1 ? { allUrl: `${inboxUrl}?view=all` } : {}),
  })
}
