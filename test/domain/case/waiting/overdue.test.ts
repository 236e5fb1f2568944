import { describe, expect, it } from '@jest/globals'
import { caseDetails } from '../../../../domain/case/details.js'
import { DAY_MS, HOUR_MS } from '../../../../domain/brand/calendar.js'
import { deadlineOf, overdueDeadline } from '../../../../domain/case/waiting/overdue.js'
import { DEFAULT_POLICY } from '../../../../domain/brand/policy.js'
import { MONDAY_MS } from '../../../builders/case.js'
import {
  as,
  askedCase,
  CASE_ID,
  type CaseDriver,
  confirmation,
  snapshotOf,
} from '../case-driver.js'

const missed = ({ state }: CaseDriver) =>
  (state.missed ?? []).map(({ owner, who, dueAt }) => [owner, who, (dueAt - MONDAY_MS) / HOUR_MS])

describe('a deadline that passed without an answer', () => {
  it('stays visible with whose it was, however often they are reminded', () => {
    const driven = askedCase({ severity: 'S1' }).runUntil(MONDAY_MS + 10 * DAY_MS)
    expect(driven.state.phase).toBe('needsAttention')
    expect(missed(driven)).toEqual([
      ['brand', null, 24],
      ['accountManager', 'ana-souza', 32],
      ['lead', 'li-wei', 36],
    ])
    expect(overdueDeadline(driven.state)?.owner).toBe('lead')
    expect(deadlineOf(driven.state)).toBe(MONDAY_MS + 36 * HOUR_MS)
    expect(driven.state.wait?.dueAt).toBeGreaterThan(driven.now)
    expect(caseDetails(driven.state)).toContain(
      '**overdue** since 2026-03-03T20:00:00.000Z, missed by lead li-wei',
    )
  })

  it('is on record also of a case that expired, and is no longer due', () => {
    const driven = askedCase({ severity: 'S4' }).runUntil(MONDAY_MS + 30 * DAY_MS)
    expect(driven.state.ending?.outcome).toBe('expired')
    expect(missed(driven).map(([owner]) => owner)).toEqual(['brand', 'accountManager'])
    expect(deadlineOf(driven.state)).toBeNull()
  })

  it('is made good when the brand is asked again, and none is missed by an answer in time', () => {
    const driven = askedCase({ severity: 'S1' }).runUntil(MONDAY_MS + 3 * DAY_MS)
    driven.send('returnToBrand', { caseId: CASE_ID, caller: as('lead'), message: '?' })
    expect([overdueDeadline(driven.state), deadlineOf(driven.state)]).toEqual([
      null,
      driven.now + DAY_MS,
    ])
    expect(missed(driven)).toHaveLength(3)
    const answered = askedCase()
    answered.send('decide', confirmation({ verdict: 'unsure' }))
    expect(answered.state.missed).toBeUndefined()
  })

  it('is that of whoever is reminded of a stuck takedown in vain', () => {
    const driven = askedCase()
    driven.send('decide', confirmation())
    driven.marketplaceSays({ kind: 'refused', code: 'no', message: 'no' })
    const dueAt = driven.state.wait?.dueAt
    driven.runToDeadline(3)
    expect(driven.state.missed).toMatchObject([{ owner: 'accountManager', dueAt }])
    expect(deadlineOf(driven.state)).toBe(dueAt)
  })

  it('was not kept under rules before version 3', () => {
    const policy = { ...snapshotOf(DEFAULT_POLICY), rulesVersion: 2 }
    const driven = askedCase({ severity: 'S1', policy }).runUntil(MONDAY_MS + 10 * DAY_MS)
    expect(driven.state).not.toHaveProperty('missed')
  })
})
