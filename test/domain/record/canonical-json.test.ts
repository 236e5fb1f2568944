import { describe, it, expect } from '@jest/globals'
import fc from 'fast-check'
import { canonicalJson } from '../../../domain/record/canonical-json.js'

/** The same data with every object's keys inserted in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  )
}

describe('canonicalJson', () => {
  it('writes the example of RFC 8785 section 3.2.2', () => {
    const input: unknown = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`)
    expect(canonicalJson(input)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
        String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  it('sorts keys by UTF-16 code units, the example of RFC 8785 section 3.2.3', () => {
    const input: unknown = JSON.parse(String.raw`{
      "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis"
    }`)
    const values = [...canonicalJson(input).matchAll(/:"([^"]*)"/g)].map(([, value]) => value)
    expect(values).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  it.each([
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [1e21, '1e+21'],
    [333333333.3333332, '333333333.3333332'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
  ])('writes the number %d as in RFC 8785 appendix B', (number, expected) => {
    expect(canonicalJson(number)).toBe(expected)
  })

  it('does not depend on the order of keys, and loses nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(reversed(value))).toBe(text)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('leaves out undefined members only', () => {
    expect(canonicalJson({ a: undefined, b: null, c: [] })).toBe('{"b":null,"c":[]}')
  })

  it('keeps a lone surrogate writable', () => {
    expect(canonicalJson({ title: '\ud800x' })).toBe(String.raw`{"title":"\ud800x"}`)
  })

  it.each([
    [{ price: { amount: NaN } }, '$.price.amount is NaN'],
    [[1, Infinity], '$[1] is Infinity'],
    [[undefined], '$[0] is of type undefined'],
    [{ at: new Date(0) }, '$.at is of type object'],
    [{ units: 1n }, '$.units is of type bigint'],
    [() => 1, '$ is of type function'],
  ])('refuses what JSON cannot say, naming the place (%#)', (value, message) => {
    expect(() => canonicalJson(value)).toThrow(message)
  })
})
