import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Bounce, objectOf, textOf } from './bounce.js'

/** So old a message may be: Mailgun goes on trying for eight hours. */
const FRESH_S = 24 * 60 * 60
const MAX_DETAIL = 500

/** True for a webhook of Mailgun that was signed with `key` within a day before `nowMs`. */
export function isFromMailgun(body: Readonly<Record<string, unknown>>, key: string, nowMs: number) {
  const signature = objectOf(body['signature'])
  const [timestamp, token] = [textOf(signature?.['timestamp']), textOf(signature?.['token'])]
  const given = Buffer.from(textOf(signature?.['signature']))
  const right = Buffer.from(
    createHmac('sha256', key)
      .update(timestamp + token)
      .digest('hex'),
  )
  const isFresh = Math.abs(nowMs / 1_000 - Number(timestamp)) <= FRESH_S
  return isFresh && given.length === right.length && timingSafeEqual(given, right)
}

/** The bounce that a webhook of Mailgun tells of; `null` for anything else, also what may still arrive. */
export function mailgunBounce(body: Readonly<Record<string, unknown>>): Bounce | null {
  const event = objectOf(body['event-data'])
  if (event?.['event'] !== 'failed' || event['severity'] !== 'permanent') return null
  const headers = objectOf(objectOf(event['message'])?.['headers'])
  const status = objectOf(event['delivery-status'])
  const detail = [status?.['code'], textOf(status?.['message']) || textOf(status?.['description'])]
  const said = detail.filter((part) => part !== undefined && part !== '').join(' ')
  return {
    messageId: textOf(headers?.['message-id']),
    at: new Date(Number(event['timestamp']) * 1_000),
    detail: (said || textOf(event['reason']) || 'bounced').slice(0, MAX_DETAIL),
  }
}
