import { describe, expect, it } from '@jest/globals'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { bodyOf, managingActs, unmanaged } from '../../portal/case/manage.js'

const NOW_MS = Date.UTC(2026, 2, 2, 8)
const of = (hours: number) => ({
  dueAt: new Date(NOW_MS + hours * 3_600_000).toISOString(),
  attention: null,
})
const changed = {
  ...of(1),
  attention: {
    ...{ reason: 'listingChanged' as const, detail: '', since: '', unblock: [] },
  },
}

describe('what staff can do about a case', () => {
  it('is offered as the case allows it, in one order', () => {
    expect(managingActs(['reassign', 'addNote', 'returnToBrand', 'decide'])).toEqual([
      'returnToBrand',
      'reassign',
    ])
    expect(managingActs(['decide'])).toEqual([])
  })

  it('moves a deadline from where it is, and one that has passed from now', () => {
    const moved = (hours: number) =>
      bodyOf('extendDeadline', { ...unmanaged, days: '2' }, of(hours), NOW_MS)?.sent
    expect(moved(5)).toEqual({ until: new Date(NOW_MS + 5 * 3_600_000 + 2 * DAY_MS).toISOString() })
    expect(moved(-5)).toEqual({ until: new Date(NOW_MS + 2 * DAY_MS).toISOString() })
  })

  it.each([
    ['returnToBrand', 'a question'],
    ['closeManually', 'a reason'],
  ] as const)('%s needs %s', (act, _what) => {
    expect(bodyOf(act, { ...unmanaged, text: '  ' }, of(1), NOW_MS)).toBeNull()
    expect(bodyOf(act, { ...unmanaged, text: ' why ' }, of(1), NOW_MS)?.sent).toEqual(
      act === 'returnToBrand' ? { message: 'why' } : { reason: 'why' },
    )
  })

  it('gives a case only to somebody', () => {
    expect(bodyOf('reassign', unmanaged, of(1), NOW_MS)).toBeNull()
    expect(bodyOf('reassign', { ...unmanaged, to: 'li-wei', role: 'lead' }, of(1), NOW_MS)).toEqual(
      {
        path: 'reassign',
        sent: { role: 'lead', to: 'li-wei' },
      },
    )
  })

  it('removes a listing that has changed only for who says that they looked', () => {
    expect(bodyOf('retryTakedown', unmanaged, of(1), NOW_MS)?.sent).toEqual({})
    expect(bodyOf('retryTakedown', unmanaged, changed, NOW_MS)).toBeNull()
    expect(bodyOf('retryTakedown', { ...unmanaged, isSure: true }, changed, NOW_MS)?.sent).toEqual({
      acceptChanged: true,
    })
  })
})
