import type { IncomingHttpHeaders } from 'node:http'
import type { App } from '../routes/route.js'
import { ApiProblem } from '../errors.js'

const HARMLESS = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses what a page of somebody else's makes a browser send: the cookie of a session goes along by
 * itself. Keys are sent on purpose and may come from anywhere. `publicUrl` is where our pages are.
 */
export function refuseForeignPages(app: App, publicUrl: string): void {
  const { origin } = new URL(publicUrl)
  app.addHook('onRequest', async (request) => {
    const { config } = request.routeOptions
    const isGuarded = request.caller?.session !== undefined || config.ownPagesOnly === true
    if (!isGuarded || HARMLESS.includes(request.method)) return
    if (isFromOwnPage(request.headers, origin)) return
    throw new ApiProblem(
      'foreign-page',
      `Only pages of ${origin} send this with a session; a program sends an API key.`,
    )
  })
}

/** Every browser of today says where a request comes from; an older one says at least of which origin. */
function isFromOwnPage(headers: IncomingHttpHeaders, origin: string): boolean {
  const site = headers['sec-fetch-site']
  return site === undefined ? headers.origin === origin : site === 'same-origin'
}
