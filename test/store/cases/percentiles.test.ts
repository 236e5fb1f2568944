import { describe, expect, it } from '@jest/globals'
import { percentiles } from '../../../store/cases/percentiles.js'

describe('percentiles', () => {
  it('are values that occur, by nearest rank, in any order of the input', () => {
    const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index)

    expect(percentiles(oneToHundred)).toEqual({ n: 100, p50: 50, p90: 90, p95: 95, p99: 99 })
    expect(percentiles([30, 10, 20])).toEqual({ n: 3, p50: 20, p90: 30, p95: 30, p99: 30 })
  })

  it('of nothing are null', () => {
    expect(percentiles([])).toEqual({ n: 0, p50: null, p90: null, p95: null, p99: null })
  })
})
