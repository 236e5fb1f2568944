import { type Static, Type } from 'typebox'
import { closed, Instant, Named, Nullable, Slug, Text } from './common.js'

/** As many views as somebody may keep. */
export const MAX_SAVED_VIEWS = 100

const fields = {
  name: Text(80),
  search: Type.String({ maxLength: 2_000, pattern: '^[!-~]*$' }),
  brandId: Nullable(Slug),
}

/** Which view. */
export const SavedViewParams = Type.Object({ viewId: Type.String({ maxLength: 100 }) })

/** A list of cases under a name. */
export const SavedViewSchema = Named(
  'SavedView',
  Type.Object({
    viewId: Type.String(),
    ...fields,
    isOwn: Type.Boolean(),
    ownerName: Nullable(Type.String()),
    mayChange: Type.Boolean(),
    rev: Type.Integer(),
    updatedAt: Instant,
  }),
)
export type PresentedView = Static<typeof SavedViewSchema>

/** One to be saved. */
export const NewSavedViewSchema = Named(
  'NewSavedView',
  Type.Object(
    { name: fields.name, search: fields.search, brandId: Type.Optional(fields.brandId) },
    { ...closed, description: `Everybody keeps at most ${MAX_SAVED_VIEWS}.` },
  ),
)

/** What is to be changed; what is not named stays. */
export const SavedViewChangesSchema = Named(
  'SavedViewChanges',
  Type.Partial(Type.Object(fields), { ...closed, minProperties: 1 }),
)
