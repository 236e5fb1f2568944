import { createApiClient } from '../../../../client/client.js'
import { reportOf } from '../../reports.js'
import { BATCH_SIZE, type BatchOrder, type BatchProgress } from '../order.js'

// A client that sends a large file of reports in batches and says after each how far it is.

const REQUEST_TIMEOUT_MS = 120_000

process.once('disconnect', () => process.exit(0))
process.once('message', (order: BatchOrder) => {
  void send(order).then(() => process.disconnect())
})

async function send({ apiUrl, key, first, count }: BatchOrder): Promise<void> {
  const api = createApiClient(apiUrl, key, { timeoutMs: REQUEST_TIMEOUT_MS })
  for (let sent = 0; sent < count; sent += BATCH_SIZE) {
    const size = Math.min(BATCH_SIZE, count - sent)
    const cases = Array.from({ length: size }, (_, i) => reportOf(first + sent + i))
    const { counts } = await api.post<{ counts: BatchProgress['counts'] }>('/cases:batch', {
      cases,
    })
    process.send?.({ acknowledged: sent + size, counts } satisfies BatchProgress)
  }
}
