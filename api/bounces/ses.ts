import { createVerify } from 'node:crypto'
import { type Bounce, objectOf, readObject, textOf } from './bounce.js'

/** A message of Amazon SNS, as far as it is read. */
export type SnsMessage = Readonly<Record<string, unknown>>

/** Which fields are signed, in this order; `Subject` only where there is one. */
const SIGNED: Record<string, readonly string[]> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    ...['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  ],
}
const ALGORITHMS: Record<string, string> = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' }
const SNS_HOST = /^sns\.[a-z0-9-]{3,30}\.amazonaws\.com(\.cn)?$/
const MAX_DETAIL = 500

/** Where the certificate that signed a message is, or where it is subscribed to; `null` = not at Amazon. */
export function snsAddress(url: unknown): URL | null {
  const parsed = URL.parse(textOf(url))
  const isTheirs = parsed?.protocol === 'https:' && SNS_HOST.test(parsed.hostname)
  return isTheirs && parsed.port === '' && parsed.username === '' ? parsed : null
}

/** True for a message that the owner of the certificate (PEM) has signed. */
export function isSignedBy(message: SnsMessage, certificate: string): boolean {
  const fields = SIGNED[textOf(message['Type'])]
  const algorithm = ALGORITHMS[textOf(message['SignatureVersion'])]
  if (!fields || !algorithm) return false
  const signed = fields
    .filter((name) => typeof message[name] === 'string')
    .map((name) => `${name}\n${textOf(message[name])}\n`)
    .join('')
  try {
    const verify = createVerify(algorithm).update(signed)
    return verify.verify(certificate, textOf(message['Signature']), 'base64')
  } catch {
    return false
  }
}

/**
 * The bounce of which Amazon SES notifies, by a topic of the identity or an event destination; `null` for
 * anything else, also what may still arrive. Needs the original headers in the notification, because
 * SES gives mails a Message-ID of its own.
 */
export function sesBounce({ Message }: SnsMessage): Bounce | null {
  const event = readObject(Message)
  const kind = event?.['notificationType'] ?? event?.['eventType']
  const bounce = objectOf(event?.['bounce'])
  if (kind !== 'Bounce' || bounce?.['bounceType'] !== 'Permanent') return null
  const headers = objectOf(event?.['mail'])?.['headers']
  const header = (Array.isArray(headers) ? headers : [])
    .map(objectOf)
    .find((one) => textOf(one?.['name']).toLowerCase() === 'message-id')
  const recipients = bounce['bouncedRecipients']
  const first = objectOf(Array.isArray(recipients) ? recipients[0] : null)
  const detail = textOf(first?.['diagnosticCode']) || textOf(first?.['status']) || 'bounced'
  return {
    messageId: textOf(header?.['value']),
    at: new Date(textOf(bounce['timestamp'])),
    detail: detail.slice(0, MAX_DETAIL),
  }
}
