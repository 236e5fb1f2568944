import { describe, it, expect } from '@jest/globals'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../domain/brand/calendar.js'
import { DEFAULT_POLICY } from '../../../domain/brand/policy.js'
import type { DecideMessage } from '../../../domain/case/message/decide-message.js'
import { HANDOVER_VERDICTS, isForStaff, RELEASING_VERDICTS } from '../../../domain/vocabulary.js'
import { MONDAY_MS } from '../../builders/case.js'
import { answer, as, askedCase, CASE_ID, confirmation, snapshotOf } from './case-driver.js'

describe('a decision made in the portal', () => {
  const inPortal = (over: Partial<DecideMessage> = {}) =>
    confirmation({ caller: as('brandMember', { via: 'portal' }), ...over })
  const undo = {
    ...{ caseId: CASE_ID, caller: as('brandMember', { via: 'portal' }), decisionId: 'd-1' },
    reason: 'the wrong key',
  }

  it.each([
    ['a removal', inPortal(), ['decided', 'coolingOffStarted', 'takedownRequested']],
    [
      'a release',
      answer({ ...inPortal(), verdict: 'genuine' }),
      ['decided', 'coolingOffStarted', 'closed'],
    ],
  ])('can be undone for ten seconds, then %s is carried out', (_, message, happened) => {
    const driven = askedCase()
    expect(driven.send('decide', message)).toBeNull()
    expect(driven.state).toMatchObject({
      phase: 'coolingOff',
      wait: { dueAt: MONDAY_MS + 10_000 },
    })
    driven.runUntil(MONDAY_MS + 9_999)
    expect(driven.state.phase).toBe('coolingOff')
    driven.runToDeadline()
    expect(driven.happened).toEqual(happened)
    expect(driven.events.at(-1)?.at).toBe(MONDAY_MS + 10_000)
  })

  it('ends a released case in the name of whoever decided', () => {
    const driven = askedCase()
    driven.send('decide', answer({ ...inPortal(), verdict: 'authorisedSeller', allowList: {} }))
    driven.runToDeadline()
    expect(driven.events.at(-1)).toMatchObject({
      by: { role: 'brandMember', via: 'portal' },
      data: { allowList: { sellerId: 'shop-2214' } },
    })
  })

  it.each(RELEASING_VERDICTS.filter((v) => !isForStaff(v)))('%s is undone', (verdict) => {
    const driven = askedCase()
    driven.send('decide', answer({ ...inPortal(), verdict }))
    expect(driven.send('undecide', undo)).toBeNull()
    expect(driven.state).toMatchObject({ phase: 'awaitingBrand', decision: null })
    expect(driven.send('decide', inPortal({ decisionId: 'd-2' }))).toBeNull()
  })

  it.each(HANDOVER_VERDICTS)('%s goes to the account manager at once', (verdict) => {
    const driven = askedCase()
    driven.send('decide', answer({ ...inPortal(), verdict, question: 'which batch?' }))
    expect(driven.state.phase).toBe('awaitingAccountManager')
  })

  it.each([
    ['S1', true, 10_000],
    ['S1', false, 10_000],
    ['S2', true, 10 * MINUTE_MS],
    ['S2', false, 10_000],
  ] as const)('of %s, bulk %s, waits %i ms', (severity, bulk, waitMs) => {
    const driven = askedCase({ severity })
    driven.send('decide', inPortal({ bulk }))
    expect(driven.state.wait?.dueAt).toBe(MONDAY_MS + waitMs)
  })

  it('that the brake holds waits as long as the brake says', () => {
    const driven = askedCase()
    driven.send('decide', inPortal({ held: { ms: HOUR_MS, reason: 'many' } }))
    expect(driven.state.wait?.dueAt).toBe(MONDAY_MS + HOUR_MS)
  })
})

describe('undoing a bulk decision', () => {
  const undo = { caseId: CASE_ID, caller: as('brandAdmin'), decisionId: 'd-1', reason: 'too quick' }

  it('gives the time in cooling-off back', () => {
    const driven = askedCase()
    const { wait } = driven.state
    driven.send('decide', confirmation({ bulk: true }))
    expect(driven.state.wait?.dueAt).toBe(MONDAY_MS + 10 * MINUTE_MS)
    driven.now += 4 * MINUTE_MS
    expect(driven.send('undecide', undo)).toBeNull()
    expect(driven.state).toMatchObject({ phase: 'awaitingBrand', decision: null })
    expect(driven.state.wait?.dueAt).toBe((wait?.dueAt ?? 0) + 4 * MINUTE_MS)
    expect(driven.state.wait?.reminders).toEqual(wait?.reminders.map((at) => at + 4 * MINUTE_MS))
    expect(driven.state.answers[0]?.result).toBe('undone')
  })

  it('is for single ones too where the policy has a cooling-off for them', () => {
    const coolingOffMs = { single: 2 * MINUTE_MS, bulk: 10 * MINUTE_MS }
    const driven = askedCase({ policy: snapshotOf({ ...DEFAULT_POLICY, coolingOffMs }) })
    driven.send('decide', confirmation())
    expect(driven.state).toMatchObject({
      phase: 'coolingOff',
      wait: { dueAt: MONDAY_MS + 2 * MINUTE_MS },
    })
    expect(driven.send('undecide', undo)).toBeNull()
  })

  it('of a case nobody had answered leaves it decidable', () => {
    const driven = askedCase({ severity: 'S1' }).runUntil(MONDAY_MS + 2 * DAY_MS)
    const { attention } = driven.state
    driven.send('decide', confirmation({ bulk: true }))
    driven.send('undecide', undo)
    expect(driven.state.attention).toEqual(attention)
    expect(driven.send('decide', confirmation({ decisionId: 'd-2' }))).toBeNull()
  })

  it('never costs time, whatever a clock does', () => {
    const driven = askedCase()
    const dueAt = driven.state.wait?.dueAt
    driven.send('decide', confirmation({ bulk: true }))
    driven.now -= 1_500
    driven.send('undecide', undo)
    expect(driven.state.wait?.dueAt).toBe(dueAt)
  })

  it('stops a takedown that is tried already, and is too late once the case has closed', () => {
    const driven = askedCase()
    driven.send('decide', confirmation({ bulk: true }))
    driven.runToDeadline()
    expect(driven.state.phase).toBe('takingDown')
    expect(driven.state.closing).toBeNull()
    expect(driven.send('undecide', undo)).toBeNull()
    expect(driven.state.closing).not.toBeNull()

    const released = askedCase()
    released.send('decide', confirmation({ verdict: 'genuine' }))
    expect(released.state.phase).toBe('closed')
    expect(released.send('undecide', undo)?.code).toBe('CaseClosed')
  })

  it('needs the decision’s id and a role that may', () => {
    const driven = askedCase()
    driven.send('decide', confirmation({ bulk: true }))
    expect(driven.send('undecide', { ...undo, decisionId: 'd-9' })?.code).toBe('InvalidMessage')
    expect(driven.send('undecide', { ...undo, caller: as('monitor') })?.code).toBe(
      'NotAllowedForRole',
    )
  })
})
