import { describe, it, expect } from '@jest/globals'
import { DAY_MS, HOUR_MS } from '../../../../domain/brand/calendar.js'
import { DEFAULT_POLICY } from '../../../../domain/brand/policy.js'
import { nextDeadline } from '../../../../domain/case/waiting/due.js'
import type { Interval } from '../../../../domain/brand/working-intervals.js'
import { MONDAY_MS } from '../../../builders/case.js'
import { as, askedCase, CASE_ID, confirmation, snapshotOf } from '../case-driver.js'

const weeks = (n: number) => MONDAY_MS + n * 7 * DAY_MS

// Asked on Monday, 2 March 2026, 08:00 UTC; Saturdays and Sundays are free.
describe('a case nobody answers', () => {
  it('of severity S1 goes on by the clock and ends with the lead paged every day', () => {
    expect(askedCase({ severity: 'S1' }).runUntil(MONDAY_MS + 4 * DAY_MS).timeline).toEqual([
      '2026-03-02T16:00:00.000Z reminder 1 to brand',
      '2026-03-03T00:00:00.000Z reminder 2 to brand',
      '2026-03-03T08:00:00.000Z escalated to accountManager (silence)',
      '2026-03-03T16:00:00.000Z escalated to lead (silence)',
      '2026-03-03T20:00:00.000Z attention (silence)',
      '2026-03-04T20:00:00.000Z reminder 1 to lead',
      '2026-03-05T20:00:00.000Z reminder 2 to lead',
    ])
  })

  it('of severity S2 waits over the weekend and ends with the lead, never expired', () => {
    const driven = askedCase({ severity: 'S2' }).runUntil(MONDAY_MS + 8 * DAY_MS)
    expect(driven.timeline).toEqual([
      '2026-03-03T08:00:00.000Z reminder 1 to brand',
      '2026-03-04T08:00:00.000Z reminder 2 to brand',
      '2026-03-05T08:00:00.000Z escalated to accountManager (silence)',
      '2026-03-06T08:00:00.000Z escalated to lead (silence)',
      '2026-03-06T16:00:00.000Z attention (silence)',
      '2026-03-07T16:00:00.000Z reminder 1 to lead',
      '2026-03-08T16:00:00.000Z reminder 2 to lead',
      '2026-03-09T16:00:00.000Z reminder 3 to lead',
    ])
    expect(driven.runUntil(weeks(20)).state.phase).toBe('needsAttention')
  })

  it('of severity S3 expires after account manager and lead', () => {
    expect(askedCase({ severity: 'S3' }).runUntil(weeks(4)).timeline).toEqual([
      '2026-03-03T08:00:00.000Z reminder 1 to brand',
      '2026-03-04T08:00:00.000Z reminder 2 to brand',
      '2026-03-05T08:00:00.000Z escalated to accountManager (silence)',
      '2026-03-06T08:00:00.000Z reminder 1 to accountManager',
      '2026-03-09T08:00:00.000Z escalated to lead (silence)',
      '2026-03-10T08:00:00.000Z closed expired',
    ])
  })

  it('of severity S4 expires after the account manager', () => {
    expect(askedCase({ severity: 'S4' }).runUntil(weeks(4)).timeline).toEqual([
      '2026-03-04T08:00:00.000Z reminder 1 to brand',
      '2026-03-05T08:00:00.000Z escalated to accountManager (silence)',
      '2026-03-09T08:00:00.000Z closed expired',
    ])
  })

  it('never expires with severity S2, whatever a stored policy says', () => {
    const S2 = { ...DEFAULT_POLICY.severities.S2, silence: 'release' as const, lead: null }
    const policy = snapshotOf({
      ...DEFAULT_POLICY,
      severities: { ...DEFAULT_POLICY.severities, S2 },
    })
    const { state } = askedCase({ severity: 'S2', policy }).runUntil(weeks(8))
    expect([state.phase, state.attention?.reason]).toEqual(['needsAttention', 'silence'])
  })

  it('waits over holidays of the brand', () => {
    const calendar = { timeZone: 'UTC', weekdays: [1, 2, 3, 4, 5], holidays: ['2026-03-03'] }
    const driven = askedCase({ policy: snapshotOf(DEFAULT_POLICY, calendar) })
    expect(new Date(driven.state.wait?.dueAt ?? 0).toISOString()).toBe('2026-03-06T08:00:00.000Z')
  })
})

describe('working time', () => {
  it('is that of whose turn it is', () => {
    const days = (from: number, to: number): Interval[] => [
      [Date.UTC(2026, 2, from), Date.UTC(2026, 2, to)],
    ]
    const policy = {
      ...snapshotOf(DEFAULT_POLICY),
      workingTime: { brand: days(2, 20), accountManager: days(10, 30), lead: days(20, 30) },
    }
    expect(askedCase({ severity: 'S3', policy }).runUntil(weeks(4)).timeline).toEqual([
      '2026-03-03T08:00:00.000Z reminder 1 to brand',
      '2026-03-04T08:00:00.000Z reminder 2 to brand',
      '2026-03-05T08:00:00.000Z escalated to accountManager (silence)',
      '2026-03-11T00:00:00.000Z reminder 1 to accountManager',
      '2026-03-12T00:00:00.000Z escalated to lead (silence)',
      '2026-03-21T00:00:00.000Z closed expired',
    ])
  })
})

describe('after an outage', () => {
  it('only the latest overdue reminder is sent', () => {
    const driven = askedCase({ severity: 'S1' }).wakeUpAt(MONDAY_MS + 17 * HOUR_MS)
    expect(driven.timeline).toEqual(['2026-03-03T01:00:00.000Z reminder 2 to brand'])
    expect(nextDeadline(driven.state)).toEqual({ at: MONDAY_MS + DAY_MS, kind: 'windowEnd' })
  })

  it('a window that ended sends no reminder, and the next starts when it really does', () => {
    const driven = askedCase({ severity: 'S1' }).wakeUpAt(MONDAY_MS + 10 * DAY_MS)
    expect(driven.timeline).toEqual([
      '2026-03-12T08:00:00.000Z escalated to accountManager (silence)',
    ])
    expect(driven.state.wait?.dueAt).toBe(MONDAY_MS + 10 * DAY_MS + 8 * HOUR_MS)
  })

  it('an answer that is processed before the overdue end of the window wins', () => {
    const driven = askedCase({ severity: 'S1' })
    driven.now = MONDAY_MS + 3 * DAY_MS
    expect(driven.send('decide', confirmation())).toBeNull()
    expect(driven.state.phase).toBe('takingDown')
  })
})

describe('a deadline', () => {
  const until = (ms: number) => new Date(ms).toISOString()
  const extension = (driven: ReturnType<typeof askedCase>, byMs: number, over = {}) => ({
    caseId: CASE_ID,
    caller: as('brandMember'),
    until: until((driven.state.wait?.dueAt ?? 0) + byMs),
    ...over,
  })

  it('is moved by the brand once and by at most 72 h, with a reminder a working day before', () => {
    const driven = askedCase()
    const dueAt = driven.state.wait?.dueAt ?? 0
    expect(driven.send('extendDeadline', extension(driven, 72 * HOUR_MS + 1))?.code).toBe(
      'InvalidMessage',
    )
    expect(driven.send('extendDeadline', extension(driven, 72 * HOUR_MS))).toBeNull()
    expect(driven.state.wait?.dueAt).toBe(dueAt + 72 * HOUR_MS)
    expect(driven.state.wait?.reminders.at(-1)).toBe(Date.UTC(2026, 2, 6))
    expect(driven.send('extendDeadline', extension(driven, HOUR_MS))?.code).toBe('NotAllowedNow')
  })

  it('can still be moved by the brand after staff moved it', () => {
    const driven = askedCase()
    const byStaff = extension(driven, 10 * DAY_MS, { caller: as('accountManager') })
    expect(driven.send('extendDeadline', byStaff)).toBeNull()
    expect(driven.send('extendDeadline', byStaff)?.code).toBe('InvalidMessage')
    expect(driven.send('extendDeadline', extension(driven, HOUR_MS))).toBeNull()
  })

  it('is not the brand’s to move while the account manager has the case', () => {
    const driven = askedCase().runUntil(MONDAY_MS + 3 * DAY_MS)
    expect(driven.state.phase).toBe('awaitingAccountManager')
    expect(driven.send('extendDeadline', extension(driven, HOUR_MS))?.code).toBe(
      'NotAllowedForRole',
    )
  })

  it('that has passed while nothing ran is not moved into the past', () => {
    const driven = askedCase()
    driven.now = MONDAY_MS + 5 * DAY_MS
    const staff = { caseId: CASE_ID, caller: as('lead') }
    const moved = (ms: number) =>
      driven.send('extendDeadline', { ...staff, until: until(ms) })?.code
    expect(moved(driven.now)).toBe('InvalidMessage')
    expect(moved(driven.now + 1)).toBeUndefined()
  })

  it('is moved by staff by so much at a time, and by so much altogether, whoever moves it', () => {
    const limits = { staffExtensionMs: 5 * DAY_MS, longestExtensionMs: 8 * DAY_MS }
    const driven = askedCase({ policy: snapshotOf({ ...DEFAULT_POLICY, ...limits }) })
    const move = (byMs: number, role: 'lead' | 'brandMember' = 'lead') =>
      driven.send('extendDeadline', extension(driven, byMs, { caller: as(role) }))?.message
    expect(move(5 * DAY_MS + 1)).toBe('staff may extend by at most 120 h at a time')
    expect(move(5 * DAY_MS)).toBeUndefined()
    expect(move(4 * DAY_MS)).toMatch(/at most 192 h altogether; 72 h are left/)
    expect(move(2 * DAY_MS, 'brandMember')).toBeUndefined()
    expect(move(DAY_MS + 1)).toMatch(/24 h are left/)
    expect(move(DAY_MS)).toBeUndefined()
    expect(move(1)).toMatch(/0 h are left/)
  })

  it('of a case open for long can still be moved', () => {
    const driven = askedCase({ severity: 'S1' }).runUntil(MONDAY_MS + 200 * DAY_MS)
    driven.send('returnToBrand', { caseId: CASE_ID, caller: as('lead'), message: '?' })
    expect(driven.send('extendDeadline', extension(driven, DAY_MS))).toBeNull()
  })

  it('never lies more than 120 days after the opening under rules before version 3', () => {
    const driven = askedCase({ policy: { ...snapshotOf(DEFAULT_POLICY), rulesVersion: 2 } })
    const furthest = MONDAY_MS + 120 * DAY_MS
    const staff = { caseId: CASE_ID, caller: as('lead') }
    expect(driven.send('extendDeadline', { ...staff, until: until(furthest + 1) })?.code).toBe(
      'InvalidMessage',
    )
    expect(driven.send('extendDeadline', { ...staff, until: until(furthest) })).toBeNull()
  })

  it.each(['2026-03-20', '2026-03-20T12:00:00', 'Mar 20 2026', 'tomorrow', ''])(
    'is not moved to "%s", which names no instant everywhere the same',
    (text) => {
      expect(askedCase().send('extendDeadline', { until: text })?.message).toMatch(/ISO 8601/)
    },
  )

  it.each(['2026-03-10T12:00:00Z', '2026-03-10T12:00Z', '2026-03-10T20:00:00.000+08:00'])(
    'is moved by the Temporal UI to "%s"',
    (text) => {
      const driven = askedCase()
      expect(driven.send('extendDeadline', { until: text })).toBeNull()
      expect(driven.state.wait?.dueAt).toBe(Date.UTC(2026, 2, 10, 12))
      expect(driven.events.at(-1)?.by.via).toBe('temporalUi')
    },
  )
})

describe('a brand that cannot be reached', () => {
  const failed = (contactId: string) => ({
    caseId: CASE_ID,
    contactId,
    kind: 'asked' as const,
    detail: '550 no such user',
  })

  it('is not waited for: the case goes to the account manager at once', () => {
    const driven = askedCase({ contactIds: ['mei-lin', 'wu-jun'] })
    driven.noticeFails(failed('mei-lin'))
    expect(driven.state.phase).toBe('awaitingBrand')
    driven.noticeFails(failed('mei-lin')).noticeFails(failed('wu-jun'))
    expect(driven.timeline).toEqual([
      '2026-03-02T08:00:00.000Z noticeFailed',
      '2026-03-02T08:00:00.000Z noticeFailed',
      '2026-03-02T08:00:00.000Z escalated to accountManager (unreachable)',
    ])
  })

  it('is not waited for when it had nobody left to ask', () => {
    const driven = askedCase().noticeFails(failed('brand'))
    expect(driven.happened).toEqual(['noticeFailed', 'escalated'])
    const reminded = askedCase().noticeFails({ ...failed('brand'), kind: 'reminder' })
    expect(reminded.state.phase).toBe('awaitingBrand')
  })

  it('is not waited for when it is asked again and still cannot be reached', () => {
    const driven = askedCase().noticeFails(failed('mei-lin'))
    driven.now += HOUR_MS
    const caller = as('accountManager')
    driven.send('returnToBrand', { caseId: CASE_ID, caller, message: 'there is a new address' })
    driven.noticeFails(failed('mei-lin'))
    expect(driven.happened.slice(-3)).toEqual(['asked', 'noticeFailed', 'escalated'])
  })

  it('is waited for when it is asked again and one address works now', () => {
    const driven = askedCase({ contactIds: ['mei-lin', 'wu-jun'] })
    driven.noticeFails(failed('mei-lin')).noticeFails(failed('wu-jun'))
    driven.now += HOUR_MS
    const caller = as('accountManager')
    driven.send('returnToBrand', { caseId: CASE_ID, caller, message: 'there is a new address' })
    driven.noticeFails(failed('wu-jun'))
    expect(driven.state.phase).toBe('awaitingBrand')
  })

  it('is still waited for when an address of staff failed', () => {
    expect(askedCase().noticeFails(failed('ana-souza')).state.phase).toBe('awaitingBrand')
  })
})
