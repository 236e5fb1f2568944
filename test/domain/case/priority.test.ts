import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { SLUG_MAX, SLUG_PATTERN } from '../../../domain/case/identity.js'
import {
  brandPriority,
  casePriority,
  mailPriority,
  sweepPriority,
} from '../../../domain/case/priority.js'
import { isMoreSevere, SEVERITIES } from '../../../domain/vocabulary.js'

const brandIds = fc
  .stringMatching(new RegExp(SLUG_PATTERN))
  .filter((id) => id.length > 0 && id.length <= SLUG_MAX)
const severities = fc.constantFrom(...SEVERITIES)

describe('the priority of work', () => {
  it('puts the more severe first, whatever the brands', () => {
    fc.assert(
      fc.property(severities, severities, brandIds, brandIds, (a, b, one, other) => {
        const first = casePriority({ severity: a, brandId: one }).priorityKey
        const second = casePriority({ severity: b, brandId: other }).priorityKey
        expect(first < second).toBe(isMoreSevere(a, b))
      }),
    )
  })

  it('puts what is done to many cases behind everything that a case does', () => {
    fc.assert(
      fc.property(severities, brandIds, (severity, brandId) => {
        const ofCase = casePriority({ severity, brandId }).priorityKey
        expect(sweepPriority(brandId).priorityKey).toBeGreaterThan(ofCase)
      }),
    )
  })

  it('stays within what Temporal takes: keys 1 to 5, 64 bytes', () => {
    fc.assert(
      fc.property(severities, brandIds, (severity, brandId) => {
        for (const given of [
          casePriority({ severity, brandId }),
          brandPriority(brandId),
          mailPriority(brandId),
          sweepPriority(brandId),
        ]) {
          expect([1, 2, 3, 4, 5]).toContain(given.priorityKey)
          expect(Buffer.byteLength(given.fairnessKey)).toBeLessThanOrEqual(64)
          expect(given.fairnessKey).toBe(brandId)
        }
      }),
    )
  })
})
