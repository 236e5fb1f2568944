import { type BrandPolicy, DEFAULT_POLICY } from '../../domain/brand/policy.js'
import { MINUTE_MS } from '../../domain/brand/calendar.js'
import { INK_CARTRIDGES, PHONE_CHARGERS } from '../../monitor/rules/index.js'
import type { RulePack } from '../../monitor/rule-pack.js'
import type { SandboxMarketplace } from '../world/marketplaces-file.js'
import { type NewBrand, SAO_PAULO } from '../world/people.js'

/** A brand of the first start, where its listings are and what judges them. */
export interface Tenant {
  brand: NewBrand
  marketplace: SandboxMarketplace
  /** Relative to the repository. */
  listingsFile: string
  rulePack: RulePack
}

/** The default rules, but a safety case runs by minutes, so that its steps can be watched. */
const MINUTES_CLOCK = {
  ...DEFAULT_POLICY,
  severities: {
    ...DEFAULT_POLICY.severities,
    S1: {
      brand: {
        windowMs: 6 * MINUTE_MS,
        time: 'clock',
        remindersMs: [2 * MINUTE_MS, 4 * MINUTE_MS],
      },
      accountManager: { windowMs: 3 * MINUTE_MS, time: 'clock', remindersMs: [] },
      lead: { windowMs: 3 * MINUTE_MS, time: 'clock', remindersMs: [] },
      silence: 'neverExpires',
    },
  },
} satisfies BrandPolicy

/** HP with real listings and the default policy; an invented brand on an invented marketplace. */
export const HP = {
  brand: {
    brandId: 'hp',
    name: 'HP',
    calendar: SAO_PAULO,
    contact: {
      contactId: 'brand-protection',
      name: 'HP brand protection (demo)',
      email: 'brand-protection@hp.example',
    },
  },
  marketplace: { id: 'mercado-livre', name: 'Mercado Livre (sandbox)' },
  listingsFile: 'samples/hp664-facts.ndjson',
  rulePack: INK_CARTRIDGES,
} satisfies Tenant

/** An invented maker of chargers, whose safety cases run by minutes. */
export const VOLTBROOK = {
  brand: {
    brandId: 'voltbrook',
    name: 'Voltbrook',
    policy: MINUTES_CLOCK,
    contact: {
      contactId: 'product-safety',
      name: 'Voltbrook product safety (invented)',
      email: 'product-safety@voltbrook.example',
    },
  },
  marketplace: { id: 'lantern-market', name: 'Lantern Market (invented)' },
  listingsFile: 'samples/voltbrook-chargers.ndjson',
  rulePack: PHONE_CHARGERS,
} satisfies Tenant
