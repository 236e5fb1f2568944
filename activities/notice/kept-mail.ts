import type { SentMail } from '../../store/store.js'
import type { SendMailInput } from './send-mail.js'

/** What is kept of a mail: that it was taken, under its Message-ID, or why it was refused. */
export function keptMail(
  { contactId, kind, window }: SendMailInput,
  caseIds: readonly string[],
  became: { messageId: string } | { refused: string },
  at: Date,
): SentMail {
  return {
    mailId: [contactId, kind, window].join('~'),
    messageId: 'messageId' in became ? became.messageId : null,
    ...{ contactId, kind, sentAt: new Date(window), caseIds: [...caseIds] },
    result: 'messageId' in became ? 'sent' : 'refused',
    resultAt: at,
    detail: 'refused' in became ? became.refused : null,
  }
}
