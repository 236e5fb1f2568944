import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  type Calendar,
  DAY_MS,
  DEFAULT_CALENDAR,
  HOUR_MS,
  workingIntervals,
} from '../../../domain/brand/calendar.js'
import { DEFAULT_POLICY } from '../../../domain/brand/policy.js'
import { sightingHappenings } from '../../../domain/listing/sightings.js'
import type { Severity } from '../../../domain/vocabulary.js'
import { intervalsFrom, workingTimeBetween } from '../../../domain/brand/working-time.js'
import type { WorkingIntervals } from '../../../domain/brand/working-intervals.js'
import { MONDAY_MS, MONITOR } from '../../builders/case.js'
import {
  as,
  askedCase,
  CASE_ID,
  type CaseDriver,
  confirmation,
  itemSighting,
  snapshotOf,
} from './case-driver.js'

const iso = (atMs: number | undefined) => new Date(atMs ?? NaN).toISOString().slice(0, 16)
const bulkDay = { ...DEFAULT_POLICY, coolingOffMs: { single: 0, bulk: DAY_MS } }
const due = (driven: CaseDriver) => iso((driven.state.suspended ?? driven.state).wait?.dueAt)
const reminders = (driven: CaseDriver) =>
  (driven.state.suspended ?? driven.state).wait?.reminders.map(iso)

function pause(driven: CaseDriver, fromMs: number, toMs: number): void {
  driven.runUntil(fromMs)
  driven.send('decide', confirmation({ bulk: true, decisionId: `d-${fromMs}` }))
  driven.now = toMs
  const caller = as('brandMember')
  driven.send('undecide', { caseId: CASE_ID, caller, decisionId: `d-${fromMs}`, reason: 'oh' })
}

function raise(driven: CaseDriver, to: Severity): void {
  const more = itemSighting({ sightingId: `s-${to}`, suspectedSeverity: to })
  driven.apply(sightingHappenings(driven.state, more, driven.now, MONITOR))
}

describe('whatever moves a deadline counts in the working time of whose turn it is', () => {
  // Opened on Monday 08:00, the brand's three working days end on Thursday 08:00.
  const thursday = Date.UTC(2026, 2, 5)

  it('a cooling-off that is undone gives back the working time it took', () => {
    const driven = askedCase({ policy: snapshotOf(bulkDay) }).runUntil(thursday)
    const extension = { caseId: CASE_ID, caller: as('brandMember'), until: '2026-03-06T12:00:00Z' }
    driven.send('extendDeadline', extension)
    expect(reminders(driven)).toEqual(['2026-03-05T12:00'])
    const friday = Date.UTC(2026, 2, 6, 10)
    pause(driven, friday, friday + 20 * HOUR_MS)
    expect(due(driven)).toBe('2026-03-09T02:00')
  })

  it('a cooling-off over a day nobody works costs nothing and gives nothing', () => {
    const weekend = { ...DEFAULT_CALENDAR, weekdays: [1, 2, 4, 5] }
    const driven = askedCase({ policy: snapshotOf(bulkDay, weekend) })
    expect([due(driven), ...(reminders(driven) ?? [])]).toEqual([
      '2026-03-06T08:00',
      '2026-03-03T08:00',
      '2026-03-05T08:00',
    ])
    pause(driven, Date.UTC(2026, 2, 4), Date.UTC(2026, 2, 4, 20))
    expect([due(driven), ...(reminders(driven) ?? [])]).toEqual([
      '2026-03-06T08:00',
      '2026-03-05T08:00',
    ])
  })

  it('a raised severity leaves out the time in which the wait stood still', () => {
    const driven = askedCase({ severity: 'S3', policy: snapshotOf(bulkDay) })
    pause(driven, MONDAY_MS + HOUR_MS, MONDAY_MS + 20 * HOUR_MS)
    raise(driven, 'S1')
    expect([due(driven), ...(reminders(driven) ?? [])]).toEqual([
      '2026-03-04T03:00',
      '2026-03-03T11:00',
      '2026-03-03T19:00',
    ])
  })

  it('a severity raised in a cooling-off is judged as of when that began', () => {
    const driven = askedCase({ severity: 'S3', policy: snapshotOf(bulkDay) })
    driven.runUntil(MONDAY_MS + 2 * HOUR_MS)
    driven.send('decide', confirmation({ bulk: true }))
    driven.now += 20 * HOUR_MS
    raise(driven, 'S1')
    const caller = as('brandMember')
    driven.send('undecide', { caseId: CASE_ID, caller, decisionId: 'd-1', reason: 'oh' })
    expect([due(driven), ...(reminders(driven) ?? [])]).toEqual([
      '2026-03-04T04:00',
      '2026-03-03T12:00',
      '2026-03-03T20:00',
    ])
  })

  it('rules before version 3 go on counting pauses by the clock', () => {
    const policy = { ...snapshotOf(bulkDay), rulesVersion: 2 }
    const driven = askedCase({ policy }).runUntil(Date.UTC(2026, 2, 4, 20))
    pause(driven, Date.UTC(2026, 2, 4, 22), Date.UTC(2026, 2, 5, 22))
    expect(due(driven)).toBe('2026-03-06T08:00')
  })
})

const calendars: fc.Arbitrary<Calendar> = fc.record({
  timeZone: fc.constantFrom('UTC', 'Asia/Shanghai', 'America/Sao_Paulo', 'Europe/Berlin'),
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  holidays: fc.constantFrom([], ['2026-03-03', '2026-03-05'], ['2026-03-09']),
  workdays: fc.constantFrom([], ['2026-03-07']),
  partDays: fc.constantFrom([], [{ date: '2026-03-06', from: '09:00', to: '13:00' }]),
})

describe('in any calendar, whatever happens to a wait', () => {
  const acts = fc.array(
    fc.tuple(
      fc.constantFrom('pause', 'extend', 'raise', 'return'),
      fc.integer({ min: 1, max: 40 }),
    ),
    { maxLength: 6 },
  )

  it('reminders of a working-time window come in working time, before its end', () => {
    fc.assert(
      fc.property(calendars, acts, (calendar, steps) => {
        const policy = snapshotOf(bulkDay, calendar)
        const working = policy.workingTime.brand as WorkingIntervals
        const driven = askedCase({ severity: 'S4', policy })
        for (const [act, hours] of steps) {
          driven.runUntil(driven.now + hours * HOUR_MS)
          if (act === 'pause') pausing(driven, hours, working)
          if (act === 'raise') raise(driven, 'S3')
          if (act === 'extend') {
            const until = new Date((driven.state.wait?.dueAt ?? 0) + hours * HOUR_MS).toISOString()
            driven.send('extendDeadline', { caseId: CASE_ID, caller: as('lead'), until })
          }
          if (act === 'return') {
            driven.send('returnToBrand', { caseId: CASE_ID, caller: as('lead'), message: '?' })
          }
          const { wait } = driven.state
          for (const at of wait?.reminders ?? []) {
            const [[fromMs] = [Infinity]] = intervalsFrom(working, at)
            expect(fromMs).toBeLessThanOrEqual(at)
            expect(at).toBeLessThan(wait?.dueAt ?? 0)
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  function pausing(driven: CaseDriver, hours: number, working: WorkingIntervals): void {
    const { wait, phase } = driven.state
    if (!wait || !phase.startsWith('awaiting')) return
    const left = workingTimeBetween(driven.now, wait.dueAt, working)
    const end = wait.dueAt
    pause(driven, driven.now, driven.now + Math.min(hours, 23) * HOUR_MS)
    const { wait: resumed } = driven.state
    expect(resumed?.dueAt).toBeGreaterThanOrEqual(end)
    if ((resumed?.dueAt ?? 0) > end) {
      expect(workingTimeBetween(driven.now, resumed?.dueAt ?? 0, working)).toBe(left)
    }
  }
})

describe('in any two calendars, a wait that is given to somebody else', () => {
  it('leaves them the working time that was left, in theirs, and reminds in theirs', () => {
    fc.assert(
      fc.property(
        calendars,
        calendars,
        fc.integer({ min: 0, max: 60 }),
        fc.boolean(),
        (own, theirs, hours, isPaused) => {
          const policy = snapshotOf(bulkDay, own)
          const driven = askedCase({ severity: 'S3', policy })
          driven.runUntil(driven.state.wait?.dueAt ?? 0)
          expect(driven.state.wait?.owner).toBe('accountManager')
          driven.runUntil(driven.now + hours * HOUR_MS)
          if (driven.state.wait?.owner !== 'accountManager') return
          const asOf = driven.now
          if (isPaused) {
            driven.send('decide', confirmation({ bulk: true, decisionId: 'd-2' }))
            driven.now += HOUR_MS
          }
          const before = (driven.state.suspended ?? driven.state).wait
          give(driven, 'accountManager', 'rui-tavares')
          expect((driven.state.suspended ?? driven.state).wait).toEqual(before)
          driven.calendarSays(theirs)
          const working = workingIntervals(theirs, MONDAY_MS)
          const { wait } = driven.state.suspended ?? driven.state
          const owners = policy.workingTime.accountManager as WorkingIntervals
          expect(workingTimeBetween(asOf, wait?.dueAt ?? 0, working)).toBe(
            workingTimeBetween(asOf, before?.dueAt ?? 0, owners),
          )
          for (const at of wait?.reminders ?? []) {
            const [[fromMs] = [Infinity]] = intervalsFrom(working, at)
            expect(fromMs).toBeLessThanOrEqual(at)
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('stays as it is by the clock, for somebody nobody knows, and by rules before version 3', () => {
    const weekend = { ...DEFAULT_CALENDAR, weekdays: [6, 7] }
    const s1 = askedCase({ severity: 'S1', policy: snapshotOf(bulkDay) }).runToDeadline(3)
    const s3 = askedCase({ severity: 'S3', policy: snapshotOf(bulkDay) }).runToDeadline(3)
    const older = { ...snapshotOf(bulkDay), rulesVersion: 2 }
    const old = askedCase({ severity: 'S3', policy: older }).runToDeadline(3)
    for (const [driven, calendar] of [
      [s1, weekend],
      [s3, null],
      [old, weekend],
    ] as const) {
      expect(driven.state.wait?.owner).toBe('accountManager')
      const { wait } = driven.state
      give(driven, 'accountManager', 'rui-tavares')
      expect(driven.calendarSays(calendar).state.wait).toEqual(wait)
      expect(driven.state.calendarDue).toBeUndefined()
    }
  })

  it('counts for whoever has it last, and for a turn that comes later', () => {
    const weekend = { ...DEFAULT_CALENDAR, weekdays: [6, 7] }
    const driven = askedCase({ severity: 'S3', policy: snapshotOf(bulkDay) })
    give(driven, 'lead', 'wu-jun')
    give(driven, 'accountManager', 'rui-tavares')
    expect(driven.state.calendarDue).toEqual(['lead', 'accountManager'])
    driven.calendarSays(weekend).calendarSays(weekend)
    expect(driven.state.calendarDue).toBeUndefined()
    driven.runToDeadline(3)
    // The brand's time ends on Thursday; 48 h of a weekend's work end with it.
    expect(due(driven)).toBe('2026-03-09T00:00')
  })

  function give(driven: CaseDriver, role: 'accountManager' | 'lead', to: string): void {
    expect(
      driven.send('reassign', { caseId: CASE_ID, caller: as('operator'), role, to }),
    ).toBeNull()
  }
})
