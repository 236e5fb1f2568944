import {
  ActivityCancellationType,
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import type { Activities } from '../../activities/index.js'
import { checkInput } from '../input.js'
import {
  type DeliveryRound,
  type WebhookDeliveryInput,
  webhookMessagesWait,
  WEBHOOKS_QUEUE,
} from '../messages.js'

const common = {
  taskQueue: WEBHOOKS_QUEUE,
  heartbeatTimeout: '15s',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' },
} as const

const { deliverWebhooks } = proxyActivities<Activities>({
  ...common,
  startToCloseTimeout: '2m',
  summary: 'send what is due',
})
const { replayWebhooks } = proxyActivities<Activities>({
  ...common,
  startToCloseTimeout: '5m',
  summary: 'put a span of time in line again',
})
const { tellWebhookDisabled } = proxyActivities<Activities>({
  ...common,
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '1d',
  summary: 'mail that the endpoint was given up',
})

/**
 * Sends what waits for one endpoint of a brand, and ends when nothing does: the next message starts
 * it again. What waits is in the database, so that it holds nothing in memory however long the
 * receiver is away; when it is tried again is decided by `domain/webhook/retrying.ts`.
 */
export async function webhookDelivery(input: WebhookDeliveryInput): Promise<void> {
  checkInput('webhookDelivery', input)
  const { endpointId, brandId, maxRounds = Infinity } = input
  let isWoken = false
  setHandler(webhookMessagesWait, () => {
    isWoken = true
  })
  for (let rounds = 1; ; rounds++) {
    isWoken = false
    const round = await deliverWebhooks({ endpointId })
    setCurrentDetails(`Endpoint ${endpointId} of ${brandId}\n\n${inWords(round)}`)
    if ('ended' in round) {
      if (round.ended === 'givenUp') await tellWebhookDisabled({ endpointId })
      // What came meanwhile waits until the endpoint is enabled again.
      return
    }
    const { next, resting, replaying } = round
    if (replaying) await replayWebhooks({ endpointId })
    else if (next !== null) {
      const summary = resting ? 'leave the receiver alone' : 'wait for the next attempt'
      // While it rests nothing that comes is sent any sooner.
      await condition(() => isWoken && !resting, Math.max(1, next - Date.now()), { summary })
    } else if (!isWoken) return
    if (rounds >= maxRounds || workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished)
      await continueAsNew<typeof webhookDelivery>(input)
    }
  }
}

function inWords(round: DeliveryRound): string {
  if ('ended' in round) return `Nothing is sent: ${round.ended}`
  if (round.replaying) return 'Messages of a span of time are put in line again'
  if (round.next === null) return 'Everything was sent'
  const at = new Date(round.next).toISOString()
  return round.resting ? `The receiver is left alone until ${at}` : `Next attempt: ${at}`
}
