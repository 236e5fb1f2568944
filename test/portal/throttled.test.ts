import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { throttled } from '../../portal/data/throttled.js'

/** What runs, and ends when told to. */
function runs() {
  const ends: (() => void)[] = []
  const run = jest.fn(() => new Promise<void>((resolve) => ends.push(resolve)))
  return { run, end: () => ends.shift()?.() }
}

const EVERY_MS = 2_000

beforeEach(() => {
  jest.useFakeTimers()
})
afterEach(() => {
  jest.useRealTimers()
})

describe('what is asked for again and again', () => {
  it('runs at once, and once more for all that came while it ran', async () => {
    const { run, end } = runs()
    const ask = throttled(run, EVERY_MS)
    for (let n = 0; n < 5; n++) ask()
    expect(run).toHaveBeenCalledTimes(1)
    end()
    await jest.advanceTimersByTimeAsync(EVERY_MS)
    expect(run).toHaveBeenCalledTimes(2)
    end()
    await jest.advanceTimersByTimeAsync(10 * EVERY_MS)
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('does not begin anew what takes longer than the pause', async () => {
    const { run, end } = runs()
    const ask = throttled(run, EVERY_MS)
    ask()
    for (let n = 0; n < 5; n++) {
      ask()
      await jest.advanceTimersByTimeAsync(EVERY_MS)
    }
    expect(run).toHaveBeenCalledTimes(1)
    end()
    await jest.advanceTimersByTimeAsync(0)
    expect(run).toHaveBeenCalledTimes(2)
  })

  it('runs again after one that failed', async () => {
    const run = jest.fn(() => Promise.reject(new Error('away')))
    const ask = throttled(run, EVERY_MS)
    ask()
    await jest.advanceTimersByTimeAsync(EVERY_MS)
    ask()
    expect(run).toHaveBeenCalledTimes(2)
  })
})
