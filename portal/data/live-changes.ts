import type { CaseSummary } from '../../contract/case.js'

/** What a stream tells of a case: its revision, or `null` where something else of it changed. */
export interface Told {
  caseId: string
  rev: number | null
}

/** What to read again because of what a stream told. */
export interface Changes {
  /** Cases that are shown as they no longer are. */
  changed: string[]
  /** Some are in no list that is shown: they may belong there now. */
  hasNew: boolean
}

/** More than so many cases are read again by their lists, not one by one. */
export const READ_SINGLY_MAX = 20

/** Compares what was told with the revisions that are shown. */
export function changesOf(
  told: readonly Told[],
  shown: ReadonlyMap<string, Pick<CaseSummary, 'rev'>['rev']>,
): Changes {
  const changed = told.filter(({ caseId, rev }) => {
    const known = shown.get(caseId)
    return known !== undefined && (rev === null || rev > known)
  })
  return {
    changed: [...new Set(changed.map(({ caseId }) => caseId))],
    hasNew: told.some(({ caseId }) => !shown.has(caseId)),
  }
}
