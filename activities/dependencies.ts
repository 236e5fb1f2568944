import type { Client } from '@temporalio/client'
import type { MailTiming } from '../domain/notice/mail-grouping.js'
import type { Marketplaces } from '../marketplaces/registry.js'
import type { MailTransport } from '../notifications/mail-transport.js'
import type { WebhookSender } from '../notifications/webhook-sender.js'
import type { SecretBox } from '../platform/secret-box.js'
import type { Store } from '../store/store.js'

/** Everything the activities act on; built once in worker/main.ts. */
export interface ActivityDependencies {
  store: Store
  marketplaces: Marketplaces
  mail: MailTransport
  temporal: Client
  mailTiming: MailTiming
  /** The version of the rules that new cases and digests take. */
  newCaseRules: () => number
  /** How many ended cases the reconciler starts again in a second. */
  restartsPerSecond: number
  /** How many messages all sweeps together send to cases in a second. */
  sweptPerSecond: number
  /** Where the API is reached, for links in mails; no slash at the end. */
  publicUrl: string
  /** Newest first; links are signed with the first. */
  answerTokenSecrets: readonly string[]
  /** The address told where a case has no lead who can be; `null` when there is none. */
  onCall: string | null
  /** The way to the brands' own systems, and what opens the secrets that sign what is sent. */
  webhooks: { sender: Pick<WebhookSender, 'send'>; secrets: Pick<SecretBox, 'open'> }
  /** Epoch ms by which deliveries to them are timed; the machine's clock when absent. */
  now?: () => number
}
