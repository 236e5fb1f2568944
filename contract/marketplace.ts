import { Type } from 'typebox'
import { Named } from './common.js'

/** A marketplace that takes part. */
const MarketplaceSchema = Named(
  'Marketplace',
  Type.Object({
    marketplace: Type.String(),
    name: Type.String({
      description: 'What it is called, for people.',
      examples: ['Lantern Market'],
    }),
  }),
)
/** Those within reach; few enough for one answer. */
export const MarketplacesSchema = Type.Object({ items: Type.Array(MarketplaceSchema) })
