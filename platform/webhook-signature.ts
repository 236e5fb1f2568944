import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A new secret, as Standard Webhooks writes it. */
export function newWebhookSecret(): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`
}

/** What is signed. */
export interface Signed {
  /** The header `webhook-id`. */
  id: string
  /** The header `webhook-timestamp`, in whole seconds since 1970. */
  timestamp: number
  body: string
}

/**
 * The header `webhook-signature` (Standard Webhooks 1.0, symmetric): one signature for each secret,
 * so that either verifies while one replaces the other.
 */
export function webhookSignature(secrets: readonly string[], signed: Signed): string {
  const { id, timestamp, body } = signed
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
      const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`)
      return `v1,${hmac.digest('base64')}`
    })
    .join(' ')
}
