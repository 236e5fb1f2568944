import { describe, it, expect } from '@jest/globals'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../domain/brand/calendar.js'
import { stillConcerns } from '../../../domain/notice/notices.js'
import { buildPolicySnapshot, MONDAY_MS } from '../../builders/case.js'
import { as, askedCase, CASE_ID, type CaseDriver, confirmation } from '../case/case-driver.js'

const told = ({ notices }: CaseDriver) => notices.map((n) => `${n.kind} → ${n.audience}`)
const removed = { kind: 'removed', takedownId: 't-1', removedAt: MONDAY_MS } as const
const unavailable = { kind: 'exhausted', message: '503', outcomeUnknown: true } as const
const byLead = { caseId: CASE_ID, caller: as('lead') }

describe('notices', () => {
  it('are two on the way from the question to the takedown', () => {
    const driven = askedCase()
    driven.send('decide', confirmation())
    driven.marketplaceSays(removed)
    expect(told(driven)).toEqual(['asked → brand', 'takenDown → brand'])
  })

  it('are one when the brand releases the listing', () => {
    const driven = askedCase()
    driven.send('decide', confirmation({ verdict: 'genuine' }))
    expect(told(driven)).toEqual(['asked → brand'])
  })

  it('tell the brand once of a bulk decision that can still be undone', () => {
    const driven = askedCase()
    driven.send('decide', confirmation({ bulk: true }))
    expect(told(driven)).toEqual(['asked → brand', 'decided → brand'])
  })

  it('tell the brand once what its account manager decided for it', () => {
    const driven = askedCase()
    const caller = as('accountManager')
    driven.send('decide', confirmation({ caller, proof: 'call', bulk: true }))
    expect(told(driven)).toEqual(['asked → brand', 'decided → brand'])
  })

  it('go to whose turn it is while nobody answers', () => {
    const driven = askedCase().runUntil(MONDAY_MS + 30 * DAY_MS)
    expect(told(driven)).toEqual([
      'asked → brand',
      'reminder → brand',
      'reminder → brand',
      'escalated → accountManager',
      'reminder → accountManager',
      'escalated → lead',
      'decided → brand',
    ])
    expect(driven.notices.map((n) => n.contactId)).toEqual([
      null,
      null,
      null,
      'ana-souza',
      'ana-souza',
      'li-wei',
      null,
    ])
  })

  it('about safety are urgent and page the lead in the end', () => {
    const driven = askedCase({ severity: 'S1' }).runUntil(MONDAY_MS + 3 * DAY_MS)
    expect(told(driven).slice(-3)).toEqual([
      'escalated → lead',
      'needsAttention → lead',
      'needsAttention → lead',
    ])
    expect(driven.notices.every((n) => n.urgent)).toBe(true)
    expect(askedCase({ severity: 'S2' }).notices.some((n) => n.urgent)).toBe(false)
  })

  it('about a refused takedown go to account manager and lead', () => {
    const driven = askedCase()
    driven.send('decide', confirmation())
    driven.marketplaceSays({ kind: 'refused', code: 'no', message: 'no' })
    expect(told(driven).slice(1)).toEqual([
      'needsAttention → accountManager',
      'needsAttention → lead',
    ])
  })

  it('about a marketplace that stays away are repeated once a day, not with every retry', () => {
    const driven = askedCase()
    driven.send('decide', confirmation())
    const decidedAt = driven.now
    for (const until = driven.now + 3 * DAY_MS - HOUR_MS; driven.now < until;) {
      driven.now += 10 * MINUTE_MS
      driven.marketplaceSays(unavailable).runToDeadline()
    }
    driven.now += 10 * MINUTE_MS
    driven.marketplaceSays(unavailable)
    expect(driven.state.takedown?.requestedAt).toBeGreaterThan(decidedAt + 2 * DAY_MS)
    expect(driven.state.attention?.since).toBe(decidedAt + 10 * MINUTE_MS)
    expect(told(driven).slice(1)).toEqual(Array(3).fill('needsAttention → accountManager'))
    driven.send('retryTakedown', byLead)
    driven.marketplaceSays(unavailable)
    expect(told(driven)).toHaveLength(5)
    expect(driven.state.attention?.since).toBe(driven.now)
  })

  it('about a marketplace that stays away still hold while the service tries again', () => {
    const driven = askedCase()
    driven.send('decide', confirmation())
    const holds = () => stillConcerns(driven.state, 'needsAttention')
    expect(holds()).toBe(false)
    expect(driven.marketplaceSays(unavailable) && holds()).toBe(true)
    expect(driven.runToDeadline() && holds()).toBe(true)
    driven.marketplaceSays(unavailable).send('retryTakedown', byLead)
    expect(holds()).toBe(false)
  })

  it('of a case opened under earlier rules are what those rules said', () => {
    const driven = askedCase({ policy: buildPolicySnapshot({ rulesVersion: 1 }) })
    driven.send('decide', confirmation())
    driven.marketplaceSays(unavailable).runToDeadline().marketplaceSays(unavailable)
    expect(told(driven).slice(1)).toEqual(Array(2).fill('needsAttention → accountManager'))
    expect(driven.state.attention?.since).toBe(driven.now)
  })

  it('about a reassigned case go to the new owner only when it is their turn', () => {
    const driven = askedCase()
    driven.send('reassign', { ...byLead, role: 'accountManager', to: 'bo-chen' })
    expect(told(driven)).toEqual(['asked → brand'])
    driven.runToDeadline(3)
    driven.send('reassign', { ...byLead, role: 'accountManager', to: 'eva-li' })
    expect(driven.notices.at(-1)).toMatchObject({ kind: 'escalated', contactId: 'eva-li' })
  })

  it('tell whose turn it is what the brand has asked meanwhile', () => {
    const question = 'Is the seal unbroken?'
    const needInfo = (decisionId: string) =>
      confirmation({ decisionId, verdict: 'needInfo', question })
    const asking = askedCase()
    asking.send('decide', needInfo('d-1'))
    expect(told(asking).slice(1)).toEqual(['escalated → accountManager'])
    asking.now += HOUR_MS
    asking.send('decide', needInfo('d-2'))
    asking.send('decide', confirmation({ decisionId: 'd-3', verdict: 'unsure' }))
    expect(told(asking).slice(1)).toEqual(Array(2).fill('escalated → accountManager'))

    const stuck = askedCase({ severity: 'S1' }).runUntil(MONDAY_MS + 3 * DAY_MS)
    expect(stuck.state.phase).toBe('needsAttention')
    stuck.send('decide', needInfo('d-1'))
    expect(told(stuck).at(-1)).toBe('needsAttention → lead')
    expect(stuck.notices.at(-1)?.rev).toBe(stuck.state.rev)

    const earlier = askedCase({ policy: buildPolicySnapshot({ rulesVersion: 1 }) }).runToDeadline(3)
    const before = earlier.notices.length
    earlier.now += HOUR_MS
    earlier.send('decide', needInfo('d-1'))
    expect(earlier.notices).toHaveLength(before)
  })

  it('tell the brand that a case was withdrawn', () => {
    const driven = askedCase()
    driven.send('withdraw', { caseId: CASE_ID, caller: as('monitor'), reason: 'wrong rule' })
    expect(told(driven)).toEqual(['asked → brand', 'withdrawn → brand'])
  })

  it('have ids that are the same on every retry and never shared', () => {
    const first = askedCase()
      .runUntil(MONDAY_MS + 30 * DAY_MS)
      .notices.map((n) => n.noticeId)
    const again = askedCase()
      .runUntil(MONDAY_MS + 30 * DAY_MS)
      .notices.map((n) => n.noticeId)
    expect(again).toEqual(first)
    expect(new Set(first).size).toBe(first.length)
  })
})
