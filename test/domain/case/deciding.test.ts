import { describe, it, expect } from '@jest/globals'
import type { CaseEvent } from '../../../domain/case/events.js'
import { HOUR_MS } from '../../../domain/brand/calendar.js'
import type { DecideMessage } from '../../../domain/case/message/decide-message.js'
import {
  HANDOVER_VERDICTS,
  INFRINGING_VERDICTS,
  isForStaff,
  RELEASE_REASON_OF,
  RELEASING_VERDICTS,
  type Role,
  type Severity,
} from '../../../domain/vocabulary.js'
import { asyncDecisionHappenings } from '../../../domain/case/handling.js'
import { DEFAULT_POLICY } from '../../../domain/brand/policy.js'
import {
  answer,
  as,
  askedCase,
  CASE_ID,
  type CaseDriver,
  confirmation,
  snapshotOf,
} from './case-driver.js'

const byStaff = (role: Role, over: Partial<DecideMessage> = {}) =>
  answer({ caller: as(role), ...over })
const proof = 'call with Mei Lin, 2 March'

function decideAsync(driven: CaseDriver, message: DecideMessage): void {
  driven.apply(asyncDecisionHappenings(driven.state, message, driven.now))
}

describe('the brand', () => {
  it.each(INFRINGING_VERDICTS)('has a listing taken down at once with %s', (verdict) => {
    const driven = askedCase()
    expect(driven.send('decide', confirmation({ verdict }))).toBeNull()
    expect(driven.happened).toEqual(['decided', 'takedownRequested'])
    expect(driven.state.decision?.basis).toBe('brandConfirmed')
    expect(driven.state.takedown?.key).toBe(`takedown:${CASE_ID}:1`)
  })

  it.each(RELEASING_VERDICTS.filter((v) => !isForStaff(v)))(
    'releases a listing with %s',
    (verdict) => {
      const driven = askedCase()
      expect(driven.send('decide', answer({ verdict }))).toBeNull()
      expect(driven.happened).toEqual(['decided', 'closed'])
      expect(driven.state.ending).toMatchObject({
        outcome: 'released',
        releaseReason: RELEASE_REASON_OF[verdict],
      })
    },
  )

  it.each(HANDOVER_VERDICTS)('hands the case to the account manager with %s', (verdict) => {
    const driven = askedCase()
    expect(driven.send('decide', answer({ verdict, question: 'which batch?' }))).toBeNull()
    expect(driven.timeline).toEqual([
      '2026-03-02T08:00:00.000Z handedOver',
      `2026-03-02T08:00:00.000Z escalated to accountManager (${verdict})`,
    ])
    expect(driven.state.decision).toBeNull()
    expect(driven.send('decide', confirmation({ decisionId: 'd-2' }))).toBeNull()
    expect(driven.state.phase).toBe('takingDown')
  })

  it('that is unsure while the account manager has the case does not restart their window', () => {
    const driven = askedCase().runToDeadline(3)
    const { wait } = driven.state
    driven.now += HOUR_MS
    driven.send('decide', answer({ verdict: 'unsure' }))
    expect(driven.state.wait).toEqual(wait)
  })

  it.each([
    ['brandAdmin', undefined, undefined],
    ['brandAdmin', '2030-01-01T00:00:00Z', '2030-01-01T00:00:00Z'],
    ['brandMember', undefined, '2026-05-31T08:00:00.000Z'],
    ['brandMember', '2030-01-01T00:00:00Z', '2026-05-31T08:00:00.000Z'],
    ['brandMember', '2026-03-31T00:00:00Z', '2026-03-31T00:00:00Z'],
    ['accountManager', undefined, '2026-05-31T08:00:00.000Z'],
    ['lead', '2030-01-01T00:00:00Z', '2026-05-31T08:00:00.000Z'],
  ] as const)('authorises a seller by the word of %s, until %s, until %s', (role, asked, until) => {
    const driven = askedCase()
    const allowList = asked === undefined ? {} : { until: asked }
    const caller = as(role)
    const proof = { proof: 'by telephone' }
    driven.send('decide', answer({ verdict: 'authorisedSeller', allowList, caller, ...proof }))
    expect(driven.events.at(-1)).toMatchObject({ type: 'closed' })
    const { data } = driven.events.at(-1) as CaseEvent<'closed'>
    expect(data.allowList).toEqual({ sellerId: 'shop-2214', ...(until ? { until } : {}) })
  })

  it('puts a seller on its list with authorisedSeller', () => {
    const driven = askedCase()
    driven.send('decide', answer({ verdict: 'authorisedSeller', allowList: { sku: '664' } }))
    expect(driven.events.at(-1)).toMatchObject({
      data: { allowList: { sellerId: 'shop-2214', sku: '664' } },
    })
  })

  it.each([
    [answer({}), 'InvalidMessage', /attestation/],
    [answer({ verdict: 'needInfo', question: ' ' }), 'InvalidMessage', /question/],
    [answer({ verdict: 'genuine', allowList: {} }), 'InvalidMessage', /authorisedSeller/],
    [answer({ verdict: 'insufficientEvidence' }), 'NotAllowedForRole', /platform decision/],
  ])('is told what is missing (%#)', (message, code, text) => {
    const refusal = askedCase().send('decide', message)
    expect(refusal?.code).toBe(code)
    expect(refusal?.message).toMatch(text)
  })

  it.each(['awaitingBrand', 'awaitingAccountManager', 'awaitingLead', 'needsAttention'])(
    'may still answer in %s',
    (phase) => {
      const driven = askedCase({ severity: 'S1' })
      while (driven.state.phase !== phase) driven.runToDeadline()
      expect(driven.send('decide', confirmation())).toBeNull()
      expect(driven.state.phase).toBe('takingDown')
    },
  )
})

describe('account manager and lead', () => {
  it.each(['accountManager', 'lead'] as const)('may give the brand’s answer: %s', (role) => {
    const driven = askedCase()
    expect(driven.send('decide', byStaff(role, { proof }))).toBeNull()
    expect(driven.state.decision?.basis).toBe('brandViaAccountManager')
  })

  const alone: [Severity, string, 'accountManager' | 'lead', boolean][] = [
    ['S1', 'awaitingAccountManager', 'accountManager', false],
    ['S1', 'awaitingLead', 'lead', true],
    ['S1', 'needsAttention', 'lead', true],
    ['S2', 'awaitingBrand', 'lead', false],
    ['S2', 'awaitingAccountManager', 'accountManager', false],
    ['S2', 'awaitingAccountManager', 'lead', false],
    ['S2', 'awaitingLead', 'accountManager', false],
    ['S2', 'awaitingLead', 'lead', true],
    ['S3', 'awaitingBrand', 'accountManager', false],
    ['S3', 'awaitingAccountManager', 'accountManager', true],
    ['S3', 'awaitingLead', 'lead', true],
    ['S4', 'awaitingAccountManager', 'accountManager', false],
    ['S4', 'awaitingAccountManager', 'lead', false],
  ]
  it.each(alone)('without proof, %s in %s: may the %s decide? %s', (severity, phase, role, may) => {
    const driven = askedCase({ severity })
    while (driven.state.phase !== phase) driven.runToDeadline()
    const refusal = driven.send('decide', byStaff(role))
    expect(refusal?.code).toBe(may ? undefined : 'NotAllowedForRole')
    expect(driven.state.decision?.basis).toBe(may ? 'platformPolicy' : undefined)
  })

  it('may not decide alone where silence releases, even if the lead is asked too', () => {
    const { severities } = DEFAULT_POLICY
    const S4 = { ...severities.S4, lead: severities.S3.lead }
    const policy = snapshotOf({ ...DEFAULT_POLICY, severities: { ...severities, S4 } })
    const driven = askedCase({ severity: 'S4', policy })
    while (driven.state.phase !== 'awaitingLead') driven.runToDeadline()
    expect(driven.send('decide', byStaff('lead'))?.code).toBe('NotAllowedForRole')
    expect(driven.send('decide', byStaff('lead', { proof }))).toBeNull()
  })

  it('are not the ones to be unsure', () => {
    const refusal = askedCase().send('decide', byStaff('lead', { verdict: 'unsure', proof }))
    expect(refusal?.code).toBe('NotAllowedForRole')
  })

  it.each(['operator', 'monitor'] as const)('are asked, and not the %s', (role) => {
    expect(askedCase().send('decide', byStaff(role, { proof }))?.code).toBe('NotAllowedForRole')
  })
})

describe('a second decision', () => {
  it('loses, and is told who won', () => {
    const driven = askedCase()
    driven.send('decide', confirmation({ bulk: true }))
    const refusal = driven.send('decide', answer({ decisionId: 'd-2', verdict: 'genuine' }))
    expect(refusal).toMatchObject({
      code: 'AlreadyDecided',
      details: {
        winner: {
          decisionId: 'd-1',
          verdict: 'counterfeit',
          role: 'brandMember',
          decidedAt: '2026-03-02T08:00:00.000Z',
        },
      },
    })
  })

  it('under the same id adds nothing and gets the same answer, even after the end', () => {
    const driven = askedCase()
    const message = answer({ verdict: 'genuine' })
    driven.send('decide', message)
    const { rev } = driven.state
    expect(driven.send('decide', message)).toBeNull()
    decideAsync(driven, message)
    expect(driven.state.rev).toBe(rev)
    expect(driven.send('decide', { ...message, decisionId: 'd-2' })).toMatchObject({
      code: 'CaseClosed',
      details: { outcome: 'released' },
    })
  })

  it('sent as a fallback is recorded as refused, once', () => {
    const driven = askedCase()
    driven.send('decide', confirmation())
    const late = answer({ decisionId: 'd-2', verdict: 'genuine' })
    decideAsync(driven, late)
    decideAsync(driven, late)
    expect(driven.state.answers.map((a) => [a.decisionId, a.result])).toEqual([
      ['d-1', 'won'],
      ['d-2', 'refused'],
    ])
  })

  it('that was refused may win later under the same id', () => {
    const driven = askedCase({ severity: 'S3' })
    const message = byStaff('accountManager')
    decideAsync(driven, message)
    driven.runToDeadline(3)
    decideAsync(driven, message)
    expect(driven.state.decision?.decisionId).toBe('d-1')
  })

  it.each([
    ['foreign', { caller: as('brandAdmin', { brandIds: ['other'] }) }],
    ['stale', { caseId: `${CASE_ID}x` }],
  ])('that is %s leaves no trace as a fallback', (_name, over) => {
    const driven = askedCase()
    decideAsync(driven, confirmation(over))
    expect(driven.happened).toEqual([])
  })
})
