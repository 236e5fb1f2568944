import { describe, expect, it } from '@jest/globals'
import { until } from '../../local/until.js'

describe('waiting for something', () => {
  it('looks until it is there and gives it back', async () => {
    const looks = [null, undefined, false, 0] as const
    let count = 0
    const found = await until('a number', () => looks[count++], { withinMs: 5_000, everyMs: 1 })
    expect([found, count]).toEqual([0, 4])
  })

  it('says what did not come, and how far it got', async () => {
    const options = { withinMs: 20, everyMs: 1, standing: () => '3 of 5 cases are open' }
    await expect(until('5 open cases', async () => false, options)).rejects.toThrow(
      'Not within 0.02 s: 5 open cases; 3 of 5 cases are open',
    )
  })

  it('passes on what goes wrong while looking', async () => {
    const look = () => Promise.reject(new Error('the API is away'))
    await expect(until('an answer', look, { withinMs: 5_000 })).rejects.toThrow('the API is away')
  })
})
