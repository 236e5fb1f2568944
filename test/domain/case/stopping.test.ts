import { describe, expect, it } from '@jest/globals'
import { DAY_MS, MINUTE_MS } from '../../../domain/brand/calendar.js'
import type { CaseMessages } from '../../../domain/case/messages.js'
import { caseDetails } from '../../../domain/case/details.js'
import { DEFAULT_POLICY } from '../../../domain/brand/policy.js'
import { isLookUpDue } from '../../../domain/case/stopping.js'
import type { TakedownResult } from '../../../domain/case/taking-down.js'
import { nextDeadline } from '../../../domain/case/waiting/due.js'
import { buildParties, MONDAY_MS } from '../../builders/case.js'
import {
  as,
  askedCase,
  CASE_ID,
  CaseDriver,
  confirmation,
  itemSighting,
  snapshotOf,
} from './case-driver.js'

const removed = { kind: 'removed', takedownId: 't-1', removedAt: MONDAY_MS + 900 } as const
const unknown = { kind: 'exhausted', message: 'no answer', outcomeUnknown: true } as const
const notSent = { kind: 'exhausted', message: 'no route', outcomeUnknown: false } as const
const refused = { kind: 'refused', code: 'notListed', message: 'cannot be removed' } as const
const away = { kind: 'failed', message: 'no route' } as const

const byStaff = { caseId: CASE_ID, caller: as('accountManager') }
const close = { ...byStaff, reason: 'settled in court' }

/** What stops a takedown, and where the case then goes. */
type Stopping = 'closeManually' | 'returnToBrand' | 'undecide'
const messages: Pick<CaseMessages, Stopping> = {
  closeManually: close,
  returnToBrand: { ...byStaff, message: 'are you sure?' },
  undecide: { caseId: CASE_ID, caller: as('brandMember'), decisionId: 'd-1', reason: 'my mistake' },
}
const stops = [
  ['closeManually', { phase: 'closed', ending: { outcome: 'closedManually' } }],
  ['returnToBrand', { phase: 'awaitingBrand', decision: null, question: 'are you sure?' }],
  ['undecide', { phase: 'awaitingBrand', decision: null }],
] as const

function takingDown(): CaseDriver {
  const driven = askedCase()
  driven.send('decide', confirmation())
  return driven
}

/** Where a takedown can be when somebody stops it. */
const places: [string, () => CaseDriver][] = [
  ['in its first effort', takingDown],
  ['whose outcome is unknown', () => takingDown().marketplaceSays(unknown)],
  ['that is tried again', () => takingDown().marketplaceSays(unknown).runToDeadline()],
]

describe.each(places)('a takedown %s', (_place, start) => {
  describe.each(stops)('stopped by %s', (name, then) => {
    const stopped = () => {
      const driven = start()
      expect(driven.send(name, messages[name])).toBeNull()
      // What was under way has ended without an answer.
      driven.marketplaceSays(unknown)
      return driven
    }

    it('is looked up soon, and nothing is sent any more', () => {
      const driven = stopped()
      expect(isLookUpDue(driven.state, driven.now + 30_000)).toBe(true)
      for (let i = 0; i < 20; i++) {
        driven.lookUpSays(away)
        expect(isLookUpDue(driven.state, driven.now)).toBe(false)
        expect(nextDeadline(driven.state)?.kind).toBe('lookUp')
        driven.now = nextDeadline(driven.state)?.at ?? NaN
      }
      const since = driven.events.findIndex(({ type }) => type === 'stopRequested')
      const sent = driven.events.slice(since).filter(({ type }) => type === 'takedownRequested')
      expect(sent).toEqual([])
      expect(driven.now - MONDAY_MS).toBeGreaterThan(DAY_MS)
      expect(driven.send('retryTakedown', byStaff)?.code).toBe('NotAllowedNow')
      expect(driven.state).toMatchObject({
        phase: 'needsAttention',
        attention: { detail: expect.stringMatching(/waiting for the marketplace.*no route/) },
        takedown: { result: 'unknown' },
      })
      expect(caseDetails(driven.state)).toContain('Nothing is sent any more')
    })

    it('does what was asked once nothing was removed', () => {
      const driven = stopped().lookUpSays(away).lookUpSays({ kind: 'notTakenDown' })
      expect(driven.state).toMatchObject({
        ...then,
        closing: null,
        takedown: { result: 'notSent' },
      })
    })

    it('waits while the marketplace is still working on it', () => {
      const driven = stopped().lookUpSays({ kind: 'pending', takedownId: 't-1' })
      expect(driven.state.attention?.detail).toMatch(/still working on takedown t-1/)
      expect(nextDeadline(driven.state)?.kind).toBe('lookUp')
    })

    it('ends as taken down when it was after all', () => {
      expect(stopped().lookUpSays(removed).state.ending?.outcome).toBe('takenDown')
    })

    it('can be closed by force, with a reason, if the marketplace never returns', () => {
      const driven = stopped().lookUpSays(away)
      expect(driven.send('closeManually', close)?.code).toBe('NotAllowedNow')
      expect(driven.send('closeManually', { ...close, reason: ' ', force: true })?.code).toBe(
        'InvalidMessage',
      )
      const brand = { ...close, caller: as('brandAdmin'), force: true }
      expect(driven.send('closeManually', brand)?.code).toBe('NotAllowedForRole')
      expect(driven.send('closeManually', { ...close, force: true })).toBeNull()
      expect(driven.state).toMatchObject({
        ending: { outcome: 'closedManually', reason: 'settled in court', forced: true },
        takedown: { result: 'unknown' },
      })
    })
  })
})

describe('an effort that ends while it is being stopped', () => {
  it.each<[TakedownResult, string, string]>([
    [removed, 'takenDown', 'removed'],
    [{ kind: 'gone', detail: 'by the seller' }, 'alreadyGone', 'gone'],
    [refused, 'closedManually', 'refused'],
    [notSent, 'closedManually', 'notSent'],
  ])('with %j says itself what became of it', (result, outcome, takedown) => {
    const driven = takingDown()
    driven.send('closeManually', close)
    driven.marketplaceSays(result)
    expect(driven.state).toMatchObject({ ending: { outcome }, takedown: { result: takedown } })
  })

  it('without an answer is looked up only after what was cut off has had time to arrive', () => {
    const driven = takingDown()
    driven.send('closeManually', close)
    driven.marketplaceSays(unknown)
    expect(isLookUpDue(driven.state, driven.now)).toBe(false)
    expect(nextDeadline(driven.state)).toEqual({ at: driven.now + 30_000, kind: 'lookUp' })
  })

  it('changes nothing any more when the case was closed by force', () => {
    const driven = takingDown()
    driven.send('closeManually', { ...close, force: true })
    const { rev } = driven.state
    expect(driven.marketplaceSays(removed).lookUpSays(removed).state).toMatchObject({
      rev,
      ending: { outcome: 'closedManually', forced: true },
    })
  })
})

describe('a decision that was undone in an outage', () => {
  it('leaves the brand a fresh window and can be given anew', () => {
    const driven = takingDown().marketplaceSays(unknown)
    driven.send('undecide', messages.undecide)
    driven.lookUpSays({ kind: 'notTakenDown' })
    expect(driven.state.wait).toMatchObject({ owner: 'brand', startedAt: driven.now })
    expect(driven.send('decide', confirmation({ decisionId: 'd-2' }))).toBeNull()
    expect(driven.state.takedown).toMatchObject({ n: 1, result: 'inFlight' })
  })

  it('is the one that stands, and nobody else’s to undo', () => {
    const driven = takingDown().marketplaceSays(unknown)
    const other = { ...messages.undecide, decisionId: 'd-9' }
    expect(driven.send('undecide', other)?.code).toBe('InvalidMessage')
    const monitor = { ...messages.undecide, caller: as('monitor') }
    expect(driven.send('undecide', monitor)?.code).toBe('NotAllowedForRole')
  })
})

describe('closing', () => {
  it('while the marketplace’s refusal stands is an outcome of its own', () => {
    const driven = takingDown().marketplaceSays(refused)
    driven.send('closeManually', close)
    expect(driven.state.ending?.outcome).toBe('refusedByMarketplace')
  })

  it('after the brand was asked again does not blame the marketplace', () => {
    const driven = takingDown().marketplaceSays(refused)
    driven.send('returnToBrand', { ...byStaff, message: 'refused' })
    driven.send('closeManually', close)
    expect(driven.state.ending?.outcome).toBe('closedManually')
  })

  it('by force, where nothing is unknown, is closing', () => {
    const driven = askedCase()
    expect(driven.send('closeManually', { ...close, force: true })).toBeNull()
    expect(driven.state.ending).toEqual({
      outcome: 'closedManually',
      reason: 'settled in court',
      at: driven.now,
    })
  })
})

describe('a case opened under rules before version 3', () => {
  const older = () => {
    const policy = { ...snapshotOf(DEFAULT_POLICY), rulesVersion: 2 }
    const facts = { kind: 'ask' as const, parties: buildParties(), policy, previousCaseId: null }
    const driven = new CaseDriver(facts, itemSighting())
    driven.send('decide', confirmation())
    return driven
  }

  it('is not closed while a takedown is in flight, but by force', () => {
    const driven = older()
    expect(driven.send('closeManually', close)?.code).toBe('NotAllowedNow')
    expect(driven.send('undecide', messages.undecide)?.code).toBe('NotAllowedNow')
    expect(driven.send('closeManually', { ...close, force: true })).toBeNull()
  })

  it('is as stuck as it was when the one look-up before its close fails', () => {
    const driven = older().marketplaceSays(unknown)
    expect(driven.send('returnToBrand', messages.returnToBrand)?.code).toBe('NotAllowedNow')
    expect(driven.send('closeManually', close)).toBeNull()
    expect(nextDeadline(driven.state)).toBeNull()
    driven.lookUpSays(away)
    expect(driven.state).toMatchObject({
      closing: null,
      attention: { detail: expect.stringMatching(/no route/) },
    })
    expect(nextDeadline(driven.state)).toEqual({
      at: MONDAY_MS + 30 * MINUTE_MS,
      kind: 'takedownRetry',
    })
  })
})
