import { Type } from 'typebox'
import { closed, Named, Nullable } from './common.js'

/** Whose public holidays are wanted. */
export const PublicDaysQuery = Type.Object(
  {
    country: Type.Optional(
      Type.String({
        pattern: '^[A-Z]{2}(-[A-Z0-9]{1,3})?$',
        description: 'ISO 3166, like CN or DE-BY; only the list of countries where it is absent.',
      }),
    ),
  },
  closed,
)

const dates = (description: string) => Type.Array(Type.String({ format: 'date' }), { description })

/** The countries whose public holidays are known, and those of one. */
export const PublicDaysSchema = Named(
  'PublicDays',
  Type.Object({
    countries: Type.Array(Type.String(), {
      description: 'Codes of ISO 3166 that a calendar can name as its `country`.',
      examples: [['BR', 'CN', 'DE']],
    }),
    days: Nullable(
      Type.Object({
        holidays: dates('Dates that are not worked there, of this year and the next three.'),
        workdays: dates('Dates that are worked there in exchange, like a made-up Saturday.'),
      }),
      'Of the country that was asked for; `null` where none was, or none is known.',
    ),
  }),
)
