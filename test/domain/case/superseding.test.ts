import { describe, expect, it } from '@jest/globals'
import { supersededClosing } from '../../../domain/case/superseding.js'
import { as, askedCase, CASE_ID, type CaseDriver, confirmation } from './case-driver.js'

const OPEN = `${CASE_ID}2`

function closing({ state, now }: CaseDriver, over: object = {}) {
  const message = { caseId: CASE_ID, caller: as('lead'), reason: 'the other counts', ...over }
  return supersededClosing(state, { message, requestId: 'close:lead:1#a' }, OPEN, now)
}

describe('closing a case that has no process', () => {
  it('ends it with a link to the open case, and is known when it comes again', () => {
    const driven = askedCase()
    const closed = closing(driven)
    if (!('happenings' in closed)) throw new Error('refused')
    const [ended] = driven.apply(closed.happenings)
    expect(ended).toMatchObject({ type: 'closed', by: { role: 'lead' }, request: 'close:lead:1#a' })
    expect(driven.state).toMatchObject({
      phase: 'closed',
      ending: { outcome: 'closedManually', reason: 'the other counts', supersededBy: OPEN },
    })
    expect(closing(driven)).toEqual({ happenings: [] })
  })

  it.each([
    ['whoever is no staff', { caller: as('brandAdmin') }, 'NotAllowedForRole'],
    ['another brand', { caller: as('brandAdmin', { brandIds: ['other'] }) }, 'Foreign'],
    ['no reason', { reason: ' ' }, 'InvalidMessage'],
    ['what is no message', { force: 'yes' }, 'InvalidMessage'],
  ])('is refused to %s, as to an open case', (_, over, code) => {
    expect(closing(askedCase(), over)).toMatchObject({ refusal: { code } })
  })

  it('is a matter of force while nobody looks up what became of a takedown', () => {
    const driven = askedCase()
    driven.send('decide', confirmation())
    expect(driven.state.phase).toBe('takingDown')
    expect(closing(driven)).toMatchObject({
      refusal: { code: 'NotAllowedNow', details: { allowed: ['closeManually'] } },
    })
    expect(closing(driven, { force: true })).toMatchObject({
      happenings: [{ type: 'closed', data: { ending: { forced: true, supersededBy: OPEN } } }],
    })
  })
})
