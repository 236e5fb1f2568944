import type { FastifyReply, FastifyRequest } from 'fastify'
import { MINUTE_MS } from '../../domain/brand/calendar.js'
import { LINK_LIFE_MS } from '../../domain/person/sign-in-links.js'
import { SESSION_MAX_MS } from '../../domain/person/session.js'

/** How long signing in at a provider may take. */
const ERRAND_MS = 15 * MINUTE_MS

/** What a browser keeps for us: secrets of ours (`randomSecret`), which no script of a page can read. */
export interface SignInCookies {
  /** The secret of its session. */
  sessionOf(request: Pick<FastifyRequest, 'headers'>): string | undefined
  /** The secret by which a browser is known that asked for a link. */
  browserOf(request: Pick<FastifyRequest, 'headers'>): string | undefined
  keepSession(reply: FastifyReply, secret: string): void
  forgetSession(reply: FastifyReply): void
  keepBrowser(reply: FastifyReply, secret: string): void
  /** The secret by which a browser is known that a provider sends back. */
  errandOf(request: Pick<FastifyRequest, 'headers'>): string | undefined
  keepErrand(reply: FastifyReply, secret: string): void
  forgetErrand(reply: FastifyReply): void
}

/**
 * Bound to this very host where the service is reached by https. By http, as on a single machine,
 * browsers differ in whether they take a `Secure` cookie, so there it has neither that nor the prefix.
 */
export function createCookies(publicUrl: string): SignInCookies {
  const isSecure = publicUrl.startsWith('https:')
  const nameOf = (what: string) => `${isSecure ? '__Host-' : ''}joint-force-${what}`
  const session = nameOf('session')
  const browser = nameOf('browser')
  const errand = nameOf('errand')

  const read = ({ headers }: Pick<FastifyRequest, 'headers'>, name: string) =>
    new RegExp(`(?:^|;\\s*)${name}=([\\w-]{43})(?:;|$)`).exec(headers.cookie ?? '')?.[1]
  const write = (reply: FastifyReply, name: string, value: string, lifeMs: number) => {
    const where = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
    reply.header('set-cookie', `${name}=${value}; Max-Age=${lifeMs / 1000}; ${where}`)
  }

  return {
    sessionOf: (request) => read(request, session),
    browserOf: (request) => read(request, browser),
    keepSession: (reply, secret) => write(reply, session, secret, SESSION_MAX_MS),
    forgetSession: (reply) => write(reply, session, '', 0),
    errandOf: (request) => read(request, errand),
    keepErrand: (reply, secret) => write(reply, errand, secret, ERRAND_MS),
    forgetErrand: (reply) => write(reply, errand, '', 0),
    keepBrowser: (reply, secret) => write(reply, browser, secret, LINK_LIFE_MS.asked),
  }
}
