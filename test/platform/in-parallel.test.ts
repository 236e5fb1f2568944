import { describe, expect, it } from '@jest/globals'
import { inParallel } from '../../platform/in-parallel.js'

describe('inParallel', () => {
  it('keeps the order and the limit', async () => {
    let running = 0
    let most = 0
    const results = await inParallel([5, 1, 4, 2, 3], 2, async (n, index) => {
      most = Math.max(most, ++running)
      for (let turn = 0; turn < n; turn++) await Promise.resolve()
      running--
      return `${index}:${n}`
    })

    expect(results).toEqual(['0:5', '1:1', '2:4', '3:2', '4:3'])
    expect(most).toBe(2)
  })
})
