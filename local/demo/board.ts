import type { CaseSummary } from '../../api/schemas/case.js'
import type { ReportedCase } from '../../monitor/new-case.js'
import type { ApiClient } from '../world/api-client.js'
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
  refresh(): Promise<void>
  get(caseId: string): PlayedCase | undefined
  all(): PlayedCase[]
  open(): PlayedCase[]
  closedCount(): number
}

/** Rows appear a moment after the instant they carry; this much is asked for again each time. */
const OVERLAP_MS = 30_000

export function createBoard(api: ApiClient, written: ReadonlyMap<string, ScriptName>): Board {
  const scriptNames = new Map<string, ScriptName>()
  const cases = new Map<string, PlayedCase>()
  let refreshedAt: number | null = null

  return {
    scriptOf(newCase) {
      const place = placeOf({ brandId: newCase.brandId, ...newCase.listing })
      const name = scriptNames.get(place) ?? scriptFor(newCase, written)
      scriptNames.set(place, name)
      return SCRIPTS[name]
    },
    async refresh() {
      const now = Date.now()
      const since = refreshedAt === null ? null : new Date(refreshedAt - OVERLAP_MS)
      const changed = await api.cases(since ? { updatedAfter: since.toISOString() } : {})
      refreshedAt = now
      for (const row of changed) {
        const scriptName = scriptNames.get(placeOf(row)) ?? 'genuine'
        cases.set(row.caseId, { ...row, scriptName, script: SCRIPTS[scriptName] })
      }
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
