import type { Letter } from '../world/letters.js'
import type { ApiClient } from '../../client/client.js'
import { ApiRefusal } from '../../client/errors.js'
import type { Board, PlayedCase } from './board.js'
import type { ShopFloor } from './shop-floor.js'

/** What account manager and lead do beside answering: about cases that are stuck or drag on. */
export interface Staff {
  hear(letter: Letter): void
  /** Unblocks the stuck cases they have had mail about. Returns how many. */
  unblock(): Promise<number>
  /** Closes those by hand whose script says so, once they are the account manager's. */
  closeScripted(): Promise<number>
  /** Closes by hand whatever is still open after `ageMs`. Returns how many. */
  closeOlderThan(ageMs: number): Promise<number>
}

/** Who works for the platform, and on what. */
export interface StaffOptions {
  manager: ApiClient
  lead: ApiClient
  board: Board
  shopFloor: ShopFloor
}

const REFUSED = 'The marketplace refused and told the brand why.'
const OVERDUE = 'The demo comes to its end; the answer did not arrive in time.'

/** Staff that has not had any mail yet. */
export function createStaff({ manager, lead, board, shopFloor }: StaffOptions): Staff {
  const handled = new Set<string>()
  const escalated = new Set<string>()
  let isAlarmed = false

  async function close(client: ApiClient, { caseId }: PlayedCase, reason: string): Promise<void> {
    await unlessTooLate(client.post(`/cases/${encodeURIComponent(caseId)}/close`, { reason }))
  }

  async function unblockOne(one: PlayedCase): Promise<boolean> {
    const attention = (await lead.readCase(one.caseId))?.attention
    const turn = `${one.caseId} ${attention?.since}`
    if (!attention || handled.has(turn) || one.script.monitor) return false
    const at = `/cases/${encodeURIComponent(one.caseId)}`
    switch (attention.reason) {
      case 'serviceFault':
      case 'takedownExhausted':
        await shopFloor.repair(one)
        await unlessTooLate(manager.post(`${at}/retry-takedown`, {}))
        break
      case 'listingChanged':
        await unlessTooLate(manager.post(`${at}/retry-takedown`, { acceptChanged: true }))
        break
      case 'marketplaceRefused':
        await close(lead, one, REFUSED)
        break
      case 'silence':
        await unlessTooLate(lead.post(`${at}/decision`, { verdict: 'insufficientEvidence' }))
        break
      case 'restorationFailed':
        await shopFloor.repair(one)
        break
    }
    handled.add(turn)
    return true
  }

  return {
    hear({ kind, links }) {
      if (kind === 'needsAttention') isAlarmed = true
      if (kind === 'escalated') links.forEach(({ caseId }) => escalated.add(caseId))
    },
    async unblock() {
      if (!isAlarmed) return 0
      isAlarmed = false
      let count = 0
      for (const one of board.open()) {
        if (one.phase === 'needsAttention' && (await unblockOne(one))) count += 1
      }
      return count
    },
    async closeScripted() {
      let count = 0
      for (const one of board.open()) {
        const { closes } = one.script
        if (!closes || !escalated.delete(one.caseId)) continue
        await close(manager, one, closes)
        count += 1
      }
      return count
    },
    async closeOlderThan(ageMs) {
      const overdue = board.open().filter(({ phase, openedAt }) => {
        const mayClose = !['opening', 'coolingOff', 'takingDown'].includes(phase)
        return mayClose && Date.now() - Date.parse(openedAt) > ageMs
      })
      for (const one of overdue) await close(lead, one, OVERDUE)
      return overdue.length
    },
  }
}

/** The case may have moved on meanwhile; the next look at it tells. */
async function unlessTooLate(sending: Promise<unknown>): Promise<void> {
  try {
    await sending
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.status >= 500) throw error
  }
}
