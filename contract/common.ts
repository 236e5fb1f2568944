import { type TSchema, Type } from 'typebox'
import {
  ADDRESS_PATTERN,
  ID_PATTERN,
  SHOWN_PATTERN,
  TEXT_PATTERN,
} from '../domain/form/given-text.js'
import { SLUG_MAX, SLUG_PATTERN } from '../domain/case/identity.js'

/** Of an object that takes no other fields. */
export const closed = { additionalProperties: false } as const

/** One of a closed list of words. */
export function Word<const T extends readonly string[]>(words: T, description?: string) {
  return Type.Unsafe<T[number]>({
    type: 'string',
    enum: [...words],
    ...(description ? { description } : {}),
  })
}

/** A part of the contract with a name of its own; it becomes a component of openapi.json. */
export function Named<S extends TSchema>(title: string, schema: S): S {
  return Object.assign(schema, { title })
}

/**
 * Names the schema that the contract shows in the place of a loose one: of items that the route
 * checks one by one, so that a bad one never fails the rest.
 */
export const SENT_AS = 'x-sent-as'

/** The schema, or null. */
export function Nullable<S extends TSchema>(schema: S, description?: string) {
  return Type.Union([schema, Type.Null()], description ? { description } : {})
}

/** Text that people write. */
export function Text(maxLength: number, minLength = 1) {
  return Type.String({ minLength, maxLength, pattern: TEXT_PATTERN })
}

/** Text that a listing shows, or that was made of what it shows. */
export function ShownText(maxLength: number, minLength = 1) {
  return Type.String({ minLength, maxLength, pattern: SHOWN_PATTERN })
}

/** An id of somebody else's, such as a listing's or a seller's. */
export function Id(maxLength: number, description?: string) {
  return Type.String({
    minLength: 1,
    maxLength,
    pattern: ID_PATTERN,
    ...(description ? { description } : {}),
  })
}

/** ISO 8601 with a time zone. */
export const Instant = Type.String({ format: 'date-time' })
export const Slug = Type.String({ pattern: SLUG_PATTERN, maxLength: SLUG_MAX })
export const HttpUrl = Type.String({
  pattern: ADDRESS_PATTERN,
  maxLength: 2000,
  description: 'Any address a browser takes; it is kept as a browser sends it.',
})

/** Ids by which things are looked up: anything may be asked for, what is not there is 404. */
export const CaseParams = Type.Object({ caseId: Type.String({ maxLength: 300 }) })
export const BrandParams = Type.Object({ brandId: Type.String({ maxLength: 100 }) })

/** The same key makes a request that is sent again the same request. */
export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
})

/** Checked by the route, because a missing one has a status of its own (428). */
export const IfMatchHeaders = Type.Object({
  'if-match': Type.Optional(
    Type.String({ maxLength: 100, description: 'The ETag that was read.' }),
  ),
})

/** Items of a page that asks for no number. */
export const DEFAULT_LIMIT = 50

/** A list's page, for lists that page on an id. */
export const IdPageQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: DEFAULT_LIMIT })),
    after: Type.Optional(Text(100)),
  },
  closed,
)

/** One page: `next` is what to send as `after` or `cursor`, `null` at the end. */
export function PageOf<S extends TSchema>(item: S) {
  return Type.Object({ items: Type.Array(item), next: Nullable(Type.String()) })
}
