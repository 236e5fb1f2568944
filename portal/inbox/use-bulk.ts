import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { casePath } from '../../client/paths.js'
import type { CaseSummary } from '../../contract/case.js'
import type { Applied, DecisionBatchResult } from '../../contract/decision.js'
import { api, freshId } from '../data/api.js'
import { patchRow } from '../data/cases.js'
import type { Answer } from '../case/deciding.js'
import { type BulkOutcome, bulkRequests, outcomesOf } from './bulk.js'

/** How a bulk goes on. */
export interface Bulk {
  total: number
  outcomes: readonly BulkOutcome[]
  isRunning: boolean
  /** How many of its removals were stopped, and how many could not be. */
  stopped: number
  notStopped: number
}

const STOPS_AT_ONCE = 4

/** Gives one answer to many cases, request by request, and stops what can be stopped of it. */
export function useBulk() {
  const client = useQueryClient()
  const [bulk, setBulk] = useState<Bulk | null>(null)

  // What is not sent yet would be lost with the tab.
  const isRunning = bulk?.isRunning === true
  useEffect(() => {
    if (!isRunning) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isRunning])

  async function decideAll(rows: readonly CaseSummary[], answer: Answer): Promise<void> {
    const requests = bulkRequests(rows, freshId)
    const first = { total: rows.length, outcomes: [], stopped: 0, notStopped: 0 }
    setBulk({ ...first, isRunning: true })
    for (const decisions of requests) {
      const outcomes = await api
        .post<DecisionBatchResult>('/decisions:batch', { ...answer, decisions })
        .then(
          ({ results }) => outcomesOf(decisions, results),
          (error: unknown) => decisions.map((item) => ({ ...item, result: null, error })),
        )
      for (const { caseId, decisionId, result } of outcomes) {
        if (!result?.applied || !result.phase) continue
        const { phase, outcome = null } = result
        patchRow(client, caseId, { phase, outcome, decisionId, verdict: answer.verdict })
      }
      setBulk((before) => before && { ...before, outcomes: [...before.outcomes, ...outcomes] })
    }
    setBulk((before) => before && { ...before, isRunning: false })
    await client.invalidateQueries({ queryKey: ['cases'] })
  }

  /** Stops those removals that have not begun. */
  async function stopAll(reason: string): Promise<void> {
    const waiting = (bulk?.outcomes ?? []).filter(({ result }) => result?.phase === 'coolingOff')
    const left = waiting.values()
    async function stopSome(): Promise<void> {
      for (const { caseId, decisionId } of left) {
        const applied = await api
          .post<Applied>(casePath(caseId, '/undecide'), { decisionId, reason })
          .catch(() => null)
        if (applied) {
          const { phase, dueAt, rev } = applied
          patchRow(client, caseId, { phase, dueAt, rev, verdict: null, decisionId: null })
        }
        const name = applied ? 'stopped' : 'notStopped'
        setBulk((before) => before && { ...before, [name]: before[name] + 1 })
      }
    }
    await Promise.all(Array.from({ length: STOPS_AT_ONCE }, stopSome))
    await client.invalidateQueries({ queryKey: ['cases'] })
  }

  return { bulk, decideAll, stopAll }
}
