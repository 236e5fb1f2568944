import { parseJson } from '../../platform/parse-json.js'
import { sha256Hex } from '../../platform/digest.js'
import { type Drawn, drawPicture } from '../../sandbox/drawing.js'

/**
 * Lines of a listings file with a picture for each listing that has none: the one which the sandbox
 * draws of it, with its address and the hash of its bytes, as a monitor would have fetched it. Lines
 * that are no listing stay as they are.
 */
export async function withPictures(
  lines: string,
  pictureUrl: (marketplace: string, listingId: string) => string,
): Promise<string[]> {
  return Promise.all(
    lines.split('\n').map(async (line) => {
      const listing = parseJson(line) as (Drawn & { pictures?: unknown[] }) | undefined
      if (!listing || listing.pictures) return line
      const { marketplace, listingId } = listing
      const sha256 = sha256Hex(await drawPicture(listing))
      return JSON.stringify({
        ...listing,
        pictures: [{ url: pictureUrl(marketplace, listingId), sha256 }],
      })
    }),
  )
}
