import { ApplicationFailure, log } from '@temporalio/activity'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { type Audience, stillConcerns } from '../../domain/notice/notices.js'
import { brandRecipient, ON_CALL, parseRecipient } from '../../domain/notice/recipients.js'
import type { DecideMessage } from '../../domain/case/message/decide-message.js'
import { isBrandRole, type NoticeKind } from '../../domain/vocabulary.js'
import { caseLine } from '../../notifications/case-line.js'
import { MailError } from '../../notifications/mail-error.js'
import type { MailContact } from '../../notifications/mail-input.js'
import { renderMail } from '../../notifications/render.js'
import { addressDigest, issueAnswerToken } from '../../platform/answer-token.js'
import { base32Sha256 } from '../../platform/digest.js'
import { type CaseRow, EVERYTHING } from '../../store/store.js'
import type { ActivityDependencies } from '../dependencies.js'
import { keptMail } from './kept-mail.js'
import { whileBeating } from '../while-beating.js'

export interface SendMailInput {
  /** A recipient's name (domain/notice/recipients.ts). */
  contactId: string
  kind: NoticeKind
  /** Instant (epoch ms) that names this mail; a mail sent again carries the same Message-ID. */
  window: number
  notices: { noticeId: string; caseId: string; rev: number; audience: Audience }[]
  /** Notices beyond those, which the mail counts. */
  unlisted?: number
}

/** Why the address was refused, or `null`; then with all recipients of its brand. */
interface SentMail {
  refused: string | null
  contactIds?: string[]
}

/** How long after the answering deadline a link in a mail still opens its page. */
const LINK_LIFETIME_MS = 30 * DAY_MS

interface Addressee {
  contact: MailContact
  email: string
  timeZone: string
  /** Whose place they take, who is away. */
  coversFor?: string
}

/**
 * Sends one mail about the cases as they are in the record now; cases that need it no longer are
 * left out. Returns why the address was refused, or `null`. What may pass is thrown and retried.
 */
export function createSendMail(deps: ActivityDependencies) {
  const { store, mail, publicUrl, answerTokenSecrets, onCall } = deps

  return async function sendMail(input: SendMailInput): Promise<SentMail> {
    const addressee = await findAddressee(input)
    if (!addressee) return refusal(input, 'this contact no longer exists')
    const rows = (await readRows(input)).filter((row) => stillConcerns(row.state, input.kind))
    const [first] = rows
    if (!first) return { refused: null }
    const { contact, email, timeZone, coversFor } = addressee
    const late = await lateAnswersOf(input, rows)
    const lines = rows.map((row) =>
      caseLine(row.state, timeZone, answerUrl(row, input, addressee), late.get(row.caseId)),
    )
    const { kind, unlisted = 0 } = input
    const rendered = renderMail({
      ...{ kind, contact, cases: lines, unlisted, publicUrl },
      ...(coversFor === undefined ? {} : { coversFor }),
    })
    try {
      const { messageId } = await whileBeating(() =>
        mail.send({
          to: { name: contact.name, address: email },
          contactId: input.contactId,
          kind: input.kind,
          window: String(input.window),
          ...(rows.length === 1 ? { caseId: first.caseId } : {}),
          ...rendered,
        }),
      )
      await keep(input, rows, { messageId })
      return { refused: null }
    } catch (error) {
      if (error instanceof MailError && error.kind === 'refused') {
        await keep(input, rows, { refused: error.message })
        return refusal(input, error.message)
      }
      log.warn('a mail was not taken; it is tried again', { error })
      throw error
    }
  }

  /** For the page of each case. A mail that has left is not sent again because this was not kept. */
  async function keep(
    input: SendMailInput,
    rows: readonly CaseRow[],
    became: Parameters<typeof keptMail>[2],
  ): Promise<void> {
    const caseIds = rows.map(({ caseId }) => caseId)
    try {
      await store.mails.keep(keptMail(input, caseIds, became, new Date()))
    } catch (error) {
      log.warn('what became of a mail was not kept', { error, contactId: input.contactId })
    }
  }

  /** With the contacts the brand has now, who may be others than those the case was opened with. */
  async function refusal({ contactId }: SendMailInput, refused: string): Promise<SentMail> {
    const recipient = parseRecipient(contactId)
    if (recipient?.kind !== 'brand') return { refused }
    const { brandId } = recipient
    const brand = await store.brands.find(EVERYTHING, brandId)
    const contactIds = brand?.contacts.map((contact) => brandRecipient(brandId, contact.contactId))
    return { refused, contactIds: contactIds ?? [] }
  }

  /** The brand's latest answers to cases that had closed, in mails that tell of them. */
  async function lateAnswersOf(
    { kind }: SendMailInput,
    rows: readonly CaseRow[],
  ): Promise<Map<string, DecideMessage>> {
    if (kind !== 'lateAnswer') return new Map()
    const answers = await Promise.all(
      rows.map(({ caseId }) => store.lateAnswers.list(EVERYTHING, caseId)),
    )
    const ofBrand = answers.flat().filter(({ by }) => isBrandRole(by.role))
    return new Map(ofBrand.map(({ caseId, message }) => [caseId, message]))
  }

  async function readRows({ notices }: SendMailInput): Promise<CaseRow[]> {
    const caseIds = [...new Set(notices.map(({ caseId }) => caseId))]
    const rows = await store.cases.getMany(EVERYTHING, caseIds)
    const revOf = new Map(rows.map((row) => [row.caseId, row.rev]))
    const behind = notices.find(({ caseId, rev }) => (revOf.get(caseId) ?? 0) < rev)
    if (!behind) return rows
    throw ApplicationFailure.retryable(`the record is behind case ${behind.caseId}`, 'RecordBehind')
  }

  async function findAddressee(input: SendMailInput): Promise<Addressee | null> {
    const recipient = parseRecipient(input.contactId)
    if (recipient?.kind === 'staff') {
      const { accountManagerId } = recipient
      const own = await store.accountManagers.find(accountManagerId)
      if (!own?.active) return null
      const person = (await store.accountManagers.inCharge(accountManagerId, Date.now())) ?? own
      const { name, locale, role, email, calendar } = person
      return {
        contact: { contactId: input.contactId, name, role, locale },
        email,
        timeZone: calendar.timeZone,
        ...(person.accountManagerId === accountManagerId ? {} : { coversFor: own.name }),
      }
    }
    if (recipient?.kind === 'onCall') {
      const contact = {
        contactId: input.contactId,
        name: 'On call',
        role: 'lead',
        locale: 'en',
      } as const
      return onCall ? { contact, email: onCall, timeZone: 'UTC' } : null
    }
    if (recipient?.kind !== 'brand') return null
    const brand = await store.brands.find(EVERYTHING, recipient.brandId)
    const person = brand?.contacts.find(({ contactId }) => contactId === recipient.contactId)
    if (!brand || !person) return null
    const { name, locale, email } = person
    return {
      contact: { contactId: input.contactId, name, role: 'brandMember', locale },
      email,
      timeZone: brand.calendar.timeZone,
    }
  }

  /**
   * The link on which this contact answers; the same for every attempt at this mail. Whoever covers
   * for them acts in their own name, signed in.
   */
  function answerUrl(
    row: CaseRow,
    { notices, contactId, window, kind }: SendMailInput,
    { contact, email, coversFor }: Addressee,
  ): string | undefined {
    const [secret] = answerTokenSecrets
    const notice = notices.find(({ caseId }) => caseId === row.caseId)
    // Whoever is on call is nobody in particular, and so answers with a key of their own.
    if (contactId === ON_CALL) return undefined
    if (coversFor !== undefined) return `${publicUrl}/?case=${encodeURIComponent(row.caseId)}`
    const isOver = row.phase === 'closed' && kind !== 'lateAnswer'
    if (!secret || !notice || isOver) return undefined
    const token = issueAnswerToken(
      {
        caseId: row.caseId,
        contactId,
        role: contact.role,
        address: addressDigest(email),
        expiresAtMs: Math.max(row.dueAt?.getTime() ?? 0, window) + LINK_LIFETIME_MS,
        jti: base32Sha256(`${notice.noticeId} ${contactId}`).slice(0, 26),
      },
      secret,
    )
    return `${publicUrl}/answer/${token}`
  }
}
