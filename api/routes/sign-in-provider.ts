import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { SignInWaysSchema } from '../../contract/session.js'
import { randomSecret } from '../../platform/digest.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, notFound, problemOf } from '../errors.js'
import { createSignInLimit } from '../sign-in/limit-sign-ins.js'
import type { App } from './route.js'

/** It is a browser that asks, and a person before it who wants to know what to do. */
function sendBack(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const problem = problemOf(error)
  request.log.warn({ err: problem, cause: problem.cause }, 'nobody was let in by the provider')
  return reply.redirect(`/sign-in?problem=${problem.code}`, 303)
}

/** How people come in who have an account elsewhere. Browsers are sent to these, not pages' scripts. */
export function signInProviderRoutes(app: App, deps: RouteDeps): void {
  const { provider, cookies, sessions, config } = deps
  const limitSignIns = createSignInLimit(app, config.RATE_LIMIT_PER_MINUTE > 0)

  app.get(
    '/sign-in',
    {
      config: { scope: 'public' },
      schema: {
        operationId: 'listSignInWays',
        summary: 'How people can sign in, besides by mail',
        tags: ['Signing in'],
        response: { 200: SignInWaysSchema },
      },
    },
    async () => ({ provider: provider && { name: provider.name } }),
  )

  app.get(
    '/sign-in/provider',
    {
      config: { scope: 'public', problems: ['not-found'] },
      schema: {
        operationId: 'goToProvider',
        summary: 'Send the browser to the provider, to sign in there',
        description:
          'Or back to the sign-in page with `problem`, a code, where it does not answer.',
        tags: ['Signing in'],
        response: { 303: Type.Null() },
      },
    },
    async (request, reply) => {
      await limitSignIns(request)
      if (!provider) throw notFound('provider')
      const secret = randomSecret()
      try {
        const { href } = await provider.begin(secret)
        cookies.keepErrand(reply, secret)
        return await reply.redirect(href, 303)
      } catch (error) {
        cookies.forgetErrand(reply)
        return sendBack(error, request, reply)
      }
    },
  )

  app.get(
    '/sign-in/provider/return',
    {
      config: { scope: 'public', problems: ['not-found'] },
      schema: {
        operationId: 'returnFromProvider',
        summary: 'Let in whom the provider sends back',
        description:
          'Sends the browser to the portal, signed in; to its sign-in page with `problem`, a code, ' +
          'where that cannot be. Accounts are joined by an address only where the provider has made ' +
          'sure of it.',
        tags: ['Signing in'],
        response: { 303: Type.Null() },
      },
    },
    async (request, reply) => {
      await limitSignIns(request)
      if (!provider) throw notFound('provider')
      const errand = cookies.errandOf(request)
      cookies.forgetErrand(reply)
      try {
        if (errand === undefined) {
          throw new ApiProblem('sign-in-refused', 'This browser was not sent there by us.')
        }
        const [, query = ''] = request.url.split('?')
        const { secret } = await sessions.openFor(await provider.finish(errand, query), {
          sessionSecret: cookies.sessionOf(request),
          userAgent: request.headers['user-agent'] ?? '',
        })
        cookies.keepSession(reply, secret)
        return await reply.redirect('/', 303)
      } catch (error) {
        return sendBack(error, request, reply)
      }
    },
  )
}
