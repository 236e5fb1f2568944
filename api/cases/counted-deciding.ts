import type { DecideMessage } from '../../domain/case/message/decide-message.js'
import type { RouteDeps } from '../deps.js'
import type { DecideAnswer } from './gateway.js'

/** Sends an answer to its case; what became of it is counted. Throws as the gateway does. */
export type CountedDeciding = (message: DecideMessage, timeoutMs?: number) => Promise<DecideAnswer>

/** Deciding by `gateway`, counted in `metrics`. */
export function countedDeciding({
  gateway,
  metrics,
}: Pick<RouteDeps, 'gateway' | 'metrics'>): CountedDeciding {
  return async (message, timeoutMs) => {
    try {
      const answer = await gateway.decide(message, { timeoutMs })
      metrics.decision(answer.kind)
      return answer
    } catch (error) {
      metrics.decision('refused')
      throw error
    }
  }
}
