import type { Static } from 'typebox'
import type { StatsSchema } from '../../contract/stats.js'
import type { CaseStats } from '../../store/store.js'
import { iso } from './iso.js'

/** The figures as the API shows them. */
export function presentStats({ from, to, ...stats }: CaseStats): Static<typeof StatsSchema> {
  return { from: iso(from), to: iso(to), ...stats }
}
