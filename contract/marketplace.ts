import { type Static, Type } from 'typebox'
import { closed, Instant, Named, Nullable, Slug, Text } from './common.js'

/** A marketplace that takes part. */
const MarketplaceSchema = Named(
  'Marketplace',
  Type.Object({
    marketplace: Type.String(),
    name: Type.String({
      description: 'What it is called, for people.',
      examples: ['Lantern Market'],
    }),
    pause: Nullable(
      Type.Object({ since: Instant, reason: Type.String() }),
      'While it is sent nothing: takedowns and restorations wait. `null`: it is not paused.',
    ),
  }),
)
/** Those within reach; few enough for one answer. */
export const MarketplacesSchema = Type.Object({ items: Type.Array(MarketplaceSchema) })
export type ShownMarketplace = Static<typeof MarketplaceSchema>

const GivenReasonSchema = Named(
  'PauseReason',
  Type.Object({
    text: Type.String(),
    by: Type.String(),
    byName: Nullable(Type.String()),
    at: Instant,
  }),
)

const PauseSchema = Named(
  'MarketplacePause',
  Type.Object({
    since: Instant,
    reasons: Type.Array(GivenReasonSchema),
    resumed: Nullable(GivenReasonSchema),
  }),
)
/** Those of one marketplace. */
export const PausesSchema = Type.Object({ items: Type.Array(PauseSchema) })
export type ShownPause = Static<typeof PauseSchema>

/** How a marketplace does, for operators. */
export const MarketplaceHealthSchema = Named(
  'MarketplaceHealth',
  Type.Object({
    marketplace: Type.String(),
    name: Type.String(),
    pause: Nullable(PauseSchema, 'The pause that lasts; `null`: it is not paused.'),
    waiting: Type.Integer(),
    oldest: Nullable(Instant),
    answeredAt: Nullable(Instant),
    failedAt: Nullable(Instant),
    failure: Nullable(Type.String()),
  }),
)
/** All of them. */
export const MarketplacesHealthSchema = Type.Object({ items: Type.Array(MarketplaceHealthSchema) })
export type MarketplaceHealth = Static<typeof MarketplaceHealthSchema>

/** A marketplace by id; one that takes no part is 404. */
export const MarketplaceParams = Type.Object({ marketplace: Slug })
/** Why it is paused, or resumed. */
export const PauseReasonBody = Type.Object({ reason: Text(500) }, closed)
