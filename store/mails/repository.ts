import type { MailResult, NoticeKind } from '../../domain/vocabulary.js'
import type { TenantScope } from '../tenant-scope.js'

/** A mail that is handed to the mail server, and what became of it. */
export interface SentMail {
  /** Recipient, kind and window: a mail that is sent again is the same one. */
  mailId: string
  /** Its Message-ID, by which whoever carries it speaks of it; `null` when it was refused at once. */
  messageId: string | null
  /** A recipient's name (domain/notice/recipients.ts), never an address. */
  contactId: string
  kind: NoticeKind
  sentAt: Date
  /** The cases it lists. */
  caseIds: string[]
  result: MailResult
  resultAt: Date
  /** What the mail server said of one that did not arrive; it may name the address. */
  detail: string | null
}

/** The mails about cases. */
export interface SentMails {
  find(mailId: string): Promise<SentMail | null>
  /** Keeps it, in the place of what an earlier attempt at the same mail had said; a bounce stays. */
  keep(mail: SentMail): Promise<void>
  /**
   * What became of a mail after the mail server had taken it, as whoever carries it says; the cases it
   * was about, or `null` when there is no such mail. Saying it again changes nothing.
   */
  bounced(messageId: string, bounce: { at: Date; detail: string }): Promise<SentMail | null>
  /** The latest 200 about a case, oldest first. A case outside the scope has none. */
  about(scope: TenantScope, caseId: string): Promise<SentMail[]>
}
