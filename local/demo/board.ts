import { inParallel } from '../../platform/in-parallel.js'
import type { CaseSummary } from '../../contract/case.js'
import type { ReportedCase } from '../../monitor/new-case.js'
import type { ApiClient } from '../../client/client.js'
import { type Script, scriptFor, type ScriptName, SCRIPTS } from './scripts.js'

/** A case with the script it plays. */
export interface PlayedCase extends CaseSummary {
  scriptName: ScriptName
  script: Script
}

/** All cases of the demo as the record has them, kept up to date by asking for what changed. */
export interface Board {
  /** The script of a case that is about to be reported; the board remembers it. */
  scriptOf(newCase: ReportedCase): Script
  /** Reads what has changed; afterwards it knows each of the `acknowledged` that has a row. */
  refresh(acknowledged: Iterable<string>): Promise<void>
  get(caseId: string): PlayedCase | undefined
  all(): PlayedCase[]
  open(): PlayedCase[]
  closedCount(): number
}

/**
 * Rows appear a moment after the instant they carry, so this much is asked for again each time.
 * After an outage it is more than a moment; such rows are asked for one by one.
 */
const OVERLAP_MS = 10_000
const AT_ONCE = 8

/** An empty board; `written` are the scripts of known listings, by listing id. */
export function createBoard(api: ApiClient, written: ReadonlyMap<string, ScriptName>): Board {
  const scriptNames = new Map<string, ScriptName>()
  const cases = new Map<string, PlayedCase>()
  let refreshedAt: number | null = null

  function put(row: CaseSummary): void {
    const scriptName = scriptNames.get(placeOf(row)) ?? 'genuine'
    cases.set(row.caseId, { ...row, scriptName, script: SCRIPTS[scriptName] })
  }

  return {
    scriptOf(newCase) {
      const place = placeOf({ brandId: newCase.brandId, ...newCase.listing })
      const name = scriptNames.get(place) ?? scriptFor(newCase, written)
      scriptNames.set(place, name)
      return SCRIPTS[name]
    },
    async refresh(acknowledged) {
      const now = Date.now()
      const since = new Date((refreshedAt ?? now) - OVERLAP_MS).toISOString()
      const rows = [
        ...(await api.cases({ updatedAfter: since })),
        ...(await api.cases({ open: true })),
      ]
      refreshedAt = now
      const heardOf = new Set(rows.map(({ caseId }) => caseId))
      const missing = [...acknowledged].filter((caseId) => {
        const known = cases.get(caseId)
        return !heardOf.has(caseId) && (known === undefined || isOpen(known))
      })
      const found = await inParallel(missing, AT_ONCE, (caseId) => api.readCase(caseId))
      for (const row of [...rows, ...found]) if (row) put(row)
    },
    get: (caseId) => cases.get(caseId),
    all: () => [...cases.values()],
    open: () => [...cases.values()].filter(isOpen),
    closedCount: () => [...cases.values()].filter((row) => !isOpen(row)).length,
  }
}

function isOpen({ phase }: CaseSummary): boolean {
  return phase !== 'closed'
}

function placeOf(at: Pick<CaseSummary, 'brandId' | 'marketplace' | 'listingId'>): string {
  return `${at.brandId} ${at.marketplace} ${at.listingId}`
}
