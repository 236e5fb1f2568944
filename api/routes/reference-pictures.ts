import type { Static } from 'typebox'
import { REFERENCE_LIMITS } from '../../domain/listing/references.js'
import {
  PictureAddressSchema,
  PictureFormSchema,
  ReferenceParams,
  ReferencePictureParams,
  ReferenceSchema,
} from '../../contract/reference.js'
import { PictureUnavailable } from '../../evidence/unavailable.js'
import type { PictureFacts } from '../../evidence/picture.js'
import type { ApiCaller } from '../callers/caller.js'
import type { RouteDeps } from '../deps.js'
import { ApiProblem, found } from '../errors.js'
import { takePictureForms } from '../http/picture-form.js'
import { presentReference } from '../present/reference.js'
import { type App, callerOf } from './route.js'

/** Pictures of genuine products: sent, or fetched from where the brand shows them. */
export function referencePictureRoutes(
  app: App,
  { store: { references }, pictures, now }: RouteDeps,
): void {
  const path = '/brands/:brandId/references/:referenceId/pictures'

  /** Keeps a picture for a reference that is there; what is none, or one too many, is refused. */
  async function add(
    caller: ApiCaller,
    { brandId, referenceId }: { brandId: string; referenceId: string },
    keep: () => Promise<PictureFacts>,
  ) {
    await found('reference', references.find(caller, brandId, referenceId))
    const { sha256, phash, width, height } = await keep().catch((cause: unknown) => {
      if (!(cause instanceof PictureUnavailable)) throw cause
      throw new ApiProblem('invalid-value', `The picture is not taken: ${cause.message}.`, {
        cause,
      })
    })
    const picture = { sha256, phash, width, height }
    const limits = { most: REFERENCE_LIMITS.pictures, at: new Date(now()) }
    const added = await found(
      'reference',
      references.addPicture(caller, brandId, referenceId, picture, limits),
    )
    if (added !== 'full') return presentReference(added)
    throw new ApiProblem(
      'invalid-value',
      `A reference has at most ${REFERENCE_LIMITS.pictures} pictures; remove one first.`,
    )
  }

  app.register(async (scoped) => {
    takePictureForms(scoped)
    scoped.post(
      path,
      {
        config: { scope: 'references:write', problems: ['not-found', 'invalid-value'] },
        schema: {
          operationId: 'addReferencePicture',
          summary: 'Add a picture to a genuine product',
          description:
            'It is drawn anew, so that nothing but its pixels is kept. The same picture is added once.',
          tags: ['References'],
          params: ReferenceParams,
          body: { content: { 'multipart/form-data': { schema: PictureFormSchema } } },
          response: { 200: ReferenceSchema },
        },
      },
      async (request) => {
        const { picture } = request.body as { picture: File }
        const named = request.params as Static<typeof ReferenceParams>
        return add(callerOf(request), named, async () =>
          pictures.keep(new Uint8Array(await picture.arrayBuffer())),
        )
      },
    )
  })

  app.post(
    `${path}::fetch`,
    {
      config: { scope: 'references:write', problems: ['not-found', 'invalid-value'] },
      schema: {
        operationId: 'fetchReferencePicture',
        summary: 'Add a picture from an address',
        description: 'Fetched once, by HTTPS from the public internet, and kept.',
        tags: ['References'],
        params: ReferenceParams,
        body: PictureAddressSchema,
        response: { 200: ReferenceSchema },
      },
    },
    async (request) => {
      const { url } = request.body
      return add(callerOf(request), request.params, () => pictures.keepFrom(url))
    },
  )

  app.delete(
    `${path}/:sha256`,
    {
      config: { scope: 'references:write', problems: ['not-found'] },
      schema: {
        operationId: 'removeReferencePicture',
        summary: 'Take a picture from a genuine product',
        tags: ['References'],
        params: ReferencePictureParams,
        response: { 200: ReferenceSchema },
      },
    },
    async (request) => {
      const { brandId, referenceId, sha256 } = request.params
      const caller = callerOf(request)
      const reference = await found(
        'picture',
        references.removePicture(caller, brandId, referenceId, sha256, new Date(now())),
      )
      return presentReference(reference)
    },
  )
}
