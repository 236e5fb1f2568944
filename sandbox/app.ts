import { createHash, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { adminApi } from './admin-api.js'
import { controlApi } from './control-api.js'
import { ListingsFileError } from './facts.js'
import { createFaults } from './faults.js'
import { sendProblem } from './problems.js'
import { createSettler } from './settler.js'
import { openShop } from './shop.js'
import { shopWindow } from './shop-window.js'

/** Listing ids and takedown keys travel in paths. */
const MAX_PARAM_CHARS = 1024

/** What a sandbox is made of. */
export interface SandboxOptions {
  /** Folder of the journal; created where missing. */
  dataDir: string
  /** Bearer token of everything but the shop window and `/health`. */
  token: string
  /** How a browser reaches the sandbox, without a slash at the end. */
  publicUrl: string
  logger?: FastifyBaseLogger
}

/** The sandbox as an HTTP server that does not listen yet. Closing it closes the journal. */
export async function buildSandbox(options: SandboxOptions): Promise<FastifyInstance> {
  const { dataDir, token, publicUrl, logger } = options
  const shop = await openShop(join(dataDir, 'sandbox.ndjson'))
  const faults = createFaults()
  const stop = new AbortController()
  const settler = createSettler(shop, (error) => app.log.fatal({ err: error }, 'cannot settle'))

  const app = Fastify({
    ...(logger ? { loggerInstance: logger } : {}),
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: MAX_PARAM_CHARS },
    forceCloseConnections: true,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
  }).withTypeProvider<TypeBoxTypeProvider>()

  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
    const status = error instanceof ListingsFileError ? 400 : (error.statusCode ?? 500)
    if (status < 500) return sendProblem(reply, 'invalidRequest', { detail: error.message })
    app.log.error({ err: error }, 'request failed')
    return sendProblem(reply, 'internalError')
  })

  app.addHook('onClose', async () => {
    stop.abort()
    settler.stop()
    await shop.close()
  })

  await app.register(shopWindow(shop))
  app.get('/health', async () => ({
    status: 'ok',
    marketplaces: shop.marketplaces().map((id) => {
      const listings = shop.listings(id)
      return { id, listings: listings.length, forSale: listings.filter((l) => !l.gone).length }
    }),
  }))

  await app.register(async (guarded) => {
    guarded.addHook('onRequest', async (request, reply) => {
      if (isBearer(request.headers.authorization, token)) return
      return sendProblem(reply, 'unauthenticated')
    })
    await guarded.register(adminApi({ shop, faults }))
    await guarded.register(
      controlApi({
        shop,
        faults,
        urlOf: (marketplace, listingId) =>
          `${publicUrl}/shop/${marketplace}/${encodeURIComponent(listingId)}`,
        settleLater: (takedown) => settler.add(takedown),
        stopping: stop.signal,
      }),
      { prefix: '/m/:marketplace/v1' },
    )
  })

  shop.pending().forEach((takedown) => settler.add(takedown))
  return app
}

function isBearer(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`))
}
