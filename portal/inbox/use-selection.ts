import { useEffect, useState } from 'react'
import type { CaseSummary } from '../../contract/case.js'
import { MAX_BULK } from './bulk.js'

/** The list that is selected from, as far as it is loaded. */
interface Listed {
  /** Names what is listed: another list has another name. */
  key: string
  rows: readonly CaseSummary[]
  /** It shows what was listed before, or is being loaded. */
  isOnTheWay: boolean
  hasMore: boolean
  hasFailed: boolean
  loadMore: () => void
}

/** Which cases of a list are selected: those that are there still. */
export interface Selected {
  selected: ReadonlySet<string>
  select: (caseIds: Iterable<string>) => void
  toggle: (caseId: string) => void
  add: (...caseIds: string[]) => void
  /** Selects all of the list with that name, as many as can be answered together, once they are loaded. */
  gather: (key: string) => void
  isGathering: boolean
}

/** Nothing is selected at first. */
export function useSelection(listed: Listed): Selected {
  const { key, rows, isOnTheWay, hasMore, hasFailed, loadMore } = listed
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [wanted, setWanted] = useState<string | null>(null)

  // What is gone from the list can no longer be selected.
  useEffect(() => {
    const there = new Set(rows.map(({ caseId }) => caseId))
    setSelected((before) => {
      const after = new Set([...before].filter((caseId) => there.has(caseId)))
      return after.size === before.size ? before : after
    })
  }, [rows])

  const isGathering = wanted === key
  useEffect(() => {
    if (!isGathering || isOnTheWay) return
    if (hasMore && !hasFailed && rows.length < MAX_BULK) {
      loadMore()
      return
    }
    setWanted(null)
    setSelected(new Set(rows.slice(0, MAX_BULK).map(({ caseId }) => caseId)))
  }, [isGathering, isOnTheWay, hasMore, hasFailed, rows, loadMore])

  return {
    selected,
    isGathering,
    gather: setWanted,
    select: (caseIds) => setSelected(new Set(caseIds)),
    add: (...caseIds) => setSelected((before) => new Set([...before, ...caseIds])),
    toggle: (caseId) =>
      setSelected((before) => {
        const after = new Set(before)
        if (!after.delete(caseId)) after.add(caseId)
        return after
      }),
  }
}
