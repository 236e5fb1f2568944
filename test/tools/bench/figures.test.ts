import { describe, expect, it } from '@jest/globals'
import { differences } from '../../../tools/bench/batch/measure.js'
import { caseFigures } from '../../../tools/bench/figures.js'
import { growthPer1000 } from '../../../tools/bench/memory/measure.js'
import { timingOf } from '../../../tools/bench/timing.js'

const cost = { historyEvents: 47, actions: 12 }

describe('the figures of the benchmark', () => {
  it('take all rounds of the same work together', () => {
    const rounds = [
      { tookMs: [10, 20], wallMs: 500 },
      { tookMs: [30, 40], wallMs: 1_500 },
    ]
    expect(timingOf(rounds)).toEqual({ count: 4, perSecond: 2, p50Ms: 20, p95Ms: 40, p99Ms: 40 })
  })

  it('compare ours with the floor and with the bare workflow', () => {
    const figures = caseFigures({
      rounds: {
        listingCase: [{ tookMs: [100, 400], wallMs: 1_000 }],
        floor: [{ tookMs: [100, 200], wallMs: 800 }],
        bare: [{ tookMs: [100, 200], wallMs: 500 }],
      },
      cost: { listingCase: cost, floor: cost, bare: cost },
    })
    expect(figures.ofBare).toBeCloseTo(0.5)
    expect(figures.ofFloor).toBeCloseTo(0.8)
    expect(figures.tailOfBare).toBeCloseTo(2)
  })

  it('tell what a thousand open cases more take', () => {
    const at = (openCases: number, bytes: number) => ({
      openCases,
      processes: {
        worker: { rssBytes: bytes, heapBytes: bytes / 2 },
        api: { rssBytes: 100, heapBytes: 50 },
      },
    })
    expect(growthPer1000([at(500, 1_000), at(2_500, 5_000)])).toEqual({
      worker: { rssBytes: 2_000, heapBytes: 1_000 },
      api: { rssBytes: 0, heapBytes: 0 },
    })
    expect(() => growthPer1000([at(500, 1_000), at(500, 2_000)])).toThrow('the smaller one first')
  })

  it('notice reports without a case and with several', () => {
    expect(differences(['a', 'b', 'c'], ['a', 'b', 'c', 'other'])).toEqual({ lost: 0, doubled: 0 })
    expect(differences(['a', 'b', 'c'], ['a', 'b', 'b'])).toEqual({ lost: 1, doubled: 1 })
  })
})
