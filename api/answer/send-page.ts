import type { FastifyReply } from 'fastify'
import type { Page } from './result-pages.js'
import { CONTENT_SECURITY_POLICY } from './style.js'

/** Sends a page without script, which nothing keeps, reads along or learns of. */
export function sendPage(reply: FastifyReply, { status, html }: Page) {
  return reply
    .code(status)
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .header('x-robots-tag', 'noindex')
    .type('text/html; charset=utf-8')
    .serializer((page: string) => page)
    .send(html)
}
