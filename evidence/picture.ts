import sharp from 'sharp'
import { sha256Hex } from '../platform/digest.js'
import { PictureUnavailable } from './unavailable.js'

/** The longest side of each size, in pixels; a smaller picture stays as it is. */
export const PICTURE_SIZES = { thumbnail: 128, large: 1_200 } as const
export type PictureSize = keyof typeof PICTURE_SIZES

/** Larger ones are made to exhaust whoever opens them. */
const MAX_PIXELS = 40_000_000
const QUALITY = 82
const INSIDE = { fit: 'inside', withoutEnlargement: true } as const

/** How the bytes of those that are read begin. SVG is none of them: it is a program. */
const BEGINNINGS: readonly RegExp[] = [
  /^\xff\xd8\xff/, // JPEG
  /^\x89PNG\r\n\x1a\n/,
  /^GIF8[79]a/,
  /^RIFF[^]{4}WEBP/,
]

/** What is known of a picture that was made anew. */
export interface PictureFacts {
  /** Of the bytes as they were fetched. */
  sha256: string
  /** 64 bits as hex (difference hash): those of alike pictures differ in few bits. */
  phash: string
  width: number
  height: number
}

/** A picture drawn anew, as JPEG, without anything but its pixels. */
export interface MadePicture {
  facts: PictureFacts
  images: Record<PictureSize, Uint8Array>
}

/** Makes it of bytes that may be anything. Throws `PictureUnavailable` for what is no picture. */
export async function makePicture(bytes: Uint8Array): Promise<MadePicture> {
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  if (!BEGINNINGS.some((known) => known.test(beginning))) {
    throw new PictureUnavailable('this is no JPEG, PNG, GIF or WebP')
  }
  try {
    const given = () => sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
    const { width, height } = (await given().metadata()).autoOrient
    // Of a large one only as much as is kept is ever in memory.
    const { data, info } = await given()
      .rotate()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .resize({ width: PICTURE_SIZES.large, height: PICTURE_SIZES.large, ...INSIDE })
      .raw()
      .toBuffer({ resolveWithObject: true })
    const again = () => sharp(data, { raw: info })
    const sized = (size: PictureSize) =>
      again()
        .resize({ width: PICTURE_SIZES[size], height: PICTURE_SIZES[size], ...INSIDE })
        .jpeg({ quality: QUALITY })
        .toBuffer()
    const images = { thumbnail: await sized('thumbnail'), large: await sized('large') }
    const phash = differenceHash(
      await again().greyscale().resize(9, 8, { fit: 'fill' }).raw().toBuffer(),
    )
    return { facts: { sha256: sha256Hex(bytes), phash, width, height }, images }
  } catch (cause) {
    throw new PictureUnavailable('the picture cannot be read', { cause })
  }
}

/** A bit for each of eight neighbours in eight rows: whether it is darker than the one to its left. */
function differenceHash(grey: Uint8Array): string {
  let bits = 0n
  for (let row = 0; row < 8; row++) {
    for (let column = 0; column < 8; column++) {
      const at = row * 9 + column
      bits = (bits << 1n) | ((grey[at] ?? 0) > (grey[at + 1] ?? 0) ? 1n : 0n)
    }
  }
  return bits.toString(16).padStart(16, '0')
}
