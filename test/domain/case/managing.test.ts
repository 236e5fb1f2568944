import { describe, it, expect } from '@jest/globals'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../domain/brand/calendar.js'
import type { Caller } from '../../../domain/case/message/caller.js'
import type { ReassignMessage } from '../../../domain/case/message/reassign.js'
import { allowedMessages } from '../../../domain/case/refusing.js'
import { DEFAULT_POLICY } from '../../../domain/brand/policy.js'
import { sightingHappenings } from '../../../domain/listing/sightings.js'
import { ROLES, type Severity } from '../../../domain/vocabulary.js'
import { buildPolicySnapshot, MONDAY_MS, MONITOR } from '../../builders/case.js'
import {
  as,
  askedCase,
  CASE_ID,
  type CaseDriver,
  confirmation,
  itemSighting,
  snapshotOf,
} from './case-driver.js'

const rule = { ruleId: 'price-far-below-retail', monitorVersion: '1.0.0' }
const signals = [{ ruleId: rule.ruleId, weight: 40, observed: '199 CNY' }]

function seenAgain(
  driven: CaseDriver,
  severity: Severity,
  over: Parameters<typeof itemSighting>[0] = {},
): CaseDriver {
  const given = itemSighting({ sightingId: 's-2', suspectedSeverity: severity, ...over })
  driven.apply(sightingHappenings(driven.state, given, driven.now, MONITOR))
  return driven
}

describe('a further sighting', () => {
  it('of higher severity shortens the running window, measured from its start', () => {
    const driven = askedCase({ severity: 'S3' })
    driven.now += 10 * HOUR_MS
    seenAgain(driven, 'S1')
    expect(driven.happened).toEqual(['sightingAdded', 'severityRaised', 'deadlineMoved'])
    expect(driven.state.severity).toBe('S1')
    expect(driven.state.wait).toMatchObject({
      dueAt: MONDAY_MS + 24 * HOUR_MS,
      reminders: [MONDAY_MS + 16 * HOUR_MS],
    })
  })

  it('that makes the window end in the past makes it due at once', () => {
    const driven = askedCase({ severity: 'S3' })
    driven.now += 2 * DAY_MS
    seenAgain(driven, 'S1')
    expect(driven.state.wait).toMatchObject({ dueAt: driven.now, reminders: [] })
    driven.runToDeadline()
    expect(driven.state.phase).toBe('awaitingAccountManager')
  })

  it('of higher severity in a cooling-off shortens the wait that undoing goes back to', () => {
    const driven = askedCase({ severity: 'S3' })
    driven.send('decide', confirmation({ bulk: true }))
    const { wait } = driven.state
    driven.now += 4 * MINUTE_MS
    seenAgain(driven, 'S1')
    expect(driven.state.wait).toEqual(wait)
    const caller = as('brandAdmin')
    driven.send('undecide', { caseId: CASE_ID, caller, decisionId: 'd-1', reason: 'too quick' })
    expect(driven.state).toMatchObject({ phase: 'awaitingBrand', severity: 'S1' })
    expect(driven.state.wait).toMatchObject({
      dueAt: MONDAY_MS + 24 * HOUR_MS + 4 * MINUTE_MS,
      reminders: [8, 16].map((hours) => MONDAY_MS + hours * HOUR_MS + 4 * MINUTE_MS),
    })
  })

  it('of higher severity never gives more time', () => {
    const { severities } = DEFAULT_POLICY
    const S2 = { ...severities.S2, brand: { ...severities.S2.brand, windowMs: 9 * DAY_MS } }
    const policy = snapshotOf({ ...DEFAULT_POLICY, severities: { ...severities, S2 } })
    const driven = askedCase({ severity: 'S3', policy })
    const { wait } = driven.state
    seenAgain(driven, 'S2')
    expect(driven.happened).toEqual(['sightingAdded', 'severityRaised'])
    expect(driven.state).toMatchObject({ severity: 'S2', wait })
  })

  it('of lower severity changes nothing, and the same sighting counts once', () => {
    const driven = seenAgain(askedCase({ severity: 'S2' }), 'S4')
    seenAgain(driven, 'S4')
    expect(driven.happened).toEqual(['sightingAdded'])
    expect(driven.state.severity).toBe('S2')
  })

  it('after the end is kept and changes nothing', () => {
    const driven = askedCase()
    driven.send('closeManually', { caseId: CASE_ID, caller: as('lead'), reason: 'test buy' })
    seenAgain(driven, 'S1')
    expect(driven.happened).toEqual(['closed', 'sightingAdded'])
    expect(driven.state).toMatchObject({ phase: 'closed', severity: 'S3' })
  })
})

describe('withdrawing', () => {
  const withdrawal = { caseId: CASE_ID, caller: as('monitor'), reason: 'the rule was wrong', rule }

  it('by recalling a rule closes a case that rests on that rule alone', () => {
    const shown = { ruleId: 'region', weight: 0, observed: 'Guangdong' }
    const driven = seenAgain(askedCase({ signals: [...signals, shown] }), 'S3', { signals })
    expect(driven.send('withdraw', withdrawal)).toBeNull()
    expect(driven.state.ending).toMatchObject({
      outcome: 'withdrawn',
      reason: 'the rule was wrong',
    })
  })

  it('by recalling a rule keeps a case that rests on other rules or versions too', () => {
    const others = [
      askedCase(),
      seenAgain(askedCase({ signals }), 'S3'),
      seenAgain(askedCase({ signals }), 'S3', {
        signals,
        monitor: { name: 'reference-monitor', version: '1.0.1' },
      }),
    ]
    for (const driven of others) {
      expect(driven.send('withdraw', withdrawal)?.code).toBe('NotAllowedNow')
    }
  })

  it('is possible until somebody decided', () => {
    const driven = askedCase()
    driven.send('decide', confirmation({ bulk: true }))
    const { rule: _all, ...whole } = withdrawal
    expect(driven.send('withdraw', whole)?.message).toMatch(/already decided/)
    expect(askedCase().send('withdraw', whole)).toBeNull()
  })

  it('is for the monitor that reported it alone', () => {
    const reporter = 'key:monitor-1'
    const others = as('monitor', { id: 'monitor-2' })
    const named = as('monitor', { id: 'monitor-2', monitorName: 'monitor-1' })
    const alone = () => askedCase({ reporter })
    const byTwo = () => seenAgain(alone(), 'S3', { reporter: 'monitor:other' })
    const send = (driven: CaseDriver, caller: Caller) =>
      driven.send('withdraw', { caseId: CASE_ID, caller, reason: 'wrong' })?.code ?? 'withdrawn'

    expect(send(alone(), as('monitor'))).toBe('withdrawn')
    expect(send(alone(), others)).toBe('NotAllowedNow')
    expect(send(alone(), named)).toBe('NotAllowedNow')
    expect(send(byTwo(), as('monitor'))).toBe('NotAllowedNow')
    expect(send(byTwo(), as('operator'))).toBe('withdrawn')
    expect(send(askedCase({ reporter: 'monitor:monitor-1' }), named)).toBe('withdrawn')
    expect(send(askedCase(), others)).toBe('withdrawn')
    const older = askedCase({ reporter, policy: buildPolicySnapshot({ rulesVersion: 2 }) })
    expect(send(older, others)).toBe('withdrawn')
    expect(allowedMessages(alone().state, others, MONDAY_MS)).toEqual([])
    expect(allowedMessages(alone().state, as('monitor'), MONDAY_MS)).toEqual(['withdraw'])
  })

  it('is for an operator too', () => {
    const message = { caseId: CASE_ID, caller: as('operator'), reason: 'the monitor is gone' }
    expect(askedCase().send('withdraw', message)).toBeNull()
  })

  it.each(ROLES.filter((role) => role !== 'monitor' && role !== 'operator'))(
    'is not for a %s',
    (role) => {
      const message = { ...withdrawal, caller: as(role) }
      expect(askedCase().send('withdraw', message)?.code).toBe('NotAllowedForRole')
    },
  )
})

describe('reassigning', () => {
  it('names the new account manager, once, and from the Temporal UI too', () => {
    const driven = askedCase()
    const message: ReassignMessage = { role: 'accountManager', to: 'bo-chen', reason: 'holiday' }
    expect(driven.send('reassign', message)).toBeNull()
    expect(driven.send('reassign', message)).toBeNull()
    expect(driven.state.parties).toMatchObject({ accountManagerId: 'bo-chen', leadId: 'li-wei' })
    expect(driven.events.at(-1)).toMatchObject({
      type: 'reassigned',
      by: { via: 'temporalUi' },
      data: { from: 'ana-souza', to: 'bo-chen', reason: 'holiday' },
    })
    expect(driven.happened).toEqual(['reassigned'])
  })

  it.each([
    [{}],
    [{ role: 'accountManager' }],
    [{ role: 'accountManager', to: null }],
    [{ role: 'lead', to: 'Ana Souza' }],
    [{ role: 'brandAdmin', to: 'ana-souza' }],
  ])('refuses %j, which the Temporal UI can send', (message) => {
    const refusal = askedCase().send('reassign', message as ReassignMessage)
    expect(refusal?.code).toBe('InvalidMessage')
  })

  it('is not for the brand', () => {
    const message = { caseId: CASE_ID, caller: as('brandAdmin'), role: 'lead', to: 'eva' } as const
    expect(askedCase().send('reassign', message)?.code).toBe('NotAllowedForRole')
  })
})

describe('returning to the brand', () => {
  const message = { caseId: CASE_ID, caller: as('accountManager'), message: 'please look again' }

  it('starts a fresh window', () => {
    const driven = askedCase().runToDeadline(3)
    expect(driven.send('returnToBrand', message)).toBeNull()
    expect(driven.state).toMatchObject({ phase: 'awaitingBrand', question: 'please look again' })
    expect(driven.state.wait).toMatchObject({
      owner: 'brand',
      startedAt: driven.now,
      remindersSent: 0,
    })
    expect(driven.runToDeadline(3).state.phase).toBe('awaitingAccountManager')
  })

  it('is refused while the brand has the case anyway', () => {
    const refusal = askedCase().send('returnToBrand', message)
    expect(refusal?.code).toBe('NotAllowedNow')
    expect(refusal?.details.allowed).not.toContain('returnToBrand')
  })
})

describe('access', () => {
  const close = { caseId: CASE_ID, caller: as('lead'), reason: 'x' }

  it.each([
    ['another brand', { caller: as('brandAdmin', { brandIds: ['other'] }) }, 'Foreign'],
    ['another marketplace', { caller: as('lead', { marketplaces: ['tmall'] }) }, 'Foreign'],
    ['an earlier case', { caseId: `${CASE_ID}x` }, 'StaleCase'],
  ])('for a caller of %s is refused', (_who, over, code) => {
    expect(askedCase().send('closeManually', { ...close, ...over })?.code).toBe(code)
  })

  it('tells a foreign caller nothing about the case', () => {
    const driven = askedCase()
    driven.send('closeManually', close)
    const refusal = driven.send(
      'decide',
      confirmation({ caller: as('brandMember', { brandIds: [] }) }),
    )
    expect(refusal).toMatchObject({ code: 'Foreign', message: 'no such case' })
  })

  it.each(['decide', 'closeManually', 'withdraw', 'undecide', 'returnToBrand', 'addNote'] as const)(
    'to %s is not given without a caller',
    (name) => {
      const driven = askedCase()
      expect(driven.send(name, {} as never)?.code).toBe('Foreign')
      expect(driven.happened).toEqual([])
    },
  )

  it('is to nothing at all once the case has closed', () => {
    const driven = askedCase()
    driven.send('closeManually', close)
    for (const role of ROLES) {
      expect(allowedMessages(driven.state, as(role), driven.now)).toEqual([])
    }
    expect(driven.send('closeManually', close)?.code).toBe('CaseClosed')
  })
})
