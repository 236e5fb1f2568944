import { describe, expect, it } from '@jest/globals'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../domain/brand/calendar.js'
import { UNDO_MS } from '../../../domain/case/cooling-off.js'
import { explain } from '../../../domain/case/history.js'
import type { CaseEventType } from '../../../domain/vocabulary.js'
import { sightingHappenings } from '../../../domain/listing/sightings.js'
import { MONDAY_MS, MONITOR } from '../../builders/case.js'
import {
  as,
  askedCase,
  CASE_ID,
  type CaseDriver,
  confirmation,
  itemSighting,
} from './case-driver.js'

const told = (driven: CaseDriver) =>
  explain(CASE_ID, driven.events).map((why, index) => ({ ...why, event: driven.events[index] }))
const clausesOf = (driven: CaseDriver, type: CaseEventType) =>
  told(driven).flatMap(({ clause, event }) => (event?.type === type ? [clause] : []))

describe('why something happened', () => {
  it('is the window that was given, the one that ended, and what follows when nobody answers', () => {
    const driven = askedCase({ severity: 'S3' }).runUntil(MONDAY_MS + 30 * DAY_MS)
    const policyVersion = 1
    expect(clausesOf(driven, 'asked')).toEqual([
      {
        ...{ name: 'window', path: 'severities.S3.brand.windowMs', policyVersion },
        ...{ owner: 'brand', ms: 3 * DAY_MS, time: 'working' },
      },
    ])
    expect(clausesOf(driven, 'reminderSent')).toMatchObject([
      { name: 'reminder', path: 'severities.S3.brand.remindersMs[0]', ms: DAY_MS },
      { name: 'reminder', path: 'severities.S3.brand.remindersMs[1]', ms: 2 * DAY_MS },
      { path: 'severities.S3.accountManager.remindersMs[0]', owner: 'accountManager' },
    ])
    expect(clausesOf(driven, 'escalated')).toMatchObject([
      { name: 'windowEnded', owner: 'brand', ms: 3 * DAY_MS },
      { name: 'windowEnded', owner: 'accountManager', ms: 48 * HOUR_MS },
    ])
    expect(clausesOf(driven, 'closed')).toEqual([
      {
        ...{ name: 'silence', path: 'severities.S3.silence', policyVersion },
        silence: 'accountManagerDecides',
      },
    ])
  })

  it('is the rule for a stuck case and its reminders, where it never expires', () => {
    const driven = askedCase({ severity: 'S1' }).runUntil(MONDAY_MS + 4 * DAY_MS)
    expect(clausesOf(driven, 'attentionNeeded')).toMatchObject([
      { name: 'silence', silence: 'neverExpires' },
    ])
    expect(clausesOf(driven, 'reminderSent').at(-1)).toMatchObject({
      ...{ name: 'attentionReminder', path: 'attentionReminderMs', ms: DAY_MS },
    })
  })

  it.each([
    ['of a batch', { bulk: true }, 'coolingOffBulk', 10 * MINUTE_MS],
    ['made in the portal', { caller: as('brandMember', { via: 'portal' }) }, 'undoTime', UNDO_MS],
    [
      'held by the brake',
      { held: { ms: 20 * MINUTE_MS, reason: 'more than 60 an hour' } },
      'brake',
      20 * MINUTE_MS,
    ],
  ] as const)('is what a decision %s waits for', (_which, over, name, ms) => {
    const driven = askedCase()
    expect(driven.send('decide', confirmation(over))).toBeNull()
    expect(clausesOf(driven, 'coolingOffStarted')).toMatchObject([{ name, ms }])
  })

  it('is nothing where somebody did it', () => {
    const driven = askedCase()
    driven.send('addNote', {
      ...{ caseId: CASE_ID, caller: as('brandMember'), text: 'seen', audience: 'brand' },
    })
    driven.send('decide', confirmation())
    expect(clausesOf(driven, 'noteAdded')).toEqual([null])
    expect(clausesOf(driven, 'decided')).toEqual([null])
  })

  it('is what somebody unsure hands over, and what a deadline may be moved by', () => {
    const driven = askedCase()
    const until = new Date(MONDAY_MS + 4 * DAY_MS).toISOString()
    driven.send('extendDeadline', { caseId: CASE_ID, caller: as('brandMember'), until })
    driven.send('decide', confirmation({ verdict: 'unsure' }))
    expect(clausesOf(driven, 'deadlineMoved')).toMatchObject([
      { name: 'extension', path: 'extensionMs', ms: 72 * HOUR_MS },
    ])
    expect(clausesOf(driven, 'escalated')).toMatchObject([{ name: 'handedOver', path: null }])
  })
})

describe('whose turn it is', () => {
  it('is said after each event, also while the marketplace works', () => {
    const driven = askedCase()
    driven.send('decide', confirmation())
    const turns = told(driven).map(({ event, phase, owner }) => [event?.type, phase, owner])
    expect(turns).toEqual([
      ['opened', 'opening', null],
      ['asked', 'awaitingBrand', 'brand'],
      ['decided', 'awaitingBrand', 'brand'],
      ['takedownRequested', 'takingDown', 'marketplace'],
    ])
  })

  it('is not told of a record without its beginning', () => {
    expect(explain(CASE_ID, askedCase().events.slice(1))).toEqual([])
    expect(explain(CASE_ID, [])).toEqual([])
  })

  it('comes to the same as the case itself, whatever was reported of it', () => {
    const driven = askedCase({ severity: 'S3' })
    const graver = itemSighting({ sightingId: 's-2', suspectedSeverity: 'S1' })
    driven.apply(sightingHappenings(driven.state, graver, driven.now, MONITOR))
    driven.runUntil(MONDAY_MS + 2 * DAY_MS)
    expect(told(driven).at(-1)?.phase).toBe(driven.state.phase)
    expect(clausesOf(driven, 'deadlineMoved')).toMatchObject([
      { name: 'severityRaised', path: 'severities.S1.brand.windowMs', ms: DAY_MS, time: 'clock' },
    ])
  })
})
