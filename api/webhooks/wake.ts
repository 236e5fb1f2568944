import type { Client } from '@temporalio/client'
import { WEBHOOK_DELIVERY } from '../../workflows/messages.js'
import { wakingEndpoint } from '../../workflows/webhook/start.js'

const CALL_WITHIN_MS = 5_000

/** Tells the workflow of an endpoint that something waits for it. */
export async function wakeEndpoint(
  temporal: Client,
  endpoint: { endpointId: string; brandId: string },
): Promise<void> {
  await temporal.withDeadline(Date.now() + CALL_WITHIN_MS, () =>
    temporal.workflow.signalWithStart(WEBHOOK_DELIVERY, wakingEndpoint(endpoint)),
  )
}
