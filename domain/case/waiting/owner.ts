import type { Owner } from '../../vocabulary.js'
import type { CaseState } from '../state.js'

/** Whose turn it is. While the marketplace takes down or puts back nobody's window runs: it is the marketplace's. */
export function ownerOf({ wait, phase }: Pick<CaseState, 'wait' | 'phase'>): Owner | null {
  if (wait) return wait.owner
  return phase === 'restoring' || phase === 'takingDown' ? 'marketplace' : null
}
