import { Type } from 'typebox'
import { closed } from './common.js'

const PICTURE_SIZE_WORDS = ['thumbnail', 'large'] as const

/** Names a picture. */
export const PictureParams = Type.Object({
  sha256: Type.String({
    pattern: '^[0-9a-f]{64}$',
    description: 'The `sha256` of a picture of a listing, as it was reported.',
    examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  }),
})

/** How to show it. */
export const PictureQuerySchema = Type.Object(
  {
    size: Type.Optional(
      Type.Enum([...PICTURE_SIZE_WORDS], {
        default: 'large',
        description: 'At most 128 (`thumbnail`) or 1200 pixels wide and high.',
        examples: ['thumbnail'],
      }),
    ),
    other: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'Also a picture whose bytes are not those that were reported; `picture-sha256` is what they are.',
        examples: [true],
      }),
    ),
  },
  closed,
)

/** The media type of every picture that is served. */
export const PICTURE_TYPE = 'image/jpeg'

/** The body of the answer. */
export const PictureSchema = Type.String({
  description: 'The picture, drawn anew, without anything but its pixels.',
  contentEncoding: 'binary',
  contentMediaType: PICTURE_TYPE,
})
