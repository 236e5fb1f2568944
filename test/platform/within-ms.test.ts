import { describe, expect, it } from '@jest/globals'
import { withinMs } from '../../platform/within-ms.js'

const overdue = () => new Error('too late')

describe('a promise with a limit', () => {
  it('gives its result, or its own error, in time', async () => {
    expect(await withinMs(Promise.resolve(7), 5_000, overdue)).toBe(7)
    const failing = withinMs(Promise.reject(new Error('away')), 5_000, overdue)
    await expect(failing).rejects.toThrow('away')
  })

  it('is given up when it takes longer', async () => {
    await expect(withinMs(new Promise(() => undefined), 5, overdue)).rejects.toThrow('too late')
  })
})
