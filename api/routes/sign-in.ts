import { LINK_LIFE_MS } from '../../domain/person/sign-in-links.js'
import {
  AskedLinkSchema,
  NewSignInLinkSchema,
  SessionSchema,
  SignInSchema,
} from '../../contract/session.js'
import { randomSecret } from '../../platform/digest.js'
import type { RouteDeps } from '../deps.js'
import { iso } from '../present/iso.js'
import { presentSession } from '../present/session.js'
import { brandNamesOf } from '../sign-in/brand-names.js'
import { codeOf } from '../sign-in/code.js'
import { createSignInLimit } from '../sign-in/limit-sign-ins.js'
import type { App } from './route.js'

/** How people come in: by a link in a mail. */
export function signInRoutes(app: App, deps: RouteDeps): void {
  const { cookies, signInLinks, sessions, people, now, config } = deps
  const limitSignIns = createSignInLimit(app, config.RATE_LIMIT_PER_MINUTE > 0)

  app.post(
    '/sign-in/links',
    {
      config: { scope: 'public', ownPagesOnly: true, problems: ['foreign-page'] },
      schema: {
        operationId: 'askForSignInLink',
        summary: 'Ask for a mail with a link to sign in',
        description:
          'The answer is the same whether somebody has the address or not. The browser that asks ' +
          'gets a cookie; in another one the link needs the code.',
        tags: ['Signing in'],
        body: NewSignInLinkSchema,
        response: {
          202: {
            description:
              'A mail is on its way if somebody has the address; ask again if none comes',
            content: { 'application/json': { schema: AskedLinkSchema } },
          },
        },
      },
    },
    async (request, reply) => {
      await limitSignIns(request)
      const browserSecret = cookies.browserOf(request) ?? randomSecret()
      cookies.keepBrowser(reply, browserSecret)
      signInLinks.ask(request.body.email, browserSecret)
      return reply.code(202).send({
        code: codeOf(browserSecret),
        expiresAt: iso(new Date(now() + LINK_LIFE_MS.asked)),
      })
    },
  )

  app.post(
    '/sign-in',
    {
      config: {
        scope: 'public',
        ownPagesOnly: true,
        problems: ['foreign-page', 'code-needed', 'wrong-code', 'link-spent', 'record-unavailable'],
      },
      schema: {
        operationId: 'signIn',
        summary: 'Sign in by a link, once',
        description: 'Gives the browser a cookie, and ends the session it had.',
        tags: ['Signing in'],
        body: SignInSchema,
        response: { 200: SessionSchema },
      },
    },
    async (request, reply) => {
      await limitSignIns(request)
      const { session, person, secret } = await sessions.open({
        token: request.body.token,
        code: request.body.code,
        browserSecret: cookies.browserOf(request),
        sessionSecret: cookies.sessionOf(request),
        userAgent: request.headers['user-agent'] ?? '',
      })
      cookies.keepSession(reply, secret)
      return presentSession(session, person, await brandNamesOf(person.memberships, people.brands))
    },
  )
}
