import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  ADDRESS_PATTERN,
  ID_PATTERN,
  SHOWN_PATTERN,
  TEXT_PATTERN,
  tidied,
  trimmed,
} from '../../../domain/form/given-text.js'

const UNSEEN = [' ', '\t', '\r\n', '\u00a0', '\u3000', '\ufeff', '\u200b', '\u200e', '\u2060', '\0']
const fits = (pattern: string, text: string) => new RegExp(pattern, 'u').test(text)

describe('an id', () => {
  const unseen = fc.array(fc.constantFrom(...UNSEEN), { maxLength: 4 }).map((some) => some.join(''))
  const id = fc.string({ unit: 'grapheme-ascii', minLength: 1 }).filter((s) => s.trim() === s)

  it('is the same with whatever nobody sees around it', () => {
    fc.assert(
      fc.property(unseen, id, unseen, (before, text, after) => {
        expect(trimmed(before + text + after)).toBe(text)
        expect(tidied({ a: [{ id: before + text + after }] })).toEqual({ a: [{ id: text }] })
      }),
    )
  })

  it.each(UNSEEN.filter((text) => text !== ' ' && text !== '\u00a0' && text !== '\u3000'))(
    'holds no %j',
    (text) => {
      expect(fits(ID_PATTERN, `a${text}b`)).toBe(false)
    },
  )

  it.each(['530912345678', 'a~b/../c d\u{1f45c}', 'CÓD 664/XL', '商品1'])('may be %s', (text) => {
    expect(fits(ID_PATTERN, text)).toBe(true)
  })
})

describe('a text', () => {
  it.each(['two\r\n\tlines', 'Não \u{1f469}\u200d\u{1f469}', '', '\u0085\u2028'])(
    'may be %j',
    (text) => {
      expect(fits(TEXT_PATTERN, text)).toBe(true)
    },
  )

  it.each(['\u0000', '\u001b[31m', '\u0007', '\u007f', '\ud800', '\udc00x'])(
    'holds no %j',
    (text) => {
      expect(fits(TEXT_PATTERN, `a${text}b`)).toBe(false)
    },
  )

  it('of a listing may hold what sellers put into it, if it can be written down', () => {
    expect(fits(SHOWN_PATTERN, 'Charger \u001b[2J\u202e')).toBe(true)
    expect(fits(SHOWN_PATTERN, 'a\u0000')).toBe(false)
    expect(fits(SHOWN_PATTERN, 'a\ud83d')).toBe(false)
  })
})

describe('an address', () => {
  it.each([
    ['https://x.example/máscara', 'https://x.example/m%C3%A1scara'],
    ['https://x.example/item.htm?t=中文', 'https://x.example/item.htm?t=%E4%B8%AD%E6%96%87'],
    ['https://例子.example/1', 'https://xn--fsqu00a.example/1'],
    [' HTTPS://X.example ', 'https://x.example/'],
    ['https://x.example/a b|c?d[]=^#e', 'https://x.example/a%20b|c?d[]=^#e'],
    ['https://x.example:8443/100%', 'https://x.example:8443/100%'],
    ['http://[::1]/a', 'http://[::1]/a'],
  ])('%s is kept as browsers send it', (text, kept) => {
    expect(tidied({ listing: { pictures: [{ url: text }] } })).toEqual({
      listing: { pictures: [{ url: kept }] },
    })
    expect(kept).toBe(new URL(text).href)
    expect(fits(ADDRESS_PATTERN, kept)).toBe(true)
  })

  it.each([
    'javascript:alert(1)',
    'x.example/1',
    'https://',
    'http://[',
    'ftp://x.example/',
    'n/a',
  ])('is refused: %s', (text) => {
    const { url } = tidied({ url: text }) as { url: string }
    expect(fits(ADDRESS_PATTERN, url)).toBe(false)
  })

  it('of every web page fits', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => {
        expect(fits(ADDRESS_PATTERN, (tidied({ url: text }) as { url: string }).url)).toBe(true)
      }),
    )
  })
})

describe('data', () => {
  it('of any shape keeps it, and its texts but for their ends', () => {
    const shape = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (name, member: unknown) =>
        typeof member === 'string' && name !== 'url' ? trimmed(member) : member,
      )
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(tidied(JSON.parse(JSON.stringify(value)))).toEqual(shape(value))
      }),
    )
  })

  it('may be nested as deep as a body allows', () => {
    const depth = 1_000_000
    const deep: unknown = JSON.parse(`${'['.repeat(depth)}" x "${']'.repeat(depth)}`)
    let inner = tidied(deep)
    while (Array.isArray(inner)) inner = inner[0]
    expect(inner).toBe('x')
  })
})
