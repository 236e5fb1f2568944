import { describe, it, expect } from '@jest/globals'
import fc from 'fast-check'
import { generateApiKey, hashApiKey, matchesHash, parseApiKey } from '../../platform/api-key.js'

describe('API keys', () => {
  it('are made in the published format, with the id readable and nothing repeated', () => {
    const keys = Array.from({ length: 500 }, generateApiKey)
    expect(new Set(keys.map((key) => key.secret)).size).toBe(500)
    for (const { keyId, secret, hash } of keys) {
      expect(secret).toMatch(/^jf_live_[a-z2-7]{8}_[0-9A-Za-z]{49}$/)
      expect(parseApiKey(secret)).toEqual({ keyId })
      expect(hash).toBe(hashApiKey(secret))
      expect(hash).not.toContain(secret)
    }
  })

  it('keep their format: a key issued once stays readable for ever', () => {
    // The checksum was computed with Python's zlib.crc32.
    const issued = 'jf_live_abcdefg2_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg1zFOs5'
    expect(parseApiKey(issued)).toEqual({ keyId: 'abcdefg2' })
  })

  it('are refused without a database when one character is mistyped', () => {
    const { secret } = generateApiKey()
    fc.assert(
      fc.property(
        fc.nat(secret.length - 1),
        fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-'),
        (position, replacement) => {
          fc.pre(secret[position] !== replacement)
          const mistyped = secret.slice(0, position) + replacement + secret.slice(position + 1)
          expect(parseApiKey(mistyped)).toBeNull()
        },
      ),
    )
  })

  it.each(['', 'jf_live_', 'jf_test_abcdefg2_', ' '.repeat(100_000), 'Bearer x'])(
    'are refused when they are other text (%#)',
    (text) => {
      expect(parseApiKey(text)).toBeNull()
    },
  )

  it('match their own stored hash only', () => {
    const mine = generateApiKey()
    const other = generateApiKey()
    expect(matchesHash(mine.secret, mine.hash)).toBe(true)
    expect(matchesHash(other.secret, mine.hash)).toBe(false)
    expect(matchesHash(mine.secret, '')).toBe(false)
    expect(matchesHash(mine.secret, mine.hash.slice(1))).toBe(false)
  })
})
