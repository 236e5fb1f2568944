import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { MockActivityEnvironment } from '@temporalio/testing'
import type { CallingDependencies } from '../../../activities/takedown/calling.js'
import {
  createRequestTakedown,
  type TakedownInput,
  type TakedownPending,
} from '../../../activities/takedown/request-takedown.js'
import { createMarketplaces, type Marketplaces } from '../../../marketplaces/registry.js'
import type { MarketplacePause } from '../../../store/store.js'
import type { TakedownResult } from '../../../domain/case/taking-down.js'
import {
  listingRow,
  SANDBOX_TOKEN,
  startSandbox,
  takedownBody,
} from '../../sandbox/start-sandbox.js'

let sandbox: Awaited<ReturnType<typeof startSandbox>>
const open: Marketplaces[] = []
/** What is kept of a marketplace, with a pause where there is one. */
let pause: MarketplacePause | null = null
const noted: (string | null)[] = []
const store: CallingDependencies['store'] = {
  marketplacePauses: {
    ...({} as CallingDependencies['store']['marketplacePauses']),
    current: async () => pause,
  },
  marketplaceAnswers: {
    note: async (_id, { failure }) => void noted.push(failure),
    all: async () => [],
  },
}

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(async () => {
  await Promise.all(open.map((marketplaces) => marketplaces.close()))
  await sandbox.close()
})

/** One attempt as the worker makes it, with this token. */
async function attempt(
  input: TakedownInput,
  token = SANDBOX_TOKEN,
  earlier: ConstructorParameters<typeof MockActivityEnvironment>[0] = {},
): Promise<TakedownResult | TakedownPending> {
  const marketplaces = createMarketplaces([
    {
      id: 'mercado-livre',
      name: 'Mercado Livre',
      kind: 'http',
      baseUrl: `${sandbox.url}/m/mercado-livre`,
      token,
      timeoutMs: 5_000,
      takedownsPerSecond: 10,
    },
  ])
  open.push(marketplaces)
  const requestTakedown = createRequestTakedown({ marketplaces, store })
  return new MockActivityEnvironment(earlier).run(requestTakedown, input)
}

async function inputFor(listingId: string): Promise<TakedownInput> {
  await sandbox.admin.loadListings('mercado-livre', listingRow(listingId))
  const row = JSON.parse(listingRow(listingId)) as Pick<
    TakedownInput['shown'],
    'title' | 'price' | 'seller'
  >
  const { caseId, verdict, basis, severity } = takedownBody(listingId)
  return {
    key: `takedown:${caseId}:1`,
    caseId,
    marketplace: 'mercado-livre',
    listingId,
    verdict,
    basis,
    severity,
    shown: { ...row, pictures: [] },
    acceptChanged: false,
    mayHaveBeenSent: false,
    budgetMs: 60_000,
  }
}

describe('a marketplace that no longer takes our token', () => {
  it('has refused a request that was never sent before', async () => {
    const input = await inputFor('ML1')
    expect(await attempt(input, 'expired')).toMatchObject({
      kind: 'refused',
      code: 'unauthenticated',
    })
  })

  it('leaves the outcome unknown when an earlier request cannot be looked up', async () => {
    const input = await inputFor('ML2')
    await sandbox.admin.setFaults([{ kind: 'dropReply', listingId: 'ML2', count: 1 }])
    await expect(attempt(input)).rejects.toMatchObject({ type: 'MarketplaceUnavailable' })

    const again = { ...input, mayHaveBeenSent: true }
    expect(await attempt(again, 'expired')).toMatchObject({
      kind: 'exhausted',
      message: expect.stringContaining('access token'),
      outcomeUnknown: true,
    })
    expect(await attempt(again)).toMatchObject({ kind: 'removed' })
  })
})

describe('a listing that is no longer there', () => {
  it('was taken down by us, if an earlier run of the case or a slow request had asked for it', async () => {
    const input = await inputFor('ML3')
    expect(await attempt(input)).toMatchObject({ kind: 'removed' })
    expect(await attempt(input)).toMatchObject({ kind: 'removed' })
    expect(await sandbox.admin.ledger({ listingId: 'ML3', effective: true })).toHaveLength(1)
  })

  it('was gone before when nobody removed it under our key', async () => {
    const input = await inputFor('ML4')
    expect(await attempt({ ...input, key: 'takedown:another-case:1' })).toMatchObject({
      kind: 'removed',
    })
    expect(await attempt(input)).toMatchObject({ kind: 'gone' })
  })
})

describe('the budget of an effort', () => {
  const down = [{ kind: 'down' as const, count: 1 }]

  it('is not spent while it lasts: the attempt is made again after a pause', async () => {
    const input = await inputFor('ML5')
    await sandbox.admin.setFaults(down)
    await expect(attempt(input)).rejects.toMatchObject({
      type: 'MarketplaceUnavailable',
      nonRetryable: false,
      nextRetryDelay: expect.any(Number),
    })
  })

  it('counts what earlier attempts took, not how long ago they were asked for', async () => {
    const input = await inputFor('ML6')
    const longAgo = { scheduledTimestampMs: 1, currentAttemptScheduledTimestampMs: 1 }
    await sandbox.admin.setFaults(down)
    await expect(attempt(input, SANDBOX_TOKEN, longAgo)).rejects.toMatchObject({
      nonRetryable: false,
    })
    await sandbox.admin.setFaults(down)
    const earlier = { attempt: 9, heartbeatDetails: { spentMs: 59_999 } }
    await expect(attempt(input, SANDBOX_TOKEN, earlier)).rejects.toMatchObject({
      nonRetryable: true,
    })
  })

  it('ends at once when the marketplace wants a pause longer than it', async () => {
    const input = await inputFor('ML7')
    await sandbox.admin.setFaults([{ kind: 'rateLimited', retryAfterS: 120, count: 1 }])
    await expect(attempt(input)).rejects.toMatchObject({ nonRetryable: true })
  })

  it('is not spent on what the marketplace does later', async () => {
    const input = await inputFor('ML8')
    await sandbox.admin.setFaults([{ kind: 'pending', delayMs: 60_000, listingId: 'ML8' }])
    expect(await attempt(input)).toMatchObject({ kind: 'pending' })
    await sandbox.admin.setFaults([])
  })
})

describe('a marketplace that is paused', () => {
  const paused: MarketplacePause = {
    ...{ pauseId: 'p', marketplace: 'mercado-livre', since: new Date(0), resumed: null },
    reasons: [{ text: 'their removals hit the wrong listings', by: 'k', at: new Date(0) }],
  }
  afterEach(() => {
    pause = null
  })

  it('is not called, however long: the attempt says why and is made again', async () => {
    const input = await inputFor('ML20')
    pause = paused
    const spent = { attempt: 900, heartbeatDetails: { spentMs: 59_999, held: 899 } }
    await expect(attempt(input, SANDBOX_TOKEN, spent)).rejects.toMatchObject({
      type: 'MarketplacePaused',
      nonRetryable: false,
      message: expect.stringContaining('their removals hit the wrong listings'),
      details: [{ outcomeUnknown: false }],
    })
    expect(await sandbox.admin.ledger({ listingId: 'ML20' })).toEqual([])
  })

  it('leaves no doubt whether something was sent: nothing is looked up after it', async () => {
    const input = await inputFor('ML21')
    const held = { attempt: 4, heartbeatDetails: { spentMs: 0, held: 3 } }
    await sandbox.admin.setFaults([{ kind: 'down', count: 1 }])
    await expect(attempt(input, SANDBOX_TOKEN, held)).rejects.toMatchObject({
      type: 'MarketplaceUnavailable',
      details: [{ outcomeUnknown: false }],
    })
  })

  it('is known by what it answered last', async () => {
    const input = await inputFor('ML22')
    noted.length = 0
    await sandbox.admin.setFaults([{ kind: 'down', count: 1 }])
    await expect(attempt(input)).rejects.toThrow()
    expect(await attempt(input)).toMatchObject({ kind: 'removed' })
    expect(noted).toEqual([expect.stringContaining('Mercado Livre'), null])
  })
})
