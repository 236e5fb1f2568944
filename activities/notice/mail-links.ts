import { DAY_MS } from '../../domain/brand/calendar.js'
import { ON_CALL } from '../../domain/notice/recipients.js'
import { type NoticeKind, verdictsOf } from '../../domain/vocabulary.js'
import type { CaseLine, MailInput } from '../../notifications/mail-input.js'
import { addressDigest, answerJti, issueAnswerToken } from '../../platform/answer-token.js'
import type { CaseRow } from '../../store/store.js'
import type { ActivityDependencies } from '../dependencies.js'
import type { Addressee } from './addressee.js'

/** How long after the answering deadline a link in a mail still opens its page. */
const LINK_LIFETIME_MS = 30 * DAY_MS

/** The ways from one mail to its cases. */
interface MailLinks {
  of(row: CaseRow): Pick<CaseLine, 'answerUrl' | 'caseUrl'>
  all: Pick<MailInput, 'allUrl' | 'inboxUrl'>
}

/**
 * The links of a mail, the same for every attempt at it. Whoever signs in for all of its cases is led
 * into the portal; others to pages without script, by a token of the case or, of several cases, of
 * the mail.
 */
export function mailLinks(
  mail: { mailId: string; kind: NoticeKind; window: number; rows: readonly CaseRow[] },
  { contact, email, signsInFor }: Addressee,
  { publicUrl, answerTokenSecrets }: Pick<ActivityDependencies, 'publicUrl' | 'answerTokenSecrets'>,
): MailLinks {
  const { mailId, kind, window, rows } = mail
  const [secret] = answerTokenSecrets
  const { contactId, role } = contact
  const dues = rows.map(({ dueAt }) => dueAt?.getTime() ?? 0)
  const expiresAtMs = Math.max(window, ...dues) + LINK_LIFETIME_MS

  if (rows.every(signsInFor)) {
    const inboxUrl = `${publicUrl}/`
    const allUrl = `${publicUrl}/?view=all&mail=${mailId}`
    return {
      all: { allUrl, inboxUrl },
      of: (row) => {
        const { caseId } = row
        const caseUrl = `${publicUrl}/cases/${caseId}`
        const answerUrl =
          rows.length > 1 ? `${allUrl}&case=${caseId}` : `${publicUrl}/?view=open&case=${caseId}`
        return isOver(row) ? { caseUrl } : { caseUrl, answerUrl }
      },
    }
  }

  const isAnswerable = (row: CaseRow) => !isOver(row) || kind === 'lateAnswer'
  if (secret === undefined || contactId === ON_CALL || !rows.some(isAnswerable)) {
    return { all: {}, of: () => ({}) }
  }
  const claims = {
    contactId,
    role,
    address: addressDigest(email),
    verdicts: verdictsOf(role),
    expiresAtMs,
  }
  const page = (subject: { caseId?: string }) => {
    const jti = answerJti(mailId, subject.caseId)
    return `${publicUrl}/answer/${issueAnswerToken({ ...claims, ...subject, mailId, jti }, secret)}`
  }
  return {
    all: rows.length > 1 ? { allUrl: page({}) } : {},
    of: (row) => (isAnswerable(row) ? { answerUrl: page({ caseId: row.caseId }) } : {}),
  }
}

function isOver({ phase }: CaseRow): boolean {
  return phase === 'closed'
}
