import { type Static, Type } from 'typebox'
import { REFERENCE_LIMITS } from '../domain/listing/references.js'
import { BrandParams, closed, HttpUrl, Id, Instant, Named, Nullable, Text, Word } from './common.js'
import { PriceSchema, ShownPriceSchema } from './sighting.js'

const fields = {
  name: Text(200),
  skus: Type.Array(Id(100), { maxItems: REFERENCE_LIMITS.skus }),
  words: Type.Array(Text(100), { maxItems: REFERENCE_LIMITS.words }),
  features: Type.Array(Text(300), { maxItems: REFERENCE_LIMITS.features }),
  suggestedPrice: Nullable(PriceSchema),
  rights: Nullable(Text(2000)),
}

/** A genuine product of a brand. */
export const ReferenceSchema = Named(
  'Reference',
  Type.Object({
    ...fields,
    suggestedPrice: Nullable(ShownPriceSchema),
    referenceId: Type.String(),
    brandId: Type.String(),
    pictures: Type.Array(
      Type.Object({
        sha256: Type.String(),
        phash: Type.String(),
        width: Type.Integer(),
        height: Type.Integer(),
      }),
    ),
    rev: Type.Integer(),
    updatedAt: Instant,
  }),
)
export type PresentedReference = Static<typeof ReferenceSchema>

/** One to be added; a brand has at most 500. */
export const NewReferenceSchema = Named(
  'NewReference',
  Type.Object(
    {
      name: fields.name,
      skus: Type.Optional(fields.skus),
      words: Type.Optional(fields.words),
      features: Type.Optional(fields.features),
      suggestedPrice: Type.Optional(fields.suggestedPrice),
      rights: Type.Optional(fields.rights),
    },
    { ...closed, description: `A brand has at most ${REFERENCE_LIMITS.perBrand}.` },
  ),
)
export type NewReference = Static<typeof NewReferenceSchema>

/** What is to be changed; what is not named stays. */
export const ReferenceChangesSchema = Named(
  'ReferenceChanges',
  Type.Partial(Type.Object(fields), { ...closed, minProperties: 1 }),
)

/** Where a picture is fetched from. */
export const PictureAddressSchema = Named('PictureAddress', Type.Object({ url: HttpUrl }, closed))

/** A picture as a form sends it: one part by the name `picture`. */
export const PictureFormSchema = Named(
  'PictureForm',
  Type.Object({
    picture: Type.Unsafe<File>({
      contentMediaType: 'application/octet-stream',
      description: `JPEG, PNG, GIF or WebP of up to 8 MiB; at most ${REFERENCE_LIMITS.pictures} of a reference.`,
    }),
  }),
)

/** Names a reference. */
export const ReferenceParams = Type.Object({
  ...BrandParams.properties,
  referenceId: Type.String({ maxLength: 100 }),
})

/** Names one of its pictures. */
export const ReferencePictureParams = Type.Object({
  ...ReferenceParams.properties,
  sha256: Type.String({ maxLength: 64 }),
})

/** A reference that fits the listing of a case. */
export const FittingReferenceSchema = Named(
  'FittingReference',
  Type.Object({
    reference: ReferenceSchema,
    by: Word(['sku', 'words', 'picture']),
    distance: Nullable(
      Type.Integer(),
      'In how many of 64 bits the nearest pictures differ; `null` where none could be compared.',
    ),
  }),
)
export type FittingReference = Static<typeof FittingReferenceSchema>
