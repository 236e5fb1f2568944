import { Agent, request } from 'undici'
import { WEBHOOK_PORTS } from '../domain/webhook/limits.js'
import type { WebhookAnswer } from '../domain/webhook/retrying.js'
import {
  ForbiddenAddress,
  publicLookup,
  type Reachable,
  reachableUrl,
  type Resolve,
} from '../platform/public-internet.js'
import { webhookSignature } from '../platform/webhook-signature.js'

const MAX_CONNECTIONS_PER_HOST = 8
/** What a receiver says beyond its status is not read. */
const MAX_ANSWER_BYTES = 64 * 1024

/** How messages leave. */
export interface WebhookSenderOptions extends Pick<Reachable, 'localOrigins'> {
  /** What receivers are told of who sends. */
  userAgent: string
  /** From connecting to the answer. */
  timeoutMs?: number
  connectTimeoutMs?: number
  resolve?: Resolve
}

/** One message to one endpoint. */
export interface WebhookMessage {
  url: string
  /** The same at each attempt: by it the receiver knows the message again. */
  messageId: string
  body: string
  /** Each signs; the newest first. */
  secrets: readonly string[]
  /** Epoch ms. */
  at: number
}

/** The way to the brands' own systems. */
export interface WebhookSender {
  /** Sends it once. Never throws: what went wrong is the answer. */
  send(message: WebhookMessage): Promise<WebhookAnswer>
  close(): Promise<void>
}

/**
 * Sends over HTTPS to the public internet only, wherever a brand points an endpoint. Redirects are
 * not followed: a message is signed for where it was meant to go.
 */
export function createWebhookSender({
  localOrigins,
  userAgent,
  timeoutMs = 15_000,
  connectTimeoutMs = 5_000,
  resolve,
}: WebhookSenderOptions): WebhookSender {
  const common = { connections: MAX_CONNECTIONS_PER_HOST, maxResponseSize: MAX_ANSWER_BYTES }
  const guarded = new Agent({
    ...common,
    connect: { timeout: connectTimeoutMs, lookup: publicLookup(resolve) },
  })
  const local = new Agent({ ...common, connect: { timeout: connectTimeoutMs } })

  return {
    async send({ url: given, messageId, body, secrets, at }) {
      const signal = AbortSignal.timeout(timeoutMs)
      const timestamp = Math.floor(at / 1000)
      try {
        const url = reachableUrl(given, { localOrigins, ports: WEBHOOK_PORTS })
        const answer = await request(url, {
          dispatcher: localOrigins.includes(url.origin) ? local : guarded,
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'user-agent': userAgent,
            'webhook-id': messageId,
            'webhook-timestamp': String(timestamp),
            'webhook-signature': webhookSignature(secrets, { id: messageId, timestamp, body }),
          },
          body,
          signal,
        })
        // The status is the answer, whatever follows it.
        await answer.body.dump({ limit: MAX_ANSWER_BYTES, signal }).catch(() => undefined)
        const retryAfter = answer.headers['retry-after']
        return {
          status: answer.statusCode,
          retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
        }
      } catch (error) {
        if (signal.aborted) return { error: `no answer within ${timeoutMs / 1000} s` }
        return { error: inWords(error) }
      }
    },
    async close() {
      await Promise.all([guarded.destroy(), local.destroy()])
    },
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the host cannot be reached',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_CONNECT_TIMEOUT: 'the host does not take the connection',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate cannot be verified',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host',
}

/** For the brand: says nothing of our network. */
function inWords(error: unknown): string {
  if (error instanceof ForbiddenAddress) return error.message
  const { code } = error as { code?: string }
  return CAUSES[code ?? ''] ?? 'the message could not be sent'
}
