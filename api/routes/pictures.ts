import type { FastifyReply } from 'fastify'
import {
  PICTURE_TYPE,
  PictureParams,
  PictureQuerySchema,
  PictureSchema,
} from '../../contract/picture.js'
import { PictureUnavailable } from '../../evidence/unavailable.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, found } from '../errors.js'
import type { ApiCaller } from '../callers/caller.js'
import { mayUse } from '../callers/scopes.js'
import { type App, callerOf } from './route.js'

/** What a picture is does not change under its hash; the browser keeps it for whoever may see it. */
const KEEP = 'private, max-age=86400'

/** Pictures of listings, from this service: no seller learns who looks at them. */
export function pictureRoutes(app: App, { store, pictures }: RouteDeps): void {
  const keepHash = onceEach(store.pictureHashes)
  /** Where it may be fetched from; `null` when the caller may not see it. Pictures of references are kept. */
  async function addressesOf(caller: ApiCaller, sha256: string): Promise<string[] | null> {
    const urls = await store.cases.pictureUrls(caller, sha256)
    if (urls || !mayUse(caller.role, 'references:read')) return urls
    return (await store.references.show(caller, sha256)) ? [] : null
  }

  app.get(
    '/pictures/:sha256',
    {
      config: {
        scope: 'cases:read',
        problems: ['not-found', 'picture-differs', 'picture-unavailable'],
      },
      schema: {
        operationId: 'readPicture',
        summary: 'A picture of a listing, or of a genuine product',
        description:
          'Of a case that you may read, or of a reference of a brand of yours. That of a listing is fetched from the marketplace when it is first asked for, ' +
          'and kept. Where its address shows another picture than the one that was reported, the answer ' +
          'is `picture-differs`, and `other=true` gives that one.',
        tags: ['Cases'],
        params: PictureParams,
        querystring: PictureQuerySchema,
        response: { 200: { content: { [PICTURE_TYPE]: { schema: PictureSchema } } } },
      },
    },
    async (request, reply) => {
      const { sha256 } = request.params
      const { size = 'large', other = false } = request.query
      const urls = await found('picture', addressesOf(callerOf(request), sha256))
      const { bytes, facts } = await pictures
        .read({ sha256, urls }, size)
        .catch((error: unknown) => {
          if (!(error instanceof PictureUnavailable)) throw error
          request.log.info({ err: error, sha256 }, 'a picture cannot be had')
          throw new ApiProblem(
            'picture-unavailable',
            'It cannot be fetched from the address that was reported, or is no picture.',
            { cause: error },
          )
        })
      keepHash(facts).catch((error: unknown) => {
        request.log.warn({ err: error, sha256 }, 'what a picture looks like could not be kept')
      })
      const isAsReported = facts.sha256 === sha256
      if (!isAsReported && !other) {
        throw new ApiProblem(
          'picture-differs',
          'The address shows another picture than the one that was reported; other=true gives it.',
          { extensions: { pictureSha256: facts.sha256 } },
        )
      }
      void reply
        .type(PICTURE_TYPE)
        .headers({ 'picture-sha256': facts.sha256, 'picture-phash': facts.phash })
        .header('cache-control', isAsReported ? KEEP : 'no-store')
      return (reply as FastifyReply).send(Buffer.from(bytes))
    },
  )
}

/** So many that were kept lately are not kept again. */
const MAX_REMEMBERED = 20_000

/** Keeps what a picture looks like when it is first looked at in this process. */
function onceEach(hashes: RouteDeps['store']['pictureHashes']) {
  const kept = new Set<string>()
  return async (facts: { sha256: string; phash: string }): Promise<void> => {
    if (kept.has(facts.sha256)) return
    if (kept.size >= MAX_REMEMBERED) kept.clear()
    kept.add(facts.sha256)
    try {
      await hashes.keep(facts)
    } catch (error) {
      kept.delete(facts.sha256)
      throw error
    }
  }
}
