import type { FastifyRequest } from 'fastify'
import { tidied } from '../../domain/form/given-text.js'
import { decodeText } from '../../platform/decode-text.js'
import { ApiProblem } from '../errors.js'
import type { App } from '../routes/route.js'

/**
 * Reads the bodies of a content type: strictly by the encoding it names, UTF-8 unless told. `read`
 * makes what the route gets of the text; without it, the route gets the text.
 */
export function takeBodies(
  app: App,
  contentType: string,
  bodyLimit: number,
  read: (text: string) => unknown = (text) => text,
): void {
  app.addContentTypeParser<Buffer>(
    contentType,
    { parseAs: 'buffer', bodyLimit },
    async (request: FastifyRequest, bytes: Buffer) =>
      read(decoded(bytes, request.headers['content-type'])),
  )
}

/** Reads JSON, and refuses what would change a prototype. */
export function takeJson(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, bytes, done) => {
      let text: string
      try {
        text = decoded(bytes, request.headers['content-type'])
      } catch (error) {
        done(error as Error)
        return
      }
      void parse(request, text, done)
    },
  )
}

function decoded(bytes: Buffer, contentType = ''): string {
  const [, encoding = 'utf-8'] = /;\s*charset="?([^\s";]{1,40})/i.exec(contentType) ?? []
  try {
    return decodeText(bytes, encoding)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_ENCODING_NOT_SUPPORTED') {
      throw new ApiProblem(
        'unsupported-media-type',
        `The encoding "${encoding}" is not known here; send UTF-8.`,
        { cause },
      )
    }
    throw new ApiProblem(
      'malformed-body',
      `The body is not ${encoding.toUpperCase()}: save the file in that encoding, or name its own ` +
        'as charset in Content-Type.',
      { cause },
    )
  }
}

/** Two spellings of an id that look the same are one id, on every route. */
export function tidyRequests(app: App): void {
  app.addHook('preValidation', async (request) => {
    request.body = tidied(request.body)
    request.query = tidied(request.query)
  })
}
