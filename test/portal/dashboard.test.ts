import { describe, expect, it } from '@jest/globals'
import type { Dashboard } from '../../contract/dashboard.js'
import { HOUR_MS } from '../../domain/brand/calendar.js'
import {
  answerRate,
  answersTable,
  courseTable,
  openTable,
  outcomesTable,
  sellersTable,
  timesTable,
} from '../../portal/dashboard/figure-tables.js'
import { readDashboardSearch } from '../../portal/dashboard/search.js'
import { csvOf } from '../../portal/dashboard/written.js'
import { readSearch } from '../../portal/inbox/search.js'
import { wordsFor } from '../../wording/vocabulary.js'

const words = {
  say: (word: string, values = {}) => [word, ...Object.values(values)].join(' '),
  vocabulary: wordsFor('en'),
  locale: 'en' as const,
}
const waited = { n: 10, censored: 4, p50Ms: 90 * 60_000, p90Ms: null }
const figures: Dashboard['current'] = {
  ...{ cases: 10, answered: 6, unanswered: 2, outcomes: { released: 1, takenDown: 4 } },
  ...{ toFirstView: waited, toDecision: waited, toTakedown: waited },
  reminders: { none: 3, one: 2, more: 1, late: 0 },
  ...{ sellers: 7, returnedCount: 1 },
  returned: [{ marketplace: 'taobao', sellerId: '77', times: 2 }],
}
const dashboard: Dashboard = {
  from: '2026-03-02T15:00:00.000Z',
  to: '2026-03-05T15:00:00.000Z',
  previousFrom: '2026-02-27T15:00:00.000Z',
  ...{ isCapped: false, step: 'day' },
  open: [
    { phase: 'awaitingBrand', underOneDay: 1, oneToThreeDays: 2, threeToSevenDays: 3, older: 4 },
    { phase: 'needsAttention', underOneDay: 0, oneToThreeDays: 0, threeToSevenDays: 0, older: 1 },
  ],
  course: [{ at: '2026-03-04T00:00:00.000Z', opened: 5, decided: 2, removed: 1 }],
  current: figures,
  previous: { ...figures, outcomes: { expired: 9 } },
}
const shown = { dashboard, isCompared: true, brand: 'northwind' }

describe('the figures of the dashboard', () => {
  it('have a row for each day, those without anything too', () => {
    const { rows } = courseTable(shown, words)
    expect(rows.map(({ id, values }) => [id, ...values])).toEqual([
      ['2026-03-02', 0, 0, 0],
      ['2026-03-03', 0, 0, 0],
      ['2026-03-04', 5, 2, 1],
      ['2026-03-05', 0, 0, 0],
    ])
  })

  it('begin weeks on the Mondays of the service', () => {
    const weekly: Dashboard = {
      ...dashboard,
      ...{ step: 'week', from: '2026-03-04T15:00:00.000Z', to: '2026-03-17T00:00:00.000Z' },
      course: [{ at: '2026-03-09T00:00:00.000Z', opened: 5, decided: 2, removed: 1 }],
    }
    const { rows } = courseTable({ ...shown, dashboard: weekly }, words)
    expect(rows.map(({ id, values }) => [id, values[0]])).toEqual([
      ['2026-03-02', 0],
      ['2026-03-09', 5],
      ['2026-03-16', 0],
    ])
  })

  it('count what is open by phase and age, and lead to what can be seen in the inbox', () => {
    const [waiting, stuck] = openTable(shown, words).rows
    expect(waiting?.values).toEqual([1, 2, 3, 4, 10])
    expect(waiting?.inbox).toBeUndefined()
    expect(stuck?.inbox).toEqual({ view: 'stuck', brand: 'northwind' })
  })

  it('lead to addresses that the inbox takes as they are', () => {
    const tables = [
      openTable(shown, words),
      outcomesTable(shown, words),
      sellersTable(shown, words),
    ]
    const addresses = tables.flatMap(({ rows }) => rows.flatMap(({ inbox }) => inbox ?? []))
    expect(addresses).toHaveLength(5)
    expect(addresses.map((address) => readSearch({ ...address }))).toEqual(addresses)
  })

  it('show outcomes of either period, the most frequent of this one first', () => {
    const { rows } = outcomesTable(shown, words)
    expect(rows.map(({ id, values }) => [id, ...values])).toEqual([
      ['takenDown', 4, 0],
      ['released', 1, 0],
      ['expired', 0, 9],
    ])
    const alone = outcomesTable({ ...shown, isCompared: false }, words)
    expect(alone.rows.map(({ values }) => values)).toEqual([[4], [1]])
  })

  it('tell answered from ended unanswered and from neither', () => {
    expect(answersTable(shown, words).rows[0]?.values).toEqual([6, 2, 2])
    expect(answerRate(figures)).toBe(0.75)
    expect(answerRate({ answered: 0, unanswered: 0 })).toBeNull()
  })

  it('are in a file as plain numbers, times in hours, and empty where they are not known', () => {
    const [titles, first] = csvOf(timesTable({ ...shown, isCompared: false }, words), words.say)
      .split('\r\n')
      .map((line) => line.split(','))
    expect(waited.p50Ms).toBe(1.5 * HOUR_MS)
    expect(titles?.[1]).toBe('dashboard.inHours dashboard.p50')
    expect(first).toEqual(['dashboard.toFirstView', '1.5', '', '10', '4'])
  })
})

describe('the address of the dashboard', () => {
  it('says what is not usual, and takes nothing else', () => {
    const full = { days: 90, compare: 'none', brand: 'northwind' }
    expect(readDashboardSearch(full)).toEqual(full)
    expect(readDashboardSearch({ days: '7' })).toEqual({ days: 7 })
    expect(readDashboardSearch({ days: 30, compare: 'previous' })).toEqual({})
    expect(readDashboardSearch({ days: 31, compare: 1, brand: 'No brand' })).toEqual({})
  })
})
