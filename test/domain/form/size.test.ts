import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { firstWithin, jsonBytes } from '../../../domain/form/size.js'

describe('the size of a payload', () => {
  it.each([
    ['plain text', 'abc', 5],
    ['a control character, which is escaped', '\u0001', 8],
    ['two bytes', 'é', 4],
    ['three bytes', '包', 5],
    ['a pair of surrogates', '\u{1f45c}', 6],
    ['half a pair, which is escaped', '\ud83d', 8],
    ['nothing', undefined, 0],
  ])('of %s', (_what, value, expected) => {
    expect(jsonBytes(value)).toBe(expected)
  })

  it('is that of its JSON in UTF-8, whatever the value', () => {
    fc.assert(
      fc.property(fc.anything({ withUnicodeString: true }), (value) => {
        fc.pre(JSON.stringify(value) !== undefined)
        expect(jsonBytes(value)).toBe(Buffer.byteLength(JSON.stringify(value)))
      }),
    )
  })
})

describe('the first items within a size', () => {
  it('are at least one, and as many as fit', () => {
    expect(firstWithin([], 10)).toEqual([])
    expect(firstWithin(['much too long for it', 'b'], 5)).toEqual(['much too long for it'])
    expect(firstWithin(['a', 'b', 'c'], 6)).toEqual(['a', 'b'])
    expect(firstWithin(['a', 'b', 'c'], 9)).toEqual(['a', 'b', 'c'])
  })
})
