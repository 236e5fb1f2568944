import { useEffect } from 'react'
import { casePath } from '../../client/paths.js'
import type { Case } from '../../contract/case.js'
import { api } from '../data/api.js'
import { useSession } from '../data/session.js'

/** Whoever only passes by has not looked. */
const LOOKED_AFTER_MS = 1_500
const noted = new Set<string>()

/**
 * Notes that somebody of the brand looks at an open case, once it has been in front of them for a
 * moment: it is read ahead, too, which is no look. Where that does not arrive, the next one counts.
 */
export function useFirstView({ caseId, phase }: Pick<Case, 'caseId' | 'phase'>): void {
  const { isBrand } = useSession()
  const isWanted = isBrand && phase !== 'closed'
  useEffect(() => {
    if (!isWanted || noted.has(caseId)) return
    const timer = setTimeout(() => {
      if (document.hidden) return
      noted.add(caseId)
      api.request('POST', casePath(caseId, '/viewed')).catch(() => noted.delete(caseId))
    }, LOOKED_AFTER_MS)
    return () => clearTimeout(timer)
  }, [caseId, isWanted])
}
