import { describe, it, expect } from '@jest/globals'
import { base32, base32Sha256, randomSuffix, sha256Hex } from '../../platform/digest.js'

describe('sha256Hex', () => {
  it('gives the FIPS 180 example for "abc", as text and as bytes', () => {
    const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect(sha256Hex('abc')).toBe(expected)
    expect(sha256Hex(new Uint8Array([97, 98, 99]))).toBe(expected)
  })
})

describe('base32', () => {
  it.each([
    ['', ''],
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foob', 'mzxw6yq'],
    ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi'],
  ])('writes %j as RFC 4648 section 10 does, in lower case and unpadded', (text, expected) => {
    expect(base32(Buffer.from(text))).toBe(expected)
  })
})

describe('base32Sha256', () => {
  it('turns any listing id into 52 characters that fit a workflow id', () => {
    expect(base32Sha256('商品 12/34')).toMatch(/^[a-z2-7]{52}$/)
    expect(base32Sha256('abc')).toBe(
      base32(
        Buffer.from('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'hex'),
      ),
    )
  })
})

describe('randomSuffix', () => {
  it('has 64 bits in lower-case url-safe characters and does not repeat', () => {
    const suffixes = new Set(Array.from({ length: 2000 }, randomSuffix))
    expect(suffixes.size).toBe(2000)
    for (const suffix of suffixes) expect(suffix).toMatch(/^[a-z2-7]{13}$/)
  })
})
