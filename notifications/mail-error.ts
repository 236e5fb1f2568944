/**
 * Who has to act on a mail that was not delivered: `refused` – the address or the mail is refused
 * for good, so the case must be told; `retry` – trying again later may help; `configuration` – our
 * own mail settings are wrong and an operator has to mend them.
 */
export type MailErrorKind = 'refused' | 'retry' | 'configuration'

/** A mail was not delivered; `kind` says who has to act. */
export class MailError extends Error {
  override readonly name = 'MailError'
  readonly kind: MailErrorKind

  constructor(kind: MailErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/** What nodemailer attaches to its errors, as far as they are sorted by it. */
interface SmtpFailure {
  code: string
  originalCode: string
  command: string
  responseCode: number
  response: string
  message: string
}

const CONFIGURATION_CODES = ['ENOAUTH', 'EOAUTH2', 'ETLS', 'EREQUIRETLS', 'ECONFIG']
const CERTIFICATE_CODE = /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL|EPROTO/
/** 530, 534, 535, 538: the server wants another log-in or encryption (RFC 4954). */
const LOGIN_CODES = [530, 534, 535, 538]

/** Sorts whatever nodemailer threw while a mail was on its way to one recipient. */
export function mailErrorFrom(cause: unknown): MailError {
  const failure = failureFrom(cause)
  const answer = oneAnswer(failure)
  switch (kindOf(failure)) {
    case 'refused':
      return new MailError('refused', `The mail server refuses this mail for good: ${answer}`, {
        cause,
      })
    case 'configuration':
      return new MailError('configuration', `Check the mail settings (SMTP_URL): ${answer}`, {
        cause,
      })
    case 'retry':
      return new MailError('retry', `The mail was not delivered, try again later: ${answer}`, {
        cause,
      })
  }
}

function kindOf(failure: SmtpFailure): MailErrorKind {
  const { code, originalCode, command, responseCode, response } = failure
  // 503 (bad sequence) speaks of the session, not of the mail.
  const permanent = responseCode >= 500 && responseCode < 600 && responseCode !== 503
  if (responseCode >= 400 && !permanent) return 'retry'
  if (CONFIGURATION_CODES.includes(code) || CERTIFICATE_CODE.test(originalCode)) {
    return 'configuration'
  }
  if (code === 'EAUTH' || LOGIN_CODES.includes(responseCode)) return 'configuration'
  if (!permanent) {
    // Without an answer of the server these are nodemailer's own checks: of our sender address
    // (recipients are checked before), and of the mail's size.
    if (code === 'EENVELOPE') return 'configuration'
    return code === 'EMESSAGE' ? 'refused' : 'retry'
  }
  // A relay that will not take mail from us says so for every recipient: not the address's fault.
  if (/\brelay(ing)?\b/i.test(response)) return 'configuration'
  return command === 'RCPT TO' || command === 'DATA' ? 'refused' : 'configuration'
}

/** Servers repeat the address they refuse; the record, which keeps this for good, must not hold it. */
function oneAnswer({ response, message, code }: SmtpFailure): string {
  return (response || message || code)
    .slice(0, 1000)
    .replace(/[^\s<>"'():;,]+@[^\s<>"'():;,]+/g, '…')
    .replace(/\s+/g, ' ')
    .slice(0, 300)
}

function failureFrom(cause: unknown): SmtpFailure {
  const fields: Record<string, unknown> =
    typeof cause === 'object' && cause !== null ? { ...cause } : {}
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '')
  return {
    code: text('code'),
    originalCode: text('originalCode') || text('code'),
    command: text('command'),
    responseCode: typeof fields.responseCode === 'number' ? fields.responseCode : 0,
    response: text('response'),
    message: cause instanceof Error ? cause.message : String(cause),
  }
}
