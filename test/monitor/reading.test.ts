import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type Line, numberLines, readLines } from '../../monitor/lines.js'
import { parseListing } from '../../monitor/listing.js'
import { buildScanned } from './real-listings.js'

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

async function* each(texts: string[]): AsyncGenerator<string> {
  yield* texts
}

async function collect(lines: AsyncIterable<Line>): Promise<Line[]> {
  const all: Line[] = []
  for await (const line of lines) all.push(line)
  return all
}

describe('reading lines', () => {
  it.each([1, 2, 3, 1000])('splits in chunks of %s bytes', async (size) => {
    const bytes = Buffer.from('\ufeff{"ção":1}\r\n\r\n  \n第二\nlast without an end')
    const lines = await collect(readLines(chunksOf(bytes, size)))
    expect(lines.map((line) => ('text' in line ? [line.number, line.text.trim()] : line))).toEqual([
      [1, '{"ção":1}'],
      [4, '第二'],
      [5, 'last without an end'],
    ])
  })

  it('passes over a line that is too long, and only over that', async () => {
    const bytes = Buffer.from(`short\n${'x'.repeat(101)}\n${'y'.repeat(100)}\nshort`)
    const lines = await collect(readLines(chunksOf(bytes, 7), 100))
    expect(lines).toEqual([
      { number: 1, text: 'short' },
      { number: 2, problem: 'the line is longer than 100 bytes' },
      { number: 3, text: 'y'.repeat(100) },
      { number: 4, text: 'short' },
    ])
  })

  it('reports a line that is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('a\n'), Buffer.from([0xff, 0xfe]), Buffer.from('\nb')])
    expect(await collect(readLines(chunksOf(bytes, 2)))).toEqual([
      { number: 1, text: 'a' },
      { number: 2, problem: 'the line is not UTF-8; save the file in that encoding' },
      { number: 3, text: 'b' },
    ])
  })

  it('gives back what was written, in whatever chunks it comes', async () => {
    const line = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text))
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 40 }), async (texts, size) => {
        const visible = texts.flatMap((text, index) =>
          text.trim() === '' ? [] : [{ number: index + 1, text }],
        )
        const written = Buffer.from(texts.join('\n'))
        const isExact = !texts.some((text) => text.startsWith('\ufeff'))
        fc.pre(isExact)
        expect(await collect(readLines(chunksOf(written, size)))).toEqual(visible)
        expect(await collect(numberLines(each(texts)))).toEqual(visible)
      }),
    )
  })
})

describe('parsing a listing', () => {
  const line = (change: object) => JSON.stringify({ ...buildScanned(), ...change })

  it.each([
    ['a null price', { price: null }],
    ['a null amount', { price: { amount: null, currency: 'BRL' } }],
    ['a price of nothing', { price: { amount: 0, currency: 'BRL' } }],
    ['no attributes', { attributes: null }],
    ['fields it does not know', { stock: 3, seller: { id: 'S', tier: 'gold' } }],
    ['attributes of any kind', { attributes: { ratedPowerW: 65, wireless: false, sizes: [1] } }],
    [
      'a moment and pictures',
      {
        capturedAt: '2026-03-02T07:55:00Z',
        pictures: [{ sha256: 'a'.repeat(64), url: 'https://img.example/1.jpg' }],
      },
    ],
  ])('takes %s', (_what, change) => {
    expect(parseListing(line(change))).toHaveProperty('listing')
  })

  it.each([
    ['not JSON', '{"marketplace":', /not a JSON object/],
    ['a list', '[]', /the line must be object/],
    ['null', 'null', /the line must be object/],
    ['half a character in the id', line({ listingId: 'a\ud800' }), /\/listingId/],
    ['no listing id', line({ listingId: undefined }), /listingId/],
    ['an empty title', line({ title: '' }), /\/title/],
    ['a title beyond the contract', line({ title: 'x'.repeat(1001) }), /\/title/],
    ['a NUL character', line({ title: 'a\u0000b' }), /\/title/],
    ['a price as text', line({ price: { amount: '65,73', currency: 'BRL' } }), /\/price/],
    ['a negative price', line({ price: { amount: -1, currency: 'BRL' } }), /\/price/],
    ['a marketplace that is no slug', line({ marketplace: 'Mercado Livre' }), /\/marketplace/],
    ['a seller without an id', line({ seller: {} }), /\/seller/],
    ['a moment that is none', line({ capturedAt: 'yesterday' }), /\/capturedAt/],
    ['an address that is none', line({ url: 'javascript:alert(1)' }), /\/url/],
  ])('refuses %s and says where', (_what, text, reason) => {
    expect(parseListing(text)).toEqual({ reason: expect.stringMatching(reason) })
  })

  it('never throws, and gives a reason that fits a line', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.anything().map((value) => {
        try {
          return JSON.stringify({ ...buildScanned(), ...(value as object) }) ?? ''
        } catch {
          return '{'
        }
      }),
    )
    fc.assert(
      fc.property(text, (input) => {
        const parsed = parseListing(input)
        const reason = 'reason' in parsed ? parsed.reason : 'fits'
        expect(reason.length).toBeGreaterThan(0)
        expect(reason.length).toBeLessThanOrEqual(300)
      }),
    )
  })
})
