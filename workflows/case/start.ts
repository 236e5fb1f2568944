import { caseSummary } from '../../domain/case/summary.js'
import { casePriority } from '../../domain/case/priority.js'
import type { Phase, Severity } from '../../domain/vocabulary.js'
import { CASES_QUEUE, type ListingCaseInput } from '../messages.js'
import { startAttributes } from '../search-attributes.js'

/** What the `listingCase` carries as its memo, so that its open case can be named without a query. */
export interface ListingCaseMemo {
  caseId: string
  /** Its title, for runs that go on from another: Temporal gives those no summary. */
  summary?: string
  /** Why it stands still, while its search attribute `Trouble` is set. */
  trouble?: string
}

/**
 * How a `listingCase` is started, whoever starts it; fails when a case of the listing is running.
 * `shown` is what the Temporal UI finds it by until it says more itself.
 */
export function listingCaseStart(
  workflowId: string,
  input: ListingCaseInput,
  shown: { severity: Severity; phase: Phase },
) {
  const { caseId, sighting } = input
  const summary = caseSummary(sighting)
  const memo: ListingCaseMemo = { caseId, summary }
  return {
    workflowId,
    taskQueue: CASES_QUEUE,
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowIdConflictPolicy: 'FAIL' as const,
    args: [input] as [ListingCaseInput],
    memo: { ...memo },
    staticSummary: summary,
    priority: casePriority({ severity: shown.severity, brandId: sighting.brandId }),
    typedSearchAttributes: startAttributes(sighting, shown),
  }
}
