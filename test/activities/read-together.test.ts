import { describe, it, expect } from '@jest/globals'
import { readTogether } from '../../activities/read-together.js'

/** A source whose readings end when told, each giving what the thing was when it began. */
function slowSource() {
  const pending: { id: string; end: () => void; fail: (error: Error) => void }[] = []
  const source = { value: 1, pending, reads: 0 }
  const read = (id: string) =>
    new Promise<string>((resolve, reject) => {
      source.reads++
      const seen = `${id} ${source.value}`
      pending.push({ id, end: () => resolve(seen), fail: reject })
    })
  return { source, ask: readTogether(read) }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('reading together', () => {
  it('never gives what was so before it was asked for', async () => {
    const { source, ask } = slowSource()
    const first = ask('a')
    source.value = 2
    const later = ask('a')
    source.pending[0]?.end()
    await settled()
    source.pending[1]?.end()
    expect([await first, await later]).toEqual(['a 1', 'a 2'])
  })

  it('reads once for all who ask while it is being read', async () => {
    const { source, ask } = slowSource()
    const asked = [ask('a'), ask('a'), ask('a'), ask('a'), ask('b')]
    source.pending.forEach(({ end }) => end())
    await settled()
    source.pending.forEach(({ end }) => end())
    expect(await Promise.all(asked)).toEqual(['a 1', 'a 1', 'a 1', 'a 1', 'b 1'])
    expect(source.reads).toBe(3)
    const anew = ask('a')
    source.pending.at(-1)?.end()
    await anew
    expect(source.reads).toBe(4)
  })

  it('fails those it read for, and reads again for the next', async () => {
    const { source, ask } = slowSource()
    const failed = ask('a')
    const next = ask('a')
    source.pending[0]?.fail(new Error('away'))
    await expect(failed).rejects.toThrow('away')
    await settled()
    source.pending[1]?.end()
    expect(await next).toBe('a 1')
  })
})
