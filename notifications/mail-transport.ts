import { createTransport } from 'nodemailer'
import type {
  AccountMailKind,
  NoticeKind,
  QuestionMailKind,
  WebhookMailKind,
} from '../domain/vocabulary.js'
import { MailError, mailErrorFrom } from './mail-error.js'
import { oneLine } from './plain-text.js'

/** How mail leaves. */
export interface MailTransportOptions {
  /**
   * `smtp://user:password@host:587` or `smtps://…:465`. With a password nothing is sent before the
   * connection is encrypted, unless the address says `?requireTLS=false`.
   */
  smtpUrl: string
  /** The sender, `Joint-Force <no-reply@example.org>`. */
  from: string
  /** The right-hand side of every Message-ID: a domain of ours. */
  messageIdDomain: string
}

/** One mail to one person. */
export interface Mail {
  to: { name: string; address: string }
  /** The contact or person. */
  contactId: string
  kind: NoticeKind | AccountMailKind | QuestionMailKind | WebhookMailKind
  /** Names this mail among those of its kind to them; a mail sent again carries the same one. */
  window: string
  /** Set when the mail is about exactly one case: such mails form one thread per case. */
  caseId?: string
  /** Where the recipient can end mails of this kind by one click (RFC 8058). */
  unsubscribeUrl?: string
  subject: string
  text: string
  html: string
}

/** The way to the mail server. */
export interface MailTransport {
  /**
   * Hands one mail to the mail server; resolves when the server has taken it. Throws `MailError`.
   * Delivery is at least once: a mail whose acknowledgement was lost is sent again under the same
   * Message-ID.
   */
  send(mail: Mail): Promise<{ accepted: string; messageId: string }>
  /** Resolves when the server answers and takes our name and password. Throws `MailError`. */
  verify(): Promise<void>
  close(): void
}

const SUBJECT_MAX_LENGTH = 160
const NAME_MAX_LENGTH = 100
const ADDRESS = /^[^\s@<>()[\],;:"\\\p{Cc}]{1,64}@[^\s@<>()[\],;:"\\\p{Cc}]{1,255}$/u
const CONNECT_TIMEOUT_MS = 10_000
const SILENT_SERVER_TIMEOUT_MS = 30_000

/** Sends mails through a real SMTP server, one connection per mail. */
export function createMailTransport(options: MailTransportOptions): MailTransport {
  const { smtpUrl, from, messageIdDomain } = options
  const keepsPasswordPrivate = mustEncrypt(smtpUrl)
  const transport = createTransport({
    url: smtpUrl,
    ...(keepsPasswordPrivate ? { requireTLS: true, ignoreTLS: false } : {}),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    dnsTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENT_SERVER_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })

  async function send(mail: Mail): Promise<{ accepted: string; messageId: string }> {
    const { to, contactId, kind, window, caseId, text, html, unsubscribeUrl } = mail
    if (!ADDRESS.test(to.address)) {
      throw new MailError('refused', 'The contact has no valid mail address; correct it')
    }
    const messageId = messageIdOf([contactId, kind, window], messageIdDomain)
    const thread = caseId === undefined ? undefined : threadRootOf(caseId, contactId)
    try {
      await transport.sendMail({
        from,
        to: { name: headerText(to.name, NAME_MAX_LENGTH), address: to.address },
        subject: headerText(mail.subject, SUBJECT_MAX_LENGTH),
        text,
        html,
        messageId,
        ...(thread === undefined ? {} : { inReplyTo: thread, references: thread }),
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          ...(unsubscribeUrl === undefined ? {} : unsubscribing(unsubscribeUrl)),
        },
      })
    } catch (error) {
      throw failureFrom(error)
    }
    return { accepted: to.address, messageId }
  }

  /** No mail has this id: clients thread by a shared ancestor, even one they never received. */
  function threadRootOf(caseId: string, contactId: string): string {
    return messageIdOf([caseId, contactId], messageIdDomain)
  }

  async function verify(): Promise<void> {
    try {
      await transport.verify()
    } catch (error) {
      throw failureFrom(error)
    }
  }

  function failureFrom(error: unknown): MailError {
    const failure = mailErrorFrom(error)
    const isOurRule = keepsPasswordPrivate && isWithoutTls(error)
    return isOurRule ? new MailError('configuration', NO_TLS_OFFERED, { cause: error }) : failure
  }

  return { send, verify, close: () => transport.close() }
}

/** A mail program shows a button for it, and posts to the address when it is pressed. */
function unsubscribing(url: string): Record<string, string> {
  return {
    'List-Unsubscribe': `<${url}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

const NO_TLS_OFFERED =
  'Check the mail settings (SMTP_URL): the server offers no encryption, and the password would be ' +
  'readable on the way; use one that does, or allow it with ?requireTLS=false'

/** Did nodemailer give up because STARTTLS was required and not to be had? */
function isWithoutTls(error: unknown): boolean {
  const { code } = error as { code?: string }
  return code === 'ETLS' || code === 'EREQUIRETLS'
}

/** Must the server offer TLS, because a password would be readable on the way otherwise? */
function mustEncrypt(smtpUrl: string): boolean {
  const url = URL.parse(smtpUrl)
  if (!url || url.protocol !== 'smtp:' || (!url.username && !url.password)) return false
  return !url.searchParams.has('requireTLS')
}

/** One line in which nothing reads as an RFC 2047 encoded word, which mail programs would decode. */
function headerText(text: string, maxLength: number): string {
  return oneLine(oneLine(text, maxLength).replaceAll('=?', '= ?'), maxLength)
}

/** `<a.b.c@domain>`; characters a Message-ID may not hold (RFC 5322 dot-atom) are %-escaped. */
function messageIdOf(parts: string[], domain: string): string {
  const escaped = parts.map((part) =>
    encodeURIComponent(part.replace(/\p{Cs}/gu, '\u{fffd}')).replace(
      /[.()]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  )
  return `<${escaped.join('.')}@${domain}>`
}
