import { describe, expect, it } from '@jest/globals'
import { caseDetails } from '../../../domain/case/details.js'
import { inputProblem } from '../../../domain/form/input-forms.js'
import { HOUR_MS, MINUTE_MS } from '../../../domain/brand/calendar.js'
import type { CaseState, Reopening } from '../../../domain/case/state.js'
import { parseCaseId } from '../../../domain/case/identity.js'
import {
  isReopenable,
  reopenedIdOf,
  reopeningOf,
  sightingOf,
} from '../../../domain/case/reopening.js'
import { removalToUndo } from '../../../domain/case/restoring.js'
import { shownListing } from '../../../domain/case/shown.js'
import { OUTCOMES } from '../../../domain/vocabulary.js'
import { nextDeadline } from '../../../domain/case/waiting/due.js'
import { buildParties, buildPolicySnapshot, MONDAY_MS } from '../../builders/case.js'
import {
  as,
  askedCase,
  CASE_ID,
  CaseDriver,
  confirmation,
  EARLIER_CASE_ID,
  itemSighting,
} from './case-driver.js'

const REASON = 'our own shop in Shenzhen'
const ADMIN = { role: 'brandAdmin', id: 'key-1', via: 'api' } as const

const reopens: Reopening = {
  caseId: EARLIER_CASE_ID,
  by: ADMIN,
  reason: REASON,
  ending: { outcome: 'takenDown', at: MONDAY_MS - HOUR_MS },
  decision: null,
}
function reopened(given: { wasRemoved?: boolean } = {}): CaseDriver {
  return new CaseDriver(
    {
      kind: 'ask',
      parties: buildParties(),
      policy: buildPolicySnapshot(),
      previousCaseId: EARLIER_CASE_ID,
      reopens,
      ...(given.wasRemoved ? { removal: { key: 'takedown:earlier:1', takedownId: 't-1' } } : {}),
    },
    itemSighting(),
  )
}
const decide = (driven: CaseDriver) =>
  driven.send('decide', {
    ...{ caseId: CASE_ID, caller: as('brandMember'), decisionId: 'd-2', verdict: 'genuine' },
  })

describe('a case that takes a closed one up again', () => {
  it('asks the brand at once where nothing was removed, and knows what it takes up', () => {
    const driven = reopened()
    expect(driven.events.at(-1)).toMatchObject({ type: 'asked', data: { cause: 'reopened' } })
    expect(driven.state).toMatchObject({ phase: 'awaitingBrand', reopens: { reason: REASON } })
    expect(driven.notices).toMatchObject([{ kind: 'asked', audience: 'brand' }])
    expect(decide(driven)).toBeNull()
  })

  it('has the listing put back first, and nobody is asked or can answer before', () => {
    const driven = reopened({ wasRemoved: true })
    expect(driven.state.phase).toBe('restoring')
    expect(driven.notices).toEqual([])
    expect(decide(driven)?.code).toBe('NotAllowedNow')
    driven.now += HOUR_MS
    driven.puttingBackEnds({ kind: 'restored', restoredAt: driven.now })
    expect(driven.state).toMatchObject({
      ...{ phase: 'awaitingBrand', restoration: { result: 'restored', restoredAt: driven.now } },
      wait: { startedAt: driven.now },
    })
    expect(decide(driven)).toBeNull()
  })

  it('asks without it where the marketplace knows of no removal of ours', () => {
    const driven = reopened({ wasRemoved: true }).puttingBackEnds({ kind: 'notRemoved' })
    expect(driven.state).toMatchObject({
      ...{ phase: 'awaitingBrand', restoration: { result: 'notRemoved' } },
    })
  })

  it('tries again by itself, ever more seldom, and tells its manager once a day', () => {
    const driven = reopened({ wasRemoved: true })
    const pauses: number[] = []
    const until = MONDAY_MS + 23 * HOUR_MS
    while (driven.now < until) {
      driven.puttingBackEnds({ kind: 'failed', message: 'away' })
      expect(decide(driven)?.code).toBe('NotAllowedNow')
      const due = nextDeadline(driven.state)
      expect(due?.kind).toBe('restorationRetry')
      pauses.push((due?.at ?? 0) - driven.now)
      driven.runToDeadline()
    }
    const [first = 0] = pauses
    expect(Math.max(...pauses)).toBeGreaterThan(2 * first)
    expect(first).toBeGreaterThanOrEqual(MINUTE_MS)
    expect(driven.notices).toMatchObject([{ kind: 'needsAttention', audience: 'accountManager' }])
    driven.puttingBackEnds({ kind: 'restored', restoredAt: driven.now })
    expect(driven.state.restoration).toMatchObject({ result: 'restored' })
    expect(driven.state.restoration?.failing).toBeUndefined()
  })

  it.each(['closeManually', 'returnToBrand'] as const)(
    'can be helped by %s while it cannot be put back, and not be withdrawn',
    (name) => {
      const driven = reopened({ wasRemoved: true })
      const to = { caseId: CASE_ID, caller: as('lead') }
      const withdrawal = { caseId: CASE_ID, caller: as('operator'), reason: 'x' }
      expect(driven.send('withdraw', withdrawal)?.code).toBe('NotAllowedNow')
      driven.puttingBackEnds({ kind: 'failed', message: 'not restorable' })
      expect(driven.send('withdraw', withdrawal)?.code).toBe('NotAllowedNow')
      expect(driven.state.attention?.unblock).toContain(name)
      const refusal =
        name === 'closeManually'
          ? driven.send(name, { ...to, reason: 'x' })
          : driven.send(name, { ...to, message: 'it is back' })
      expect(refusal).toBeNull()
      expect(driven.state.phase).toBe(name === 'closeManually' ? 'closed' : 'awaitingBrand')
    },
  )

  it('says so to managers, and no Markdown of whoever wrote why', () => {
    const { state } = reopened()
    const marked = { ...state, reopens: { ...reopens, reason: 'see [here](https://x)' } }
    expect(caseDetails(state)).toContain(`(brandAdmin: ${REASON})`)
    expect(caseDetails(marked)).not.toContain('[here]')
  })

  it('is not held up by what ends after somebody closed it', () => {
    const driven = reopened({ wasRemoved: true })
    driven.send('closeManually', { caseId: CASE_ID, caller: as('lead'), reason: 'x' })
    driven.puttingBackEnds({ kind: 'restored', restoredAt: driven.now })
    expect(driven.happened).toEqual(['closed'])
  })
})

describe('the input of such a case', () => {
  const input = {
    ...{ caseId: CASE_ID, sighting: itemSighting(), by: ADMIN },
    reopening: { caseId: EARLIER_CASE_ID, reason: REASON, requestId: 'reopen:key-1:1#x' },
  }
  const older = { ...input, sighting: { ...input.sighting, signals: [] } }

  it('is one, also when its sighting was accepted by rules that asked for less, or it goes on', () => {
    for (const given of [input, older, { ...older, continued: null }]) {
      expect(inputProblem('listingCase', given)).toBeNull()
    }
    const { reopening: _not, ...reported } = older
    expect(inputProblem('listingCase', reported)).toContain('signals')
  })

  it.each([
    ['another word', { because: 'x' }],
    ['no case', { caseId: 'none' }],
    ['too many words', { reason: 'x'.repeat(1_001) }],
  ])('is none with %s', (_what, over) => {
    const unfit = { ...input, reopening: { ...input.reopening, ...over } }
    expect(inputProblem('listingCase', unfit)).not.toBeNull()
  })
})

describe('what of a closed case goes over to the one that takes it up', () => {
  function takenDown(): CaseState {
    const driven = askedCase()
    driven.send('decide', confirmation())
    return driven.marketplaceSays({ kind: 'removed', takedownId: 't-1', removedAt: driven.now })
      .state
  }

  it('is why it is reopened, its end and its decision', () => {
    const closed = takenDown()
    const request = { caseId: CASE_ID, reason: REASON }
    expect(reopeningOf(closed, request, ADMIN)).toEqual({
      ...{ caseId: CASE_ID, by: ADMIN, reason: REASON },
      ...{ ending: closed.ending, decision: closed.decision },
    })
    expect(reopeningOf(askedCase().state, request, ADMIN)).toBeNull()
  })

  it('is what it was opened on, with the listing as it was shown last', () => {
    const closed = takenDown()
    expect(sightingOf(closed)).toMatchObject(itemSighting({ suspectedSeverity: 'S3' }))
    const listing = itemSighting().listing
    const other = { title: 'another', price: null, pictures: [], seller: { id: 'shop-9' } }
    const changed = { ...closed, shown: other, listing: { ...listing, description: 'old words' } }
    const again = sightingOf(changed)
    expect(again?.listing).toMatchObject({ ...other, listingId: 'item-1', url: listing.url })
    expect(again?.listing.description).toBeUndefined()
    expect(shownListing(changed)).toEqual(other)
  })

  it.each([
    ['removed', true],
    ['unknown', true],
    ['inFlight', true],
    ['gone', false],
    ['refused', false],
    ['notSent', false],
  ] as const)('is a removal when its takedown was %s: %s', (result, isUndone) => {
    const { takedown } = takenDown()
    const removal = removalToUndo(takedown && { ...takedown, result })
    expect(removal).toEqual(isUndone ? { key: takedown?.key, takedownId: 't-1' } : null)
  })

  it('is an id of the same listing that follows from its own', () => {
    const id = reopenedIdOf(CASE_ID) ?? ''
    expect(parseCaseId(id)?.workflowId).toBe(parseCaseId(CASE_ID)?.workflowId)
    expect(id).not.toBe(CASE_ID)
    expect(reopenedIdOf(CASE_ID)).toBe(id)
    expect(reopenedIdOf(id)).not.toBe(id)
    expect(reopenedIdOf('no case')).toBeNull()
  })

  it('can be any that asked somebody, however it ended', () => {
    const mayBe = OUTCOMES.filter((outcome) => isReopenable({ ending: { outcome, at: 1 } }))
    expect(mayBe).toEqual(OUTCOMES.filter((outcome) => outcome !== 'refused'))
    expect(isReopenable({ ending: null })).toBe(false)
  })
})
