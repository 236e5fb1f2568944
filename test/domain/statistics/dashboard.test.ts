import { describe, expect, it } from '@jest/globals'
import { DAY_MS, HOUR_MS } from '../../../domain/brand/calendar.js'
import { type CountedCase, dashboardFigures } from '../../../domain/statistics/dashboard.js'
import { buildPolicySnapshot, MONDAY_MS } from '../../builders/case.js'

const NOW = MONDAY_MS + 30 * DAY_MS
const OPEN: CountedCase = {
  ...{ marketplace: 'taobao', sellerId: 'shop', severity: 'S2', phase: 'awaitingBrand' },
  ...{ outcome: null, openedAt: MONDAY_MS, viewedAt: null, decidedAt: null, removedAt: null },
  ...{ closedAt: null, hasBrandMissed: false, policy: buildPolicySnapshot() },
}
const removed = (change: Partial<CountedCase> = {}): CountedCase => ({
  ...OPEN,
  ...{ phase: 'closed', outcome: 'takenDown', viewedAt: MONDAY_MS + HOUR_MS / 2 },
  ...{ decidedAt: MONDAY_MS + HOUR_MS, removedAt: MONDAY_MS + 2 * HOUR_MS },
  closedAt: MONDAY_MS + 2 * HOUR_MS,
  ...change,
})

describe('the figures of a dashboard', () => {
  it('count what is still open as waited for', () => {
    const figures = dashboardFigures([removed(), OPEN, OPEN], NOW)
    expect(figures).toMatchObject({
      ...{ cases: 3, answered: 1, unanswered: 0, outcomes: { takenDown: 1 } },
      toFirstView: { n: 3, censored: 2, p50Ms: null },
      toDecision: { n: 3, censored: 2, p50Ms: null },
      toTakedown: { n: 1, censored: 0, p50Ms: 2 * HOUR_MS },
    })
  })

  it('say after how many reminders answers came', () => {
    const answered = [HOUR_MS, 25 * HOUR_MS, 50 * HOUR_MS].map((ms) =>
      removed({ decidedAt: MONDAY_MS + ms }),
    )
    const late = removed({ decidedAt: MONDAY_MS + 9 * DAY_MS, hasBrandMissed: true })
    expect(dashboardFigures([...answered, late], NOW).reminders).toEqual({
      ...{ none: 1, one: 1, more: 1, late: 1 },
    })
  })

  it('name sellers who came back after a removal', () => {
    const again = { ...OPEN, openedAt: MONDAY_MS + DAY_MS }
    const other = { ...OPEN, sellerId: 'another' }
    const atTheSameTime = removed({ sellerId: 'third' })
    const figures = dashboardFigures(
      [removed(), again, again, other, atTheSameTime, { ...OPEN, sellerId: 'third' }],
      NOW,
    )
    expect(figures.returned).toEqual([{ marketplace: 'taobao', sellerId: 'shop', times: 2 }])
    expect([figures.sellers, figures.returnedCount]).toEqual([3, 1])
  })
})
