import { describe, expect, it } from '@jest/globals'
import { DEFAULT_CALENDAR, HOUR_MS, workingIntervals } from '../../domain/brand/calendar.js'
import { DEFAULT_POLICY, RULES_VERSION } from '../../domain/brand/policy.js'
import { silentRun } from '../../domain/case/waiting/silent-run.js'
import { daysAhead, withDay, withoutDay } from '../../portal/settings/calendar/days-ahead.js'
import { contactIdFor } from '../../portal/settings/contacts/contact-id.js'
import { layoutOf } from '../../portal/settings/policy/timeline-layout.js'
import {
  changesSince,
  draftOf,
  fieldsOf,
  lacksCurrency,
  troubleIn,
} from '../../portal/settings/references/reference-draft.js'
import { buildReference } from '../builders/brand.js'

describe('the special days of a calendar', () => {
  const country = { holidays: ['2026-10-01', '2026-10-02'], workdays: ['2026-10-10'] }
  const span = ['2026-10-01', '2026-10-31'] as const

  it('are those of its country, as far as it says nothing else itself', () => {
    const own = withDay(DEFAULT_CALENDAR, { date: '2026-10-02', kind: 'worked' })
    const part = withDay(own, { date: '2026-10-05', kind: 'part', from: '09:00', to: '13:00' })
    expect(daysAhead(part, country, span)).toEqual([
      { date: '2026-10-01', kind: 'off', source: 'country' },
      { date: '2026-10-02', kind: 'worked', source: 'own' },
      { date: '2026-10-05', kind: 'part', source: 'own', from: '09:00', to: '13:00' },
      { date: '2026-10-10', kind: 'worked', source: 'country' },
    ])
  })

  it('are one thing each, and can be taken back', () => {
    const off = withDay(DEFAULT_CALENDAR, { date: '2026-10-05', kind: 'off' })
    const worked = withDay(off, { date: '2026-10-05', kind: 'worked' })
    expect(worked).toMatchObject({ holidays: [], workdays: ['2026-10-05'] })
    expect(daysAhead(withoutDay(worked, '2026-10-05'), country, span)).toHaveLength(3)
  })
})

it.each([
  ['Product safety', [], 'product-safety'],
  ['Produção & Segurança', [], 'producao-seguranca'],
  ['Product safety', ['product-safety'], 'product-safety-2'],
  ['产品安全', ['contact'], 'contact-2'],
])('the contact %s beside %j gets the id %s', (name, taken, id) => {
  expect(contactIdFor(name, taken)).toBe(id)
})

it('a timeline is drawn from its first step to its last, each turn in the days of its owner', () => {
  // A Friday; the account manager works on Sundays to Wednesdays.
  const startMs = Date.parse('2026-03-06T00:00:00Z')
  const working = workingIntervals(DEFAULT_CALENDAR, startMs)
  const other = { ...DEFAULT_CALENDAR, weekdays: [7, 1, 2, 3] }
  const workingTime = {
    ...{ brand: working, accountManager: workingIntervals(other, startMs), lead: working },
  }
  const policy = { ...DEFAULT_POLICY, rulesVersion: RULES_VERSION, policyVersion: 1, workingTime }
  const steps = silentRun(policy, 'S4', startMs)
  const { points, turns, rests } = layoutOf(steps, workingTime)

  // Three working days for the brand: Friday, Monday and Tuesday; two for the account manager: Wednesday and Sunday.
  const part = (hours: number) => (hours * HOUR_MS) / ((steps.at(-1)?.at ?? 0) - startMs)
  expect((steps.at(-1)?.at ?? 0) - startMs).toBe(10 * 24 * HOUR_MS)
  expect(points.map(({ at }) => at)).toEqual([0, part(96), part(120), 1])
  expect(turns).toEqual([
    { owner: 'brand', from: 0, to: part(120) },
    { owner: 'accountManager', from: part(120), to: 1 },
  ])
  expect(rests).toEqual([
    { from: part(24), to: part(72) },
    { from: part(144), to: part(216) },
  ])
})

describe('what is written of a genuine product', () => {
  const reference = {
    ...buildReference({ rights: 'NORTHWIND' }),
    updatedAt: '2026-03-02T08:00:00Z',
  }

  it('is an entry a line, each once, and a price in capitals', () => {
    const draft = {
      ...draftOf(null, 'eur'),
      name: ' Tote ',
      skus: 'T-1\r\n\n T-2 \nT-1',
      amount: 0,
    }
    expect(fieldsOf(draft)).toEqual({
      ...{ name: 'Tote', skus: ['T-1', 'T-2'], words: [], features: [] },
      ...{ suggestedPrice: { amount: 0, currency: 'EUR' }, rights: null },
    })
  })

  it('is sent as far as it is not as it was', () => {
    const before = draftOf(reference, '')
    expect(changesSince(before, before)).toEqual({})
    expect(changesSince(before, { ...before, rights: ' ', skus: 'BAG-1\n' })).toEqual({
      rights: null,
    })
    expect(changesSince(before, { ...before, amount: null })).toEqual({ suggestedPrice: null })
  })

  it('has no more lines, no longer ones, and no price without a currency', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join('\n')
    expect([troubleIn('words', lines(20)), troubleIn('words', lines(21))]).toEqual([
      null,
      'tooMany',
    ])
    expect(troubleIn('skus', 'x'.repeat(101))).toBe('tooLong')
    const priced = { ...draftOf(null, ''), amount: 1 }
    expect(lacksCurrency(priced)).toBe(true)
    expect(lacksCurrency({ ...priced, currency: ' usd' })).toBe(false)
    expect(lacksCurrency({ ...priced, amount: null })).toBe(false)
  })
})
