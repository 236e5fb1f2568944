import { describe, expect, it } from '@jest/globals'
import { DAY_MS, HOUR_MS } from '../../../domain/brand/calendar.js'
import { DEFAULT_POLICY } from '../../../domain/brand/policy.js'
import { SEVERITIES } from '../../../domain/vocabulary.js'
import { MONDAY_MS } from '../../builders/case.js'
import {
  as,
  askedCase,
  CASE_ID,
  type CaseDriver,
  confirmation,
  snapshotOf,
} from '../case/case-driver.js'

const failed = (contactId: string, over: object = {}) => ({
  caseId: CASE_ID,
  contactId,
  kind: 'escalated' as const,
  detail: 'no longer works here',
  ...over,
})
const told = ({ notices }: CaseDriver) => notices.map((n) => `${n.kind} → ${n.audience}`)

/** A case that the account manager has just been given. */
function withManager(severity: (typeof SEVERITIES)[number], policy = snapshotOf(DEFAULT_POLICY)) {
  const driven = askedCase({ severity, policy })
  driven.now += HOUR_MS
  driven.send('decide', confirmation({ verdict: 'unsure' }))
  return driven
}

describe('an escalation', () => {
  it.each(SEVERITIES)('of %s goes on at once where nobody could be told', (severity) => {
    const driven = withManager(severity).noticeFails(failed('ana-souza'))
    expect([driven.state.phase, driven.state.wait?.startedAt]).toEqual(['awaitingLead', driven.now])
    driven.noticeFails(failed('staff.li-wei'))
    expect([driven.state.phase, driven.state.attention?.detail]).toEqual([
      'needsAttention',
      'neither the account manager nor the lead could be told',
    ])
    expect(driven.runUntil(MONDAY_MS + 60 * DAY_MS).state.phase).toBe('needsAttention')
    driven.send('decide', confirmation({ decisionId: 'd-2' }))
    expect(driven.state.phase).toBe('takingDown')
  })

  it.each(['ana-souza', 'staff.ana-souza', 'accountManager'])('goes on from %s', (contactId) => {
    const driven = withManager('S1').noticeFails(failed(contactId))
    expect(driven.events.at(-1)).toMatchObject({
      type: 'escalated',
      data: { to: 'lead', cause: 'unreachable' },
    })
  })

  it('stays where somebody else could not be told', () => {
    const driven = withManager('S2').noticeFails(failed('li-wei')).noticeFails(failed('mei-lin'))
    expect(driven.state.phase).toBe('awaitingAccountManager')
  })

  it('goes on also when it comes to the same person for a second time', () => {
    const driven = withManager('S2').noticeFails(failed('ana-souza'))
    driven.now += HOUR_MS
    driven.send('returnToBrand', { caseId: CASE_ID, caller: as('lead'), message: 'once more' })
    driven.now += HOUR_MS
    driven.send('decide', confirmation({ verdict: 'unsure', decisionId: 'd-2' }))
    expect(driven.state.phase).toBe('awaitingAccountManager')
    driven.noticeFails(failed('ana-souza'))
    expect(driven.state.phase).toBe('awaitingLead')
  })

  it('waited for its window under rules before version 3', () => {
    const policy = { ...snapshotOf(DEFAULT_POLICY), rulesVersion: 2 }
    const driven = withManager('S1', policy).noticeFails(failed('ana-souza'))
    expect(driven.state.phase).toBe('awaitingAccountManager')
  })
})

describe('a case that needs attention of a manager who has gone', () => {
  it('asks the lead', () => {
    const driven = askedCase({ severity: 'S1' })
    driven.send('decide', confirmation())
    driven.marketplaceSays({ kind: 'exhausted', message: '503', outcomeUnknown: true })
    expect(told(driven).at(-1)).toBe('needsAttention → accountManager')
    driven.noticeFails(failed('ana-souza', { kind: 'needsAttention' }))
    expect(told(driven).at(-1)).toBe('needsAttention → lead')
  })
})

describe('contacts added after a case was opened', () => {
  const [mei, wu] = ['brand.northwind.mei-lin', 'brand.northwind.wu-jun']
  const asked = (contactIds: string[]) => failed(mei, { kind: 'asked', contactIds })

  it('are asked when those before them cannot be, instead of nobody', () => {
    const driven = askedCase({ contactIds: [mei] }).noticeFails(asked([mei, wu]))
    expect(driven.state.phase).toBe('awaitingBrand')
    expect(driven.state.parties.contactIds).toEqual([mei, wu])
    expect(told(driven)).toEqual(['asked → brand', 'asked → brand'])
    driven.noticeFails({ ...asked([mei, wu]), contactId: wu })
    expect(driven.state.phase).toBe('awaitingAccountManager')
  })

  it('count no more once they were taken away', () => {
    const driven = askedCase({ contactIds: [mei, wu] }).noticeFails(asked([mei]))
    expect(driven.state.phase).toBe('awaitingAccountManager')
  })
})
