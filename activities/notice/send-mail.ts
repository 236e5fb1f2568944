import { ApplicationFailure, log } from '@temporalio/activity'
import { type Audience, stillConcerns } from '../../domain/notice/notices.js'
import { brandRecipient, ON_CALL, parseRecipient } from '../../domain/notice/recipients.js'
import type { DecideMessage } from '../../domain/case/message/decide-message.js'
import { isBrandRole, type NoticeKind } from '../../domain/vocabulary.js'
import { caseLine } from '../../notifications/case-line.js'
import { MailError } from '../../notifications/mail-error.js'
import { renderMail } from '../../notifications/render.js'
import { type CaseRow, EVERYTHING } from '../../store/store.js'
import type { ActivityDependencies } from '../dependencies.js'
import { isRemovalHeld } from '../../domain/case/cooling-off.js'
import { NEWS_KINDS } from '../../domain/notice/mail-settings.js'
import { addressDigest } from '../../platform/answer-token.js'
import { issueMailSettingsToken } from '../../platform/mail-settings-token.js'
import { keptMail, mailIdOf } from './kept-mail.js'
import { whileBeating } from '../while-beating.js'
import { createFindAddressee } from './addressee.js'
import { mailLinks } from './mail-links.js'
import { namesOfDeciders } from './names-of-deciders.js'

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

/**
 * Sends one mail about the cases as they are in the record now; cases that need it no longer are
 * left out. Returns why the address was refused, or `null`. What may pass is thrown and retried.
 */
export function createSendMail(deps: ActivityDependencies) {
  const { store, mail } = deps
  const findAddressee = createFindAddressee(deps)

  return async function sendMail(input: SendMailInput): Promise<SentMail> {
    const addressee = await findAddressee(input.contactId)
    if (!addressee) return refusal(input, 'this contact no longer exists')
    const { contact, email, timeZone, coversFor } = addressee
    const { kind, window, unlisted = 0 } = input
    const address = addressDigest(email)
    const isNews = NEWS_KINDS.includes(kind)
    const settings = isNews ? await store.mailSettings.find(input.contactId, address) : null
    const rows = (await readRows(input)).filter(
      ({ state }) =>
        stillConcerns(state, kind) && (settings?.news !== false || isRemovalHeld(state)),
    )
    const [first] = rows
    if (!first) return { refused: null }
    const settingsUrl = settingsUrlOf(input.contactId, address)
    const mailId = mailIdOf(input)
    const links = mailLinks({ mailId, kind, window, rows }, addressee, deps)
    const [late, names] = await Promise.all([
      lateAnswersOf(input, rows),
      namesOfDeciders(store, rows, contact.role),
    ])
    const cases = rows.map((row) => {
      const { caseId, state } = row
      const decidedByName = names.get(caseId)
      return caseLine(state, {
        timeZone,
        links: links.of(row),
        late: late.get(caseId),
        decidedByName,
      })
    })
    const rendered = renderMail({
      ...{ kind, contact, cases, unlisted, ...links.all, ...(settingsUrl && { settingsUrl }) },
      ...(coversFor === undefined ? {} : { coversFor }),
    })
    const caseIds = rows.map(({ caseId }) => caseId)
    // Before it leaves: its links lead to what is kept here.
    await store.mails.keep(keptMail(input, caseIds, 'sending', new Date()))
    try {
      const { messageId } = await whileBeating(() =>
        mail.send({
          to: { name: contact.name, address: email },
          contactId: input.contactId,
          kind,
          window: String(window),
          ...(rows.length === 1 ? { caseId: first.caseId } : {}),
          ...(isNews && settingsUrl ? { unsubscribeUrl: settingsUrl } : {}),
          ...rendered,
        }),
      )
      await keep(input, caseIds, { messageId })
      return { refused: null }
    } catch (error) {
      if (error instanceof MailError && error.kind === 'refused') {
        await keep(input, caseIds, { refused: error.message })
        return refusal(input, error.message)
      }
      log.warn('a mail was not taken; it is tried again', { error })
      throw error
    }
  }

  /** Where they choose how they get mails; whoever is on call is nobody in particular. */
  function settingsUrlOf(recipient: string, address: string): string | null {
    const [secret] = deps.answerTokenSecrets
    if (secret === undefined || recipient === ON_CALL) return null
    const token = issueMailSettingsToken({ recipient, address }, secret)
    return `${deps.publicUrl}/mail-settings/${token}`
  }

  /** For the page of each case. A mail that has left is not sent again because this was not kept. */
  async function keep(
    input: SendMailInput,
    caseIds: readonly string[],
    became: Parameters<typeof keptMail>[2],
  ): Promise<void> {
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
}
