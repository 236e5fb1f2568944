import { describe, expect, it } from '@jest/globals'
import { throttled } from '../../portal/data/throttled.js'

/** Work that is counted, and ends when it is told to, well or not. */
function work() {
  const open: { resolve: () => void; reject: (error: Error) => void }[] = []
  let begun = 0
  return {
    begun: () => begun,
    begin: () => {
      begun++
      return new Promise<void>((resolve, reject) => {
        open.push({ resolve, reject })
      })
    },
    end: async () => {
      open.shift()?.resolve()
      await settled()
    },
    fail: async () => {
      open.shift()?.reject(new Error('away'))
      await settled()
    },
  }
}

/** Whatever follows from what is settled has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('what is asked for again and again', () => {
  it('runs at once, and once more for all that came before the end of its pause', async () => {
    const [run, pause] = [work(), work()]
    const ask = throttled(run.begin, pause.begin)
    for (let n = 0; n < 5; n++) ask()
    await run.end()
    expect(run.begun()).toBe(1)
    await pause.end()
    expect(run.begun()).toBe(2)
    await run.end()
    await pause.end()
    expect(run.begun()).toBe(2)
  })

  it('does not begin anew what takes longer than its pause', async () => {
    const [run, pause] = [work(), work()]
    const ask = throttled(run.begin, pause.begin)
    ask()
    ask()
    await pause.end()
    expect(run.begun()).toBe(1)
    await run.end()
    expect(run.begun()).toBe(2)
  })

  it('runs again after it failed', async () => {
    const [run, pause] = [work(), work()]
    const ask = throttled(run.begin, pause.begin)
    ask()
    ask()
    await run.fail()
    await pause.end()
    expect(run.begun()).toBe(2)
  })
})
