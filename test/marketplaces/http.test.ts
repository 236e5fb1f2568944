import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { until } from '../../local/until.js'
import { createHttpMarketplace } from '../../marketplaces/http.js'
import type { Marketplace, MarketplaceError } from '../../marketplaces/marketplace.js'
import { listingRow, SANDBOX_TOKEN, startSandbox, takedownBody } from '../sandbox/start-sandbox.js'

let sandbox: Awaited<ReturnType<typeof startSandbox>>
let marketplace: Marketplace
let count = 0
let listingId: string
let key: string

const open: Marketplace[] = []
function connect(token = SANDBOX_TOKEN, timeoutMs = 5_000): Marketplace {
  const baseUrl = `${sandbox.url}/m/mercado-livre`
  const client = createHttpMarketplace({
    id: 'mercado-livre',
    name: 'Mercado Livre',
    baseUrl,
    token,
    timeoutMs,
  })
  open.push(client)
  return client
}

beforeAll(async () => {
  sandbox = await startSandbox()
  marketplace = connect()
})
afterAll(async () => {
  await Promise.all(open.map((client) => client.close()))
  await sandbox.close()
})
beforeEach(async () => {
  count += 1
  listingId = `ML${count}`
  key = `takedown:case~mercado-livre~${listingId}~hp~aaaaaaaa:1`
  await sandbox.admin.setFaults([])
  await sandbox.admin.loadListings('mercado-livre', listingRow(listingId))
})

const never = () => new AbortController().signal
const takeDown = (client = marketplace, body = takedownBody(listingId)) =>
  client.requestTakedown({ key, ...body }, never())
const find = () => marketplace.findTakedown({ key, listingId }, never())
const effective = () => sandbox.admin.ledger({ listingId, effective: true })
const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => {
      throw new Error('should have failed')
    },
    (error: MarketplaceError) => error,
  )

describe('reading a listing', () => {
  it('gives the listing in the form cases compare', async () => {
    const listing = await marketplace.readListing(listingId, never())
    expect(listing).toEqual({
      marketplace: 'mercado-livre',
      listingId,
      url: `http://shop.test/shop/mercado-livre/${listingId}`,
      status: 'active',
      title: `Cartucho HP 664 ${listingId}`,
      price: { amount: 65.73, currency: 'BRL' },
      seller: { id: 'S1', transactions: 12, officialStore: false },
      pictures: [],
      capturedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    })
  })

  it('says null when the seller withdrew it, and an error when it never was', async () => {
    await sandbox.admin.withdrawListing('mercado-livre', listingId)
    expect(await marketplace.readListing(listingId, never())).toBeNull()
    const error = await failure(marketplace.readListing('ML-unknown', never()))
    expect(error).toMatchObject({ kind: 'never', code: 'listingNotFound', outcomeUnknown: false })
  })

  it('carries ids with any characters, but none that would change the path', async () => {
    const odd = 'a/b?c=d #é'
    await sandbox.admin.loadListings('mercado-livre', listingRow(odd))
    expect(await marketplace.readListing(odd, never())).toMatchObject({ listingId: odd })
    const error = await failure(marketplace.readListing('..', never()))
    expect(error).toMatchObject({ kind: 'never', code: 'invalidId' })
  })
})

describe('one key, one removal', () => {
  it('removes once however often it is asked', async () => {
    const first = await takeDown()
    expect(first).toMatchObject({ state: 'removed', removedAt: expect.any(Number) })
    expect(await takeDown()).toEqual(first)
    expect(await sandbox.admin.ledger({ listingId })).toMatchObject([
      { operation: 'requestTakedown', key, effective: true, removedBy: 'key', status: 200 },
      { operation: 'requestTakedown', key, effective: false, removedBy: 'key', status: 200 },
    ])
  })

  it('removes once when asked twenty times at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => takeDown()))
    expect(new Set(answers.map((answer) => answer.takedownId)).size).toBe(1)
    expect(await effective()).toHaveLength(1)
  })

  it('refuses the key for another request', async () => {
    await takeDown()
    const error = await failure(
      takeDown(marketplace, { ...takedownBody(listingId), severity: 'S1' }),
    )
    expect(error).toMatchObject({ kind: 'never', code: 'keyReused', outcomeUnknown: false })
  })

  it('tells who else removed the listing', async () => {
    await sandbox.admin.withdrawListing('mercado-livre', listingId)
    expect(await takeDown()).toMatchObject({ state: 'alreadyGone', removedBy: 'seller' })
    expect(await find()).toMatchObject({ removedBy: 'other' })
    expect(await effective()).toHaveLength(0)
  })

  it('tells a removal under another key from its own', async () => {
    await marketplace.requestTakedown({ key: `${key}0`, ...takedownBody(listingId) }, never())
    expect(await find()).toMatchObject({ removedBy: 'other', removedAt: expect.any(Number) })
    expect(await takeDown()).toMatchObject({ state: 'alreadyGone', removedBy: 'other' })
    expect(await effective()).toHaveLength(1)
  })

  it('does not take an earlier removal for this one when the listing is on sale again', async () => {
    await marketplace.requestTakedown({ key: `${key}0`, ...takedownBody(listingId) }, never())
    await sandbox.admin.changeListing('mercado-livre', listingId, { relisted: true })
    expect(await find()).toBeNull()
    expect(await takeDown()).toMatchObject({ state: 'removed' })
    expect(await find()).toMatchObject({ removedBy: 'key' })
  })
})

describe('when the marketplace misbehaves', () => {
  it('429: comes back after the time it names; nothing was done', async () => {
    await sandbox.admin.setFaults([{ kind: 'rateLimited', retryAfterS: 7, count: 1 }])
    expect(await failure(takeDown())).toMatchObject({
      name: 'MarketplaceError',
      kind: 'retryAfter',
      code: 'rateLimited',
      retryAfterMs: 7000,
      outcomeUnknown: false,
    })
    expect(await effective()).toHaveLength(0)
    expect(await takeDown()).toMatchObject({ state: 'removed' })
  })

  it('500 before and 500 after the removal look alike, and the look-up tells them apart', async () => {
    await sandbox.admin.setFaults([{ kind: 'serverError', count: 1 }])
    const unknown = { kind: 'retry', code: 'internalError', outcomeUnknown: true }
    expect(await failure(takeDown())).toMatchObject(unknown)
    expect(await find()).toBeNull()

    await sandbox.admin.setFaults([{ kind: 'serverErrorAfter', count: 1 }])
    expect(await failure(takeDown())).toMatchObject(unknown)
    expect(await find()).toMatchObject({ removedBy: 'key' })
    await takeDown()
    expect(await effective()).toHaveLength(1)
  })

  it('a lost answer: outcome unknown, sent once, found by its key', async () => {
    await sandbox.admin.setFaults([{ kind: 'dropReply', listingId }])
    expect(await failure(takeDown())).toMatchObject({
      kind: 'retry',
      code: 'connectionLost',
      outcomeUnknown: true,
    })
    expect(await sandbox.admin.ledger({ listingId })).toMatchObject([
      { effective: true, status: null, faults: ['dropReply'] },
    ])
    expect(await find()).toMatchObject({ removedBy: 'key', takedownId: expect.any(String) })
  })

  it('a timeout: outcome unknown, and the effect may come later', async () => {
    await sandbox.admin.setFaults([{ kind: 'slow', delayMs: 3_000, count: 1 }])
    const impatient = connect(SANDBOX_TOKEN, 800)
    expect(await failure(takeDown(impatient))).toMatchObject({
      kind: 'retry',
      code: 'timeout',
      outcomeUnknown: true,
      message: expect.stringContaining('did not answer within 0.8 s'),
    })
    expect(await find()).toBeNull()
    const removed = await until('the listing is removed', find, { withinMs: 20_000 })
    expect(removed).toMatchObject({ removedBy: 'key' })
    expect(await takeDown()).toMatchObject({ state: 'removed' })
    expect(await effective()).toHaveLength(1)
  })

  it('503 of the contract: nothing was done', async () => {
    await sandbox.admin.setFaults([{ kind: 'down', marketplace: 'mercado-livre' }])
    const down = { kind: 'retry', code: 'unavailable', outcomeUnknown: false }
    expect(await failure(takeDown())).toMatchObject(down)
    expect(await failure(find())).toMatchObject(down)
    expect(await failure(marketplace.readListing(listingId, never()))).toMatchObject(down)
  })

  it('cut connections: unknown for a removal, harmless for a look-up', async () => {
    await sandbox.admin.setFaults([{ kind: 'down', connection: 'reset' }])
    const lost = { kind: 'retry', code: 'connectionLost' }
    expect(await failure(takeDown())).toMatchObject({ ...lost, outcomeUnknown: true })
    expect(await failure(find())).toMatchObject({ ...lost, outcomeUnknown: false })
    expect(await effective()).toHaveLength(0)
  })

  it('a refusal is final for its key and says why', async () => {
    const detail = 'A court\nhas ordered this listing to stay.'
    await sandbox.admin.setFaults([{ kind: 'refuse', code: 'courtOrder', detail, count: 1 }])
    const refused = {
      kind: 'never',
      code: 'refused',
      outcomeUnknown: false,
      message:
        'Mercado Livre refused the takedown (courtOrder): A court has ordered this listing to stay.',
    }
    expect(await failure(takeDown())).toMatchObject(refused)
    expect(await find()).toBeNull()
    expect(await failure(takeDown())).toMatchObject(refused)
    key = key.replace(/1$/, '2')
    expect(await takeDown()).toMatchObject({ state: 'removed' })
  })

  it('pending: found pending, then removed', async () => {
    await sandbox.admin.setFaults([{ kind: 'pending', delayMs: 2_000, count: 1 }])
    const { takedownId } = await takeDown()
    expect(await find()).toEqual({ state: 'pending', takedownId })
    expect(await takeDown()).toEqual({ state: 'pending', takedownId })
    expect(await effective()).toHaveLength(0)
    const settled = async () => {
      const finding = await find()
      return (finding === null || !('state' in finding)) && { finding }
    }
    const { finding } = await until('it is settled', settled, { withinMs: 20_000 })
    expect(finding).toMatchObject({ removedBy: 'key', takedownId })
    expect(await effective()).toMatchObject([{ operation: 'settle', key }])
  })

  it('pending, then refused: the look-up finds nothing, the repeat hears the refusal', async () => {
    const refusal = { code: 'notOurs', detail: 'Sold by a partner.' }
    await sandbox.admin.setFaults([{ kind: 'pending', delayMs: 100, refusal, count: 1 }])
    await takeDown()
    const isRefused = async () => (await find()) === null
    await until('nothing is found any more', isRefused, { withinMs: 20_000 })
    expect(await failure(takeDown())).toMatchObject({ kind: 'never', code: 'refused' })
  })

  it('an API that ignores keys removes again, and is looked up by listing', async () => {
    await sandbox.admin.setFaults([{ kind: 'ignoreKey' }])
    await takeDown()
    expect(await find()).toMatchObject({ removedBy: 'key' })
    await takeDown()
    expect(await effective()).toMatchObject([{ key }, { key }])
  })

  it('a wrong token is for a person to mend and never repeated in the message', async () => {
    const error = await failure(takeDown(connect('wrong-token')))
    expect(error).toMatchObject({ kind: 'never', code: 'unauthenticated', outcomeUnknown: false })
    expect(error.message).not.toContain('wrong-token')
  })
})

describe('restoring', () => {
  it('puts the listing back once and ends the key', async () => {
    const { takedownId } = await takeDown()
    const restore = () => marketplace.restore({ key, takedownId, reason: 'withdrawn' }, never())
    const first = await restore()
    expect(await restore()).toEqual(first)
    expect(await marketplace.readListing(listingId, never())).toMatchObject({ listingId })
    expect(await find()).toBeNull()
    expect(await failure(takeDown())).toMatchObject({ kind: 'never', code: 'takedownRestored' })
    expect((await effective()).map((entry) => entry.operation)).toEqual([
      'requestTakedown',
      'restore',
    ])
  })

  it('cannot restore what another key removed', async () => {
    const { takedownId } = await takeDown()
    const error = await failure(
      marketplace.restore({ key: `${key}9`, takedownId, reason: 'x' }, never()),
    )
    expect(error).toMatchObject({ kind: 'never', code: 'takedownNotFound' })
  })
})

describe('the caller', () => {
  it('can abort, and gets its own reason back', async () => {
    await sandbox.admin.setFaults([{ kind: 'slow', delayMs: 2_000 }])
    const controller = new AbortController()
    const reason = new Error('the worker is stopping')
    const attempt = marketplace.requestTakedown(
      { key, ...takedownBody(listingId) },
      controller.signal,
    )
    controller.abort(reason)
    await expect(attempt).rejects.toBe(reason)
  })
})
