import { readFileSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiProblem } from './errors.js'
import type { App } from './routes/route.js'

/** Nothing but our own files; no script or style in the page, and none that text could become. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** What is below them is never a screen of the portal. */
const OWNED_BY_API: readonly string[] = ['v1', 'docs', 'answer', 'assets']

/** As the build names its files: in no folder, and so in no other one. */
const PLAIN_NAME = /^[\w-]+\.[\w.-]+$/

const NOT_BUILT =
  'The portal is not here: `npm run build` makes it in dist/portal; name that folder in PORTAL_DIR.'

/** The browser app, as far as this process has it. */
export interface Portal {
  /** True for what a browser asks for when somebody goes to an address that no path of the API is. */
  isScreen(request: FastifyRequest): boolean
  /** Answers with the one page of all screens, which finds out which of them is meant. */
  sendPage(reply: FastifyReply): FastifyReply
}

/**
 * Serves the portal that `npm run build` made in `folder`; with an empty name there is none, and its
 * screens answer 404 with what to do. Throws when the folder holds no portal.
 */
export function registerPortal(app: App, folder: string): Portal {
  const page = folder === '' ? null : readPage(folder)

  const sendPage = (reply: FastifyReply) => {
    if (page === null) throw new ApiProblem('not-found', NOT_BUILT)
    return (
      reply
        .code(200)
        .header('content-security-policy', CONTENT_SECURITY_POLICY)
        // The page names its files by their content, so that it is the only one that gets old.
        .header('cache-control', 'no-cache')
        .type('text/html; charset=utf-8')
        .serializer((text: string) => text)
        .send(page)
    )
  }
  app.get('/', { config: { scope: 'public' }, schema: { hide: true } }, async (_request, reply) =>
    sendPage(reply),
  )
  if (folder !== '') {
    void app.register(async (files) => {
      const root = path.resolve(folder, 'assets')
      await files.register(fastifyStatic, { root, serve: false, preCompressed: true })
      files.get<{ Params: { '*': string } }>(
        '/assets/*',
        { config: { scope: 'public' }, schema: { hide: true } },
        (request, reply) => {
          const name = request.params['*']
          if (!PLAIN_NAME.test(name)) return reply.callNotFound()
          return reply.sendFile(name, root, { maxAge: '365d', immutable: true })
        },
      )
    })
  }
  return { isScreen, sendPage }
}

function isScreen({ method, url, headers }: FastifyRequest): boolean {
  const [, first = ''] = (url.split('?', 1)[0] ?? '').split('/')
  if (!['GET', 'HEAD'].includes(method) || OWNED_BY_API.includes(first.toLowerCase())) return false
  return headers.accept?.includes('text/html') ?? false
}

function readPage(folder: string): string {
  const file = path.resolve(folder, 'index.html')
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Error(`PORTAL_DIR holds no portal (${file}): make it with npm run build`, { cause })
  }
}
