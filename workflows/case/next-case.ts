import { makeContinueAsNewFunc, uuid4, workflowInfo } from '@temporalio/workflow'
import { type CarriedMessage, carriedWithin } from '../../domain/case/carrying.js'
import type { SightingAddedMessage } from '../../domain/case/message/sighting-added.js'
import { caseSummary } from '../../domain/case/summary.js'
import { caseIdOf, parseCaseId } from '../../domain/case/identity.js'
import type { ListingCaseMemo } from './start.js'
import type { ListingCase, ListingCaseInput } from '../messages.js'
import { openingAttributes } from '../search-attributes.js'

/**
 * Goes on under the same workflow id with the next case of the listing. The first report that came
 * after the end opens it, the others are sightings of it; `openCase` judges them as any report.
 */
export async function openNextCase(
  { caseId: closedId, continueAfterEvents }: ListingCaseInput,
  [first, ...others]: readonly SightingAddedMessage[],
): Promise<never> {
  if (!first) throw new Error(`${closedId}: no report opens a next case`)
  const { sighting, caller, next } = first
  const caseId = idOfNext(next?.caseId)
  const at = Date.now()
  const reports = others.map((report): CarriedMessage => ({
    name: 'sightingAdded',
    message: withoutNext(report),
    at,
  }))
  const undelivered = carriedWithin(reports)
  const input: ListingCaseInput = {
    ...{ caseId, sighting, by: { role: caller.role, id: caller.id, via: caller.via } },
    ...(continueAfterEvents === undefined ? {} : { continueAfterEvents }),
    ...(reports.length === 0 ? {} : { undelivered }),
  }
  const memo: ListingCaseMemo = { caseId, summary: caseSummary(sighting) }
  return makeContinueAsNewFunc<ListingCase>({
    memo: { ...memo },
    typedSearchAttributes: openingAttributes(sighting),
  })(input)
}

/** The id that reporters were given, unless somebody else made the signal. */
function idOfNext(named: string | undefined): string {
  const { workflowId } = workflowInfo()
  const isOfListing = named !== undefined && parseCaseId(named)?.workflowId === workflowId
  return isOfListing ? named : caseIdOf(workflowId, uuid4().replaceAll('-', ''))
}

function withoutNext({ next: _ofTheCaseBefore, ...report }: SightingAddedMessage) {
  return report
}
