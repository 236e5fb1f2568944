import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { pauseMs } from '../../../domain/record/backoff.js'

const backoff = { firstMs: 1_000, longestMs: 8_000 }

describe('a pause before a repetition', () => {
  it('is the same for the same case and number, whoever works it out', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(1_000), (seed, n) => {
        expect(pauseMs(backoff, n, seed)).toBe(pauseMs(backoff, n, seed))
      }),
    )
  })

  it('doubles up to the longest and lies within a quarter of that', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(10_000), (seed, n) => {
        const evenMs = Math.min(1_000 * 2 ** n, 8_000)
        expect(Math.abs(pauseMs(backoff, n, seed) - evenMs)).toBeLessThanOrEqual(evenMs / 4)
      }),
    )
  })

  it('spreads what failed together evenly over the half around it', () => {
    const pauses = Array.from({ length: 10_000 }, (_, i) => pauseMs(backoff, 0, `case~m~l${i}~b~x`))
    const byTenth = new Map<number, number>()
    for (const pause of pauses) {
      const tenth = Math.floor((pause - 750) / 50)
      byTenth.set(tenth, (byTenth.get(tenth) ?? 0) + 1)
    }
    for (let tenth = 0; tenth < 10; tenth++) {
      expect(byTenth.get(tenth)).toBeGreaterThan(850)
    }
  })
})
