import type { Static } from 'typebox'
import type { RefusedReportSchema } from '../../contract/refused-report.js'
import type { RefusedReport } from '../../store/store.js'
import { iso } from './iso.js'

/** A refused report as lists show it. */
export function presentRefusedReport({
  report: _,
  refusedAt,
  ...shown
}: RefusedReport): Static<typeof RefusedReportSchema> {
  return { ...shown, refusedAt: iso(refusedAt) }
}
