import type { SentMail } from '../../store/store.js'
import { base32Sha256 } from '../../platform/digest.js'

type Named = Pick<SentMail, 'contactId' | 'kind'> & { window: number }

/** Names a mail, also in the addresses that lead to its cases. */
export function mailIdOf({ contactId, kind, window }: Named): string {
  return base32Sha256(JSON.stringify([contactId, kind, window])).slice(0, 26)
}

/** What is kept of a mail: that it leaves, that it was taken, under its Message-ID, or why it was refused. */
export function keptMail(
  { contactId, kind, window }: Named,
  caseIds: readonly string[],
  became: 'sending' | { messageId: string } | { refused: string },
  at: Date,
): SentMail {
  const known = { contactId, kind, sentAt: new Date(window), caseIds: [...caseIds], resultAt: at }
  const mail = { mailId: mailIdOf({ contactId, kind, window }), ...known }
  if (became === 'sending') return { ...mail, messageId: null, result: became, detail: null }
  return 'messageId' in became
    ? { ...mail, messageId: became.messageId, result: 'sent', detail: null }
    : { ...mail, messageId: null, result: 'refused', detail: became.refused }
}
