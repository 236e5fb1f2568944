import type { FastifyRequest } from 'fastify'
import type { App } from '../routes/route.js'
import { ApiProblem } from '../errors.js'

/** In a quarter of an hour: enough for an office behind one address on a Monday morning. */
export const SIGN_INS_AT_ONCE = 60
const WINDOW = '15 minutes'

/** Throws `rate-limited` when an address asks for links, or opens them, too often. */
export type LimitSignIns = (request: FastifyRequest) => Promise<void>

/** Counts requests about signing in by the address they come from; `isOn` as the other limits are. */
export function createSignInLimit(app: App, isOn: boolean): LimitSignIns {
  let limit: ReturnType<App['createRateLimit']> | undefined
  return async (request) => {
    if (!isOn) return
    // The library's part is there only once the application is ready.
    limit ??= app.createRateLimit({
      max: SIGN_INS_AT_ONCE,
      timeWindow: WINDOW,
      keyGenerator: ({ ip }) => `signing in, from ${ip}`,
    })
    const result = await limit(request)
    if (result.isAllowed || !result.isExceeded) return
    throw new ApiProblem('rate-limited', 'Too much signing in from this address; wait a moment.', {
      retryAfterS: result.ttlInSeconds,
    })
  }
}
