import type { Static } from 'typebox'
import type { SweepSchema } from '../../contract/sweep.js'
import type { RulePack } from '../../monitor/rule-pack.js'
import { versionOf } from '../../monitor/new-case.js'
import type { ApiClient } from '../../client/client.js'
import { ApiRefusal } from '../../client/errors.js'
import type { Board, PlayedCase } from './board.js'

/** What the monitor takes back. */
export interface Recall {
  /** `allReported`: no further cases are on their way. Returns how many cases it withdrew. */
  act(allReported: boolean): Promise<number>
}

const REASON = 'The rule was wrong about these listings.'
/** A case is withdrawn when its brand has been asked, as it would be in life. */
const WITHDRAWN_AFTER_MS = 5_000
/** Later the cases that should fall with their rule are withdrawn one by one. */
const RECALLED_WITHIN_MS = 55_000

/** The monitor of `pack`, which takes back what the scripts on the board say. */
export function createRecall(monitor: ApiClient, board: Board, pack: RulePack): Recall {
  async function withdraw({ caseId }: PlayedCase): Promise<number> {
    try {
      await monitor.post(`/cases/${encodeURIComponent(caseId)}/withdraw`, { reason: REASON })
      return 1
    } catch (error) {
      // Somebody decided first; the case ends as they said.
      if (error instanceof ApiRefusal && error.status < 500) return 0
      throw error
    }
  }

  const running = new Set<string>()

  /** Recalls a rule once it would take no case with it that has another script. */
  async function recallRules(allReported: boolean): Promise<number> {
    const undecided = board.open().filter(isUndecided)
    const wanted = undecided.filter(({ script }) => script.monitor === 'recallsRule')
    const rules = new Set(wanted.flatMap(({ ruleIds }) => (ruleIds.length === 1 ? ruleIds : [])))
    let count = 0
    for (const ruleId of rules) {
      const isOthers = (one: PlayedCase) =>
        one.ruleIds.length === 1 && one.ruleIds[0] === ruleId && !wanted.includes(one)
      if (!allReported || undecided.some(isOthers)) continue
      const recall = { ruleId, monitorVersion: versionOf(pack), reason: REASON }
      // While it runs it is the same; afterwards another, for what has come since.
      const { sweepId } = await monitor.post<{ sweepId: string }>('/cases:withdraw', recall)
      running.add(sweepId)
    }
    for (const sweepId of running) {
      const { status, counts } = await monitor.get<Static<typeof SweepSchema>>(`/sweeps/${sweepId}`)
      if (status === 'running') continue
      running.delete(sweepId)
      count += counts.done
    }
    for (const one of wanted) {
      if (isOlderThan(one, RECALLED_WITHIN_MS)) count += await withdraw(one)
    }
    return count
  }

  return {
    async act(allReported) {
      let count = await recallRules(allReported)
      for (const one of board.open()) {
        const isDue = one.script.monitor === 'withdraws' && isOlderThan(one, WITHDRAWN_AFTER_MS)
        if (isDue && isUndecided(one)) count += await withdraw(one)
      }
      return count
    },
  }
}

function isUndecided({ phase }: PlayedCase): boolean {
  return !['coolingOff', 'takingDown', 'closed'].includes(phase)
}

function isOlderThan({ openedAt }: PlayedCase, ageMs: number): boolean {
  return Date.now() - Date.parse(openedAt) > ageMs
}
