import type { Fault } from '../../sandbox/faults.js'
import type { SandboxClient } from '../../sandbox/client.js'
import type { Board, PlayedCase } from './board.js'
import type { Script } from './scripts.js'

type Place = Pick<PlayedCase, 'marketplace' | 'listingId'>

/** What marketplaces and sellers do in the demo. */
export interface ShopFloor {
  /** Lets the marketplace misbehave for this listing as its script says. */
  prepare(place: Place, script: Script): void
  /** The marketplace works again for this listing. */
  repair(place: Place): Promise<void>
  /** Makes what was prepared true, and lets sellers leave whose moment has come. */
  act(board: Board): Promise<void>
}

/** A definite no, as marketplaces give it. */
const REFUSAL = { code: 'counterNotice', detail: 'The seller has filed a counter-notice.' }

/** A shop floor on which everything works. */
export function openShopFloor(sandbox: SandboxClient): ShopFloor {
  const faults = new Map<string, Fault>()
  const left = new Set<string>()
  let isStale = false

  async function sync(): Promise<void> {
    if (!isStale) return
    isStale = false
    await sandbox.setFaults([...faults.values()])
  }
  async function repair(place: Place): Promise<void> {
    if (faults.delete(keyOf(place))) isStale = true
    await sync()
  }
  async function leave(place: Place): Promise<void> {
    left.add(keyOf(place))
    await sandbox.withdrawListing(place.marketplace, place.listingId)
    await repair(place)
  }
  async function wasRefusedOnce({ marketplace, listingId }: Place): Promise<boolean> {
    const entries = await sandbox.ledger({ marketplace, listingId })
    return entries.some(
      ({ operation, status }) => operation === 'requestTakedown' && status === 500,
    )
  }

  return {
    prepare(place, { marketplace }) {
      if (!marketplace || faults.has(keyOf(place)) || left.has(keyOf(place))) return
      faults.set(keyOf(place), faultOf(marketplace, place))
      isStale = true
    },
    repair,
    async act(board) {
      await sync()
      for (const one of board.open()) {
        const { seller } = one.script
        if (!seller || left.has(keyOf(one))) continue
        if (seller === 'leavesWhileAsked' && one.phase === 'awaitingBrand') await leave(one)
        const isBeingRemoved = one.phase === 'takingDown' || one.phase === 'needsAttention'
        if (seller === 'leavesAfterConfirmation' && isBeingRemoved) {
          if (await wasRefusedOnce(one)) await leave(one)
        }
      }
    },
  }
}

function faultOf(how: NonNullable<Script['marketplace']>, place: Place): Fault {
  const { marketplace, listingId } = place
  switch (how) {
    case 'down':
      return { kind: 'down', marketplace, listingId }
    case 'fails':
      return { kind: 'serverError', marketplace, listingId }
    case 'refuses':
      return { kind: 'refuse', marketplace, listingId, ...REFUSAL }
  }
}

function keyOf({ marketplace, listingId }: Place): string {
  return `${marketplace} ${listingId}`
}
