import { isDeepStrictEqual } from 'node:util'
import { randomSuffix } from '../platform/digest.js'
import type { ProblemCode, WireTakedownBody } from '../marketplaces/contract.js'
import type { LedgerEntry, Shop, Takedown } from './shop.js'

/** A definite no, with a reason for people. */
export interface Refusal {
  code: string
  detail: string
}

/** A takedown request with what the faults make of it. */
export interface TakedownOrder {
  marketplace: string
  key: string
  body: WireTakedownBody
  /** Carry it out again whatever was done before under this key. */
  ignoreKey: boolean
  refusal?: Refusal
  /** Answer `pending` and act after this time. */
  pending?: { delayMs: number; refusal?: Refusal }
}

/** What a request comes to: the takedown it concerns or a problem, and what the ledger says of it. */
export interface Ruling extends Pick<LedgerEntry, 'effective' | 'removedBy'> {
  takedown?: Takedown
  /** True when `takedown` is new or has changed and is to be kept. */
  changed: boolean
  problem?: { code: ProblemCode; detail: string; refusalCode?: string }
}

/** Rules on a takedown request by the published contract. Changes nothing itself. */
export function ruleTakedown(shop: Shop, order: TakedownOrder, nowMs: number): Ruling {
  const { marketplace, key, body, ignoreKey } = order
  const earlier = ignoreKey ? undefined : shop.takedownByKey(marketplace, key)
  if (earlier) return repeated(earlier, body)

  const listing = shop.listing(marketplace, body.listingId)
  if (!listing) {
    return nothing('listingNotFound', `${marketplace} never had a listing ${body.listingId}`)
  }
  const at = new Date(nowMs).toISOString()
  const base = {
    takedownId: `td-${randomSuffix()}`,
    key,
    listingId: body.listingId,
    requestedAt: at,
  }
  const kept = { marketplace, request: body, keyIgnored: ignoreKey }
  const { refusal, pending } = order
  if (refusal) {
    const takedown: Takedown = { ...kept, answer: { ...base, state: 'refused', refusal } }
    return { takedown, changed: true, effective: false, removedBy: null, ...refused(refusal) }
  }
  if (listing.gone && (listing.gone.by === 'seller' || !ignoreKey)) {
    const removedBy = listing.gone.by === 'seller' ? 'seller' : 'other'
    const answer = { ...base, state: 'alreadyGone', removedBy, removedAt: listing.gone.at } as const
    return { takedown: { ...kept, answer }, changed: true, effective: false, removedBy }
  }
  if (pending) {
    const settling = {
      at: new Date(nowMs + pending.delayMs).toISOString(),
      ...(pending.refusal ? { refusal: pending.refusal } : {}),
    }
    const takedown: Takedown = { ...kept, answer: { ...base, state: 'pending' }, settling }
    return { takedown, changed: true, effective: false, removedBy: null }
  }
  const takedown: Takedown = { ...kept, answer: { ...base, state: 'removed', removedAt: at } }
  return { takedown, changed: true, effective: true, removedBy: 'key' }
}

/** Rules on a takedown whose time has come: refused, removed, or gone by other hands meanwhile. */
export function ruleSettlement(shop: Shop, pending: Takedown, nowMs: number): Ruling {
  const { settling, ...kept } = pending
  const { takedownId, key, listingId, requestedAt } = pending.answer
  const base = { takedownId, key, listingId, requestedAt }
  if (settling?.refusal) {
    const takedown: Takedown = {
      ...kept,
      answer: { ...base, state: 'refused', refusal: settling.refusal },
    }
    return { takedown, changed: true, effective: false, removedBy: null }
  }
  const gone = shop.listing(pending.marketplace, listingId)?.gone
  if (gone) {
    const removedBy = gone.by === 'seller' ? 'seller' : 'other'
    const answer = { ...base, state: 'alreadyGone', removedBy, removedAt: gone.at } as const
    return { takedown: { ...kept, answer }, changed: true, effective: false, removedBy }
  }
  const removedAt = new Date(nowMs).toISOString()
  const takedown: Takedown = { ...kept, answer: { ...base, state: 'removed', removedAt } }
  return { takedown, changed: true, effective: true, removedBy: 'key' }
}

/** Rules on a restoration: only a removal in force can be undone; undone already is fine. */
export function ruleRestoration(
  shop: Shop,
  { marketplace, key, takedownId }: { marketplace: string; key: string; takedownId: string },
  nowMs: number,
): Ruling {
  const takedown = shop.takedownByKey(marketplace, key)
  if (takedown?.answer.takedownId !== takedownId) {
    return nothing('takedownNotFound', `there is no takedown ${takedownId} under this key`)
  }
  const { answer } = takedown
  if (answer.state === 'restored') {
    return { takedown, changed: false, effective: false, removedBy: null }
  }
  if (answer.state !== 'removed') {
    return nothing('notRestorable', `the takedown is ${answer.state}, so nothing can be restored`)
  }
  const restoredAt = new Date(nowMs).toISOString()
  const restored: Takedown = { ...takedown, answer: { ...answer, state: 'restored', restoredAt } }
  return { takedown: restored, changed: true, effective: true, removedBy: null }
}

/** The same key again: the same answer, unless it now asks for something else. */
function repeated(earlier: Takedown, body: WireTakedownBody): Ruling {
  if (!isDeepStrictEqual(earlier.request, body)) {
    return nothing('keyReused', 'this key was used before for a request with other content')
  }
  const { answer } = earlier
  const ruling: Ruling = {
    takedown: earlier,
    changed: false,
    effective: false,
    removedBy:
      answer.state === 'removed' ? 'key' : answer.state === 'alreadyGone' ? answer.removedBy : null,
  }
  return answer.state === 'refused' ? { ...ruling, ...refused(answer.refusal) } : ruling
}

function refused({ code, detail }: Refusal): Pick<Ruling, 'problem'> {
  return { problem: { code: 'refused', detail, refusalCode: code } }
}

function nothing(code: ProblemCode, detail: string): Ruling {
  return { changed: false, effective: false, removedBy: null, problem: { code, detail } }
}
