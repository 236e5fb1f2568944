import { randomSuffix } from '../../platform/digest.js'
import type { NewCase } from '../../contract/sighting.js'
import { buildSighting } from '../builders/sighting.js'

/** A report as a monitor sends it; listing and external id are new each time. */
export function buildNewCase(
  overrides: Partial<Omit<NewCase, 'listing'>> & { listing?: Partial<NewCase['listing']> } = {},
): NewCase {
  const { listing, ...rest } = overrides
  const { sightingId: _, ...report } = buildSighting({
    ...(listing ? { listing } : {}),
  })
  return { ...report, externalId: `ext-${randomSuffix()}`, ...rest }
}
