import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseInstant } from '../../../domain/form/instants.js'

describe('an instant', () => {
  it.each([
    ['2026-11-23T09:15:02Z', '2026-11-23T09:15:02.000Z'],
    ['2026-11-23t09:15:02z', '2026-11-23T09:15:02.000Z'],
    ['2026-11-23 09:15:02Z', '2026-11-23T09:15:02.000Z'],
    ['2026-11-23T09:15Z', '2026-11-23T09:15:00.000Z'],
    ['2026-11-23T09:15:02.123456789012Z', '2026-11-23T09:15:02.123Z'],
    ['2026-11-23T17:15:02+08:00', '2026-11-23T09:15:02.000Z'],
    ['2026-11-23T06:15:02-03:00', '2026-11-23T09:15:02.000Z'],
    ['2024-02-29T00:00:00-00:00', '2024-02-29T00:00:00.000Z'],
    ['2026-12-31T23:59:60Z', '2027-01-01T00:00:00.000Z'],
    ['2026-12-31T23:59:60.5Z', '2027-01-01T00:00:00.000Z'],
    ['2027-01-01T07:59:60+08:00', '2027-01-01T00:00:00.000Z'],
    ['1990-12-31T15:59:60-08:00', '1991-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, iso) => {
    expect(new Date(parseInstant(text) ?? NaN).toISOString()).toBe(iso)
  })

  it.each([
    '2026-02-29T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T23:60:00Z',
    '2026-01-01T23:59:61Z',
    '2026-06-30T22:59:60Z',
    '2026-12-31T23:59:60+01:00',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00+01:60',
    '2026-01-01T00:00:00',
    '2026-01-01',
    '2026-01-01T00:00:00.Z',
    '+012026-01-01T00:00:00Z',
    ' 2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z\n',
    '',
  ])('is not %j', (text) => {
    expect(parseInstant(text)).toBeNull()
  })

  it('is read back from every ISO text of four-digit years', () => {
    const years = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(years, (date) => {
        expect(parseInstant(date.toISOString())).toBe(date.getTime())
      }),
    )
  })

  it('is a finite number or none, whatever the text', () => {
    const digits = (n: number) => fc.stringMatching(new RegExp(`^\\d{${n}}$`))
    const almost = fc
      .tuple(digits(4), digits(2), digits(2), digits(2), digits(2), digits(2))
      .map(([y, mo, d, h, mi, s]) => `${y}-${mo}-${d}T${h}:${mi}:${s}Z`)
    fc.assert(
      fc.property(fc.oneof(almost, fc.string()), (text) => {
        const at = parseInstant(text)
        expect(at === null || Number.isFinite(at)).toBe(true)
      }),
    )
  })
})
