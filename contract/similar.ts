import { type Static, Type } from 'typebox'
import { LIKENESSES } from '../domain/listing/likeness.js'
import { CASE_FILTERS } from './case-filters.js'
import { Named, Word } from './common.js'
import { MAX_SIMILAR } from './limits.js'

const { brandId, marketplace, sellerId, picture, titleShape, priceBand } = CASE_FILTERS

/** Other cases of the brand that wait for an answer and are alike in one thing. */
export const SimilarSchema = Named(
  'SimilarCases',
  Type.Object({
    by: Word(LIKENESSES, 'In what they are alike.'),
    count: Type.Integer({
      description: `How many others wait for an answer; ${MAX_SIMILAR} stands for that many or more.`,
      examples: [37],
    }),
    filter: Type.Object(
      {
        brandId: brandId.schema,
        marketplace: Type.Optional(marketplace.schema),
        sellerId: Type.Optional(sellerId.schema),
        picture: Type.Optional(picture.schema),
        titleShape: Type.Optional(titleShape.schema),
        priceBand: Type.Optional(priceBand.schema),
      },
      { description: 'What `listCases` is filtered by to list them, this case among them.' },
    ),
  }),
)
export type Similar = Static<typeof SimilarSchema>
