import { Type } from 'typebox'
import { readObject } from '../bounces/bounce.js'
import { isFromMailgun, mailgunBounce } from '../bounces/mailgun.js'
import { isSignedBy, sesBounce, snsAddress, type SnsMessage } from '../bounces/ses.js'
import { createTakeBounce } from '../bounces/take-bounce.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, notFound } from '../errors.js'
import { takeBodies } from '../http/bodies.js'
import type { App } from './route.js'

const BODY_LIMIT = 256 * 1024
/** Certificates that are known; Amazon changes them about once a year. */
const MAX_CERTIFICATES = 20

const Provider = Type.Object({
  provider: Type.String({
    pattern: '^(ses|mailgun)$',
    description: 'Whose format it is in.',
    examples: ['ses'],
  }),
})

/** What whoever carries our mails tells of those that came back. */
export function bounceRoutes(app: App, deps: RouteDeps): void {
  const { bounces, now } = deps
  const takeBounce = createTakeBounce(deps)
  const certificates = new Map<string, string>()
  // Amazon sends JSON that it calls text; what is signed is read by its own rules.
  app.removeAllContentTypeParsers()
  for (const type of ['text/plain', 'application/json'])
    takeBodies(app, type, BODY_LIMIT, readObject)

  app.post(
    '/bounces/:provider',
    {
      config: { scope: 'public' },
      schema: {
        operationId: 'takeBounce',
        summary: 'Take what a mail provider tells of a mail that came back',
        description: 'Signed by the provider; see docs/operations.md, Mail that comes back.',
        tags: ['Mail'],
        params: Provider,
        response: { 204: Type.Null({ description: 'Taken, or of no concern' }) },
      },
    },
    async (request, reply) => {
      const message = request.body as SnsMessage | null
      if (!message) throw new ApiProblem('malformed-body', 'Send the JSON of the notification.')
      if (request.params.provider === 'ses') await takeFromSes(message)
      else await takeFromMailgun(message)
      return reply.code(204).send(null)
    },
  )

  async function takeFromMailgun(message: SnsMessage): Promise<void> {
    if (bounces.mailgunKey === '') throw notFound('provider')
    if (!isFromMailgun(message, bounces.mailgunKey, now())) throw unsigned()
    const bounce = mailgunBounce(message)
    if (bounce) await takeBounce(bounce)
  }

  async function takeFromSes(message: SnsMessage): Promise<void> {
    if (bounces.snsTopics.length === 0) throw notFound('provider')
    // Before anything is fetched: a stranger's topic is signed by Amazon, too.
    if (!bounces.snsTopics.includes(String(message['TopicArn']))) throw unsigned()
    const address = snsAddress(message['SigningCertURL'])
    if (!address || !isSignedBy(message, await certificateAt(address))) throw unsigned()
    if (message['Type'] === 'SubscriptionConfirmation') {
      const confirming = snsAddress(message['SubscribeURL'])
      if (confirming) await bounces.fetchText(confirming)
      return
    }
    const bounce = sesBounce(message)
    if (bounce) await takeBounce(bounce)
  }

  async function certificateAt(address: URL): Promise<string> {
    const known = certificates.get(address.href)
    if (known !== undefined) return known
    const certificate = await bounces.fetchText(address)
    if (certificates.size >= MAX_CERTIFICATES) certificates.clear()
    certificates.set(address.href, certificate)
    return certificate
  }
}

function unsigned(): ApiProblem {
  return new ApiProblem('unauthenticated', 'The provider has not signed this as we know it.')
}
