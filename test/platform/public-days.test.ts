import { describe, expect, it } from '@jest/globals'
import { DEFAULT_CALENDAR, workingIntervals } from '../../domain/brand/calendar.js'
import { addWorkingTime } from '../../domain/brand/working-time.js'
import { hasPublicDays, publicDaysOf } from '../../platform/public-days.js'

const in2026 = (country: string) => {
  const { holidays, workdays } = publicDaysOf({ country }, Date.UTC(2026, 5, 1))
  const of2026 = (dates: readonly string[]) => dates.filter((date) => date.startsWith('2026'))
  return { holidays: of2026(holidays), workdays: of2026(workdays) }
}

describe('public days', () => {
  it('of China are as the state arranged them, with made-up working days', () => {
    const { holidays, workdays } = in2026('CN')
    expect(workdays).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ])
    expect(holidays).toEqual(expect.arrayContaining(['2026-02-16', '2026-02-23', '2026-10-07']))
  })

  it.each([
    ['BR', '2026-09-07'],
    ['US', '2026-11-26'],
    ['DE', '2026-10-03'],
    ['DE-BY', '2026-06-04'],
    ['CN', '2026-10-01'],
  ])('of %s name %s', (country, date) => {
    expect(in2026(country).holidays).toContain(date)
  })

  it('of a part of a country are its own, and of no country none', () => {
    expect(in2026('DE').holidays).not.toContain('2026-06-04')
    expect(publicDaysOf({}, 0)).toEqual({ holidays: [], workdays: [] })
  })

  it('are foreseen by rule where they are not arranged yet', () => {
    const { holidays } = publicDaysOf({ country: 'CN' }, Date.UTC(2040, 0, 1))
    expect(holidays).toContain('2040-10-01')
  })

  it.each([
    ['CN', true],
    ['DE-BY', true],
    ['DE-XX', false],
    ['XX', false],
    ['constructor', false],
  ])('of %s: known is %s', (country, known) => {
    expect(hasPublicDays(country)).toBe(known)
  })

  it('count in the working time of a calendar that names the country', () => {
    const calendar = { ...DEFAULT_CALENDAR, timeZone: 'Asia/Shanghai', country: 'CN' }
    const at = Date.parse('2026-02-11T02:00:00Z')
    const working = workingIntervals(calendar, at, publicDaysOf(calendar, at))
    expect(new Date(addWorkingTime(at, 3 * 86_400_000, working)).toISOString()).toBe(
      '2026-02-14T02:00:00.000Z',
    )
  })
})
