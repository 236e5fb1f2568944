import type { FastifyRequest } from 'fastify'
import { ApiProblem } from '../errors.js'
import type { App } from '../routes/route.js'

/** A form with a picture of up to 8 MiB and its headings. */
const FORM_LIMIT_BYTES = 8 * 1024 * 1024 + 64 * 1024

/**
 * Reads forms with one file by the name `picture`, which is what a route gets. The file is never more
 * than bytes to us: neither its name nor its type is believed.
 */
export function takePictureForms(app: App): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: FORM_LIMIT_BYTES },
    async (request: FastifyRequest, bytes: Buffer) => ({
      picture: await pictureIn(bytes, request.headers['content-type'] ?? ''),
    }),
  )
}

async function pictureIn(bytes: Buffer, contentType: string): Promise<File> {
  const form = await new Response(new Uint8Array(bytes), {
    headers: { 'content-type': contentType },
  })
    .formData()
    .catch((cause: unknown) => {
      throw new ApiProblem('malformed-body', 'The form cannot be read.', { cause })
    })
  const picture = form.get('picture')
  if (picture instanceof File) return picture
  throw new ApiProblem('malformed-body', 'Send the file as the part "picture" of the form.')
}
