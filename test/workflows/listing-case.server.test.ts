import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { ApplicationFailure } from '@temporalio/client'
import { WorkflowUpdateFailedError } from '@temporalio/client'
import { DAY_MS, HOUR_MS } from '../../domain/brand/calendar.js'
import { faultFailure } from '../../activities/faults.js'
import type { CaseEvent } from '../../domain/case/events.js'
import { snapshotHash } from '../../domain/case/shown.js'
import { UnknownMarketplace } from '../../marketplaces/marketplace.js'
import { CASE_SIGNALS, CASE_UPDATES, caseView } from '../../workflows/messages.js'
import { ATTESTED, BRAND, LEAD, MANAGER, type OpenedCase, VirtualTime } from './virtual-time.js'

let time: VirtualTime

beforeAll(async () => {
  time = await VirtualTime.start()
})
afterEach(() => time.closeOpenCases())
afterAll(() => time.stop())
beforeEach(() => {
  time.world.takedowns = [{ kind: 'removed', takedownId: 'td-1', removedAt: 1 }]
  time.world.lookups = [{ kind: 'notTakenDown' }]
  time.world.takedownKeys.length = 0
  time.world.notices.length = 0
})

const types = (events: CaseEvent[]) => events.map((event) => event.type)
const find = <T extends CaseEvent['type']>(events: CaseEvent[], type: T): CaseEvent<T> => {
  const event = events.find((e) => e.type === type)
  if (!event) throw new Error(`no ${type} among ${types(events).join(', ')}`)
  return event as CaseEvent<T>
}
const decision = (one: OpenedCase, decisionId: string, verdict: 'counterfeit' | 'genuine') => ({
  caseId: one.caseId,
  caller: BRAND,
  decisionId,
  verdict,
  shownHash: snapshotHash(one.sighting.listing),
  ...ATTESTED,
})

describe('when nobody answers', () => {
  it('S3 is reminded, escalated to account manager and lead, and expires', async () => {
    const one = await time.open('S3')
    const result = await one.handle.result()
    const events = one.events()
    expect(result.outcome).toBe('expired')
    expect(types(events)).toEqual([
      'opened',
      'asked',
      'reminderSent',
      'reminderSent',
      'escalated',
      'reminderSent',
      'escalated',
      'closed',
    ])
    const asked = find(events, 'asked')
    const escalated = find(events, 'escalated')
    // Three working days are three to five days by the clock.
    const waitedMs = escalated.at - asked.at
    expect(waitedMs).toBeGreaterThanOrEqual(3 * DAY_MS)
    expect(waitedMs).toBeLessThanOrEqual(5 * DAY_MS + HOUR_MS)
    expect(Math.abs(escalated.at - asked.data.wait.dueAt)).toBeLessThan(5_000)
  })

  it('S4 is never decided by the platform and expires after the account manager', async () => {
    const one = await time.open('S4')
    await one.handle.result()
    expect(types(one.events())).toEqual(['opened', 'asked', 'reminderSent', 'escalated', 'closed'])
    expect(find(one.events(), 'closed').data.ending.outcome).toBe('expired')
  })

  it('S1 goes by the clock, never expires, and the lead unblocks it', async () => {
    const one = await time.open('S1')
    await time.env.sleep('37h')
    const state = await one.handle.query(caseView)
    expect(state.phase).toBe('needsAttention')
    expect(state.attention?.reason).toBe('silence')
    const asked = find(one.events(), 'asked')
    const needed = find(one.events(), 'attentionNeeded')
    expect(Math.round((needed.at - asked.at) / HOUR_MS)).toBe(36)
    await one.handle.executeUpdate(CASE_UPDATES.decide, {
      args: [{ ...decision(one, 'd-lead', 'counterfeit'), caller: LEAD }],
    })
    expect((await one.handle.result()).outcome).toBe('takenDown')
    expect(find(one.events(), 'closed').data.ending.basis).toBe('platformPolicy')
  })

  it('S2 ends with the lead, who is paged again every day', async () => {
    const one = await time.open('S2')
    await time.env.sleep('14 days')
    const state = await one.handle.query(caseView)
    expect(state.phase).toBe('needsAttention')
    expect(types(one.events()).filter((t) => t === 'reminderSent').length).toBeGreaterThan(4)
    await one.handle.executeUpdate(CASE_UPDATES.closeManually, {
      args: [{ caseId: one.caseId, caller: LEAD, reason: 'the shop has been closed' }],
    })
    expect((await one.handle.result()).outcome).toBe('closedManually')
  })
})

describe('when the brand answers', () => {
  it('a confirmation takes the listing down at once, with two notices', async () => {
    const one = await time.open('S2')
    const applied = await one.handle.executeUpdate(CASE_UPDATES.decide, {
      args: [decision(one, 'd-1', 'counterfeit')],
    })
    expect(applied).toMatchObject({ phase: 'takingDown', decisionId: 'd-1' })
    expect((await one.handle.result()).outcome).toBe('takenDown')
    expect(types(one.events())).toEqual([
      'opened',
      'asked',
      'decided',
      'takedownRequested',
      'closed',
    ])
    expect(time.world.takedownKeys).toEqual([`takedown:${one.caseId}:1`])
    expect(time.world.notices.map((n) => n.kind)).toEqual(['asked', 'takenDown'])
  })

  it('the second decision is refused and names the winner', async () => {
    time.world.takedowns = [new Error('marketplace down')]
    const one = await time.open('S2')
    await one.handle.executeUpdate(CASE_UPDATES.decide, {
      args: [decision(one, 'd-1', 'counterfeit')],
    })
    const second = one.handle.executeUpdate(CASE_UPDATES.decide, {
      args: [decision(one, 'd-2', 'genuine')],
    })
    const error = await second.then(
      () => null,
      (e: unknown) => e,
    )
    expect(error).toBeInstanceOf(WorkflowUpdateFailedError)
    const cause = (error as WorkflowUpdateFailedError).cause as ApplicationFailure
    expect(cause.type).toBe('AlreadyDecided')
    expect(cause.details?.[0]).toMatchObject({ winner: { decisionId: 'd-1' } })
    await time.env.sleep('1m')
  })

  it('the same decision by signal and by update counts once', async () => {
    const one = await time.open('S3')
    await time.env.sleep('1h')
    const message = { ...decision(one, 'd-same', 'counterfeit'), bulk: true }
    await one.handle.signal(CASE_SIGNALS.decideAsync, message)
    const again = await one.handle.executeUpdate(CASE_UPDATES.decide, {
      args: [message],
      updateId: 'd-same',
    })
    expect(again).toMatchObject({ decisionId: 'd-same', phase: 'coolingOff' })
    expect((await one.handle.result()).outcome).toBe('takenDown')
    expect(types(one.events()).filter((t) => t === 'decided')).toHaveLength(1)
  })

  it('an answer the brand may give late still wins while the account manager chases', async () => {
    const one = await time.open('S4')
    await time.env.sleep('6 days')
    expect((await one.handle.query(caseView)).phase).toBe('awaitingAccountManager')
    await one.handle.executeUpdate(CASE_UPDATES.decide, {
      args: [decision(one, 'd-late', 'genuine')],
    })
    expect((await one.handle.result()).outcome).toBe('released')
  })

  it('a bulk confirmation can be stopped in its cooling-off, and the wait goes on', async () => {
    const one = await time.open('S3')
    const bulk = { ...decision(one, 'd-bulk', 'counterfeit'), bulk: true }
    const applied = await one.handle.executeUpdate(CASE_UPDATES.decide, { args: [bulk] })
    expect(applied.phase).toBe('coolingOff')
    await time.env.sleep('5m')
    const undone = await one.handle.executeUpdate(CASE_UPDATES.undecide, {
      args: [{ caseId: one.caseId, caller: BRAND, decisionId: 'd-bulk', reason: 'wrong row' }],
    })
    expect(undone.phase).toBe('awaitingBrand')
    await time.env.sleep('1h')
    expect(time.world.takedownKeys).toEqual([])
    await one.handle.executeUpdate(CASE_UPDATES.decide, {
      args: [{ ...bulk, decisionId: 'd-again' }],
    })
    await time.env.sleep('11m')
    expect((await one.handle.result()).outcome).toBe('takenDown')
  })
})

describe('when a takedown does not work', () => {
  it('the budget runs out, the case needs attention and retries by itself with the same key', async () => {
    time.world.takedowns = [new Error('marketplace down')]
    const one = await time.open('S2')
    await one.handle.executeUpdate(CASE_UPDATES.decide, {
      args: [decision(one, 'd-1', 'counterfeit')],
    })
    await time.env.sleep('11m')
    const state = await one.handle.query(caseView)
    expect(state.attention).toMatchObject({ reason: 'takedownExhausted' })
    expect(state.takedown?.result).toBe('unknown')
    time.world.takedowns = [{ kind: 'removed', takedownId: 'td-2', removedAt: 2 }]
    expect((await one.handle.result()).outcome).toBe('takenDown')
    expect(new Set(time.world.takedownKeys)).toEqual(new Set([`takedown:${one.caseId}:1`]))
  })

  it('what can never succeed is not repeated; a person tries again when it is mended', async () => {
    const cause = new UnknownMarketplace('marketplace "taobao" is not configured')
    const sent = { outcomeUnknown: false }
    time.world.takedowns = [faultFailure('NotConfigured', cause, [sent])]
    const one = await time.open('S2')
    await one.handle.executeUpdate(CASE_UPDATES.decide, {
      args: [decision(one, 'd-1', 'counterfeit')],
    })
    await time.env.sleep('5h')
    const state = await one.handle.query(caseView)
    expect(state).toMatchObject({ phase: 'needsAttention', takedown: { result: 'notSent' } })
    expect(state.attention).toMatchObject({
      reason: 'serviceFault',
      detail: 'it is not set up here: marketplace "taobao" is not configured',
      unblock: ['retryTakedown', 'returnToBrand', 'closeManually'],
    })
    expect(time.world.takedownKeys).toHaveLength(1)
    time.world.takedowns = [{ kind: 'removed', takedownId: 'td-2', removedAt: 2 }]
    await one.handle.executeUpdate(CASE_UPDATES.retryTakedown, { args: [{}] })
    expect((await one.handle.result()).outcome).toBe('takenDown')
    expect(new Set(time.world.takedownKeys)).toEqual(new Set([`takedown:${one.caseId}:1`]))
  })

  it('a refusal needs a person; their retry moves the key on, and the lead may close', async () => {
    const refused = { kind: 'refused', code: 'notOurListing', message: 'no' } as const
    time.world.takedowns = [refused]
    const one = await time.open('S2')
    await one.handle.executeUpdate(CASE_UPDATES.decide, {
      args: [decision(one, 'd-1', 'counterfeit')],
    })
    await time.env.sleep('1m')
    await one.handle.executeUpdate(CASE_UPDATES.retryTakedown, { args: [{}] })
    await time.env.sleep('1m')
    expect(time.world.takedownKeys).toEqual([1, 2].map((n) => `takedown:${one.caseId}:${n}`))
    await one.handle.executeUpdate(CASE_UPDATES.closeManually, {
      args: [{ caseId: one.caseId, caller: LEAD, reason: 'the marketplace keeps it' }],
    })
    expect((await one.handle.result()).outcome).toBe('refusedByMarketplace')
  })

  it('closing looks an unknown takedown up first and finds it done', async () => {
    time.world.takedowns = [new Error('reply lost')]
    time.world.lookups = [{ kind: 'removed', takedownId: 'td-9', removedAt: 9 }]
    const one = await time.open('S2')
    await one.handle.executeUpdate(CASE_UPDATES.decide, {
      args: [decision(one, 'd-1', 'counterfeit')],
    })
    await time.env.sleep('11m')
    await one.handle.executeUpdate(CASE_UPDATES.closeManually, {
      args: [{ caseId: one.caseId, caller: MANAGER, reason: 'taking too long' }],
    })
    expect((await one.handle.result()).outcome).toBe('takenDown')
  })

  it('an acknowledged close waits for the marketplace, however long it is away', async () => {
    time.world.takedowns = [new Error('marketplace down')]
    time.world.lookups = [new Error('marketplace down')]
    const one = await time.open('S2')
    await one.handle.executeUpdate(CASE_UPDATES.decide, {
      args: [decision(one, 'd-1', 'counterfeit')],
    })
    await time.env.sleep('1m')
    await one.handle.executeUpdate(CASE_UPDATES.closeManually, {
      args: [{ caseId: one.caseId, caller: MANAGER, reason: 'settled with the seller' }],
    })
    const sent = time.world.takedownKeys.length
    await time.env.sleep('2 days')
    expect(await one.handle.query(caseView)).toMatchObject({
      phase: 'needsAttention',
      closing: { then: 'close', reason: 'settled with the seller' },
    })
    time.world.takedowns = [{ kind: 'removed', takedownId: 'td-2', removedAt: 2 }]
    time.world.lookups = [{ kind: 'notTakenDown' }]
    expect((await one.handle.result()).outcome).toBe('closedManually')
    expect(time.world.takedownKeys).toHaveLength(sent)
  })

  it('a pending takedown is polled by the case, and refused or removed when the marketplace says so', async () => {
    time.world.takedowns = [
      { kind: 'pending', takedownId: 'td-1' },
      { kind: 'refused', code: 'notOurs', message: 'no' },
    ]
    time.world.lookups = [
      { kind: 'pending', takedownId: 'td-1' },
      { kind: 'pending', takedownId: 'td-1' },
      { kind: 'notTakenDown' },
    ]
    const one = await time.open('S2')
    await one.handle.executeUpdate(CASE_UPDATES.decide, {
      args: [decision(one, 'd-1', 'counterfeit')],
    })
    await time.env.sleep('1m')
    expect((await one.handle.query(caseView)).attention?.reason).toBe('marketplaceRefused')
    expect(time.world.takedownKeys).toEqual(Array(2).fill(`takedown:${one.caseId}:1`))
  })

  it('a changed listing goes back to the brand with what changed', async () => {
    const one = await time.open('S2')
    const { listing } = one.sighting
    const observed = { ...listing, title: 'something else', seller: { id: listing.seller.id } }
    time.world.takedowns = [{ kind: 'listingChanged', changes: ['title'], observed }]
    await one.handle.executeUpdate(CASE_UPDATES.decide, {
      args: [decision(one, 'd-1', 'counterfeit')],
    })
    await time.env.sleep('1m')
    await one.handle.executeUpdate(CASE_UPDATES.returnToBrand, {
      args: [{ caseId: one.caseId, caller: MANAGER, message: 'the title changed' }],
    })
    const state = await one.handle.query(caseView)
    expect(state).toMatchObject({ phase: 'awaitingBrand', shown: { title: 'something else' } })
    const shownHash = snapshotHash(observed)
    await one.handle.executeUpdate(CASE_UPDATES.decide, {
      args: [{ ...decision(one, 'd-2', 'genuine'), shownHash }],
    })
    expect((await one.handle.result()).outcome).toBe('released')
  })
})

describe('when the database is away for an hour', () => {
  afterEach(() => {
    time.world.notifyDownMs = 0
  })

  it('the brand is told once it is back', async () => {
    time.world.notifyDownMs = HOUR_MS
    const one = await time.open('S2')
    await time.env.sleep('2h')
    expect(time.world.notices.map((n) => n.kind)).toEqual(['asked'])
    expect(types(one.events())).toEqual(['opened', 'asked'])
  })
})

describe('other messages', () => {
  it('an extension moves the deadline; a retry from the Temporal UI needs no caller', async () => {
    const one = await time.open('S4')
    const before = (await one.handle.query(caseView)).wait?.dueAt ?? 0
    const until = new Date(before + 2 * DAY_MS).toISOString()
    const applied = await one.handle.executeUpdate(CASE_UPDATES.extendDeadline, {
      args: [{ until }],
    })
    expect(applied.dueAt).toBe(until)
    expect((await one.handle.query(caseView)).phase).toBe('awaitingBrand')
    await one.handle.result()
    const moved = find(one.events(), 'deadlineMoved')
    expect(moved.by.via).toBe('temporalUi')
    expect(find(one.events(), 'escalated').at).toBeGreaterThanOrEqual(before + 2 * DAY_MS)
  })

  it('a more severe sighting shortens the wait', async () => {
    const one = await time.open('S4')
    const sighting = { ...one.sighting, sightingId: 's-2', suspectedSeverity: 'S1' as const }
    await one.handle.signal(CASE_SIGNALS.sightingAdded, {
      sighting,
      caller: { ...BRAND, role: 'monitor' },
    })
    await time.env.sleep('40h')
    expect(await one.handle.query(caseView)).toMatchObject({
      severity: 'S1',
      phase: 'needsAttention',
    })
  })

  it('a monitor withdraws what nobody has decided', async () => {
    const one = await time.open('S3')
    await one.handle.executeUpdate(CASE_UPDATES.withdraw, {
      args: [
        { caseId: one.caseId, caller: { ...BRAND, role: 'monitor', brandIds: '*' }, reason: 'bad' },
      ],
    })
    expect((await one.handle.result()).outcome).toBe('withdrawn')
  })
})
