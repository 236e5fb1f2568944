import { makeContinueAsNewFunc, uuid4, workflowInfo } from '@temporalio/workflow'
import { type CarriedMessage, carriedWithin } from '../../domain/case/carrying.js'
import type { SightingAddedMessage } from '../../domain/case/message/sighting-added.js'
import { caseSummary } from '../../domain/case/summary.js'
import { caseIdOf, parseCaseId } from '../../domain/case/identity.js'
import type { CaseProcess } from './process.js'
import type { listingCase } from './listing-case.js'
import type { ListingCaseMemo } from './start.js'
import type { ListingCaseInput } from '../messages.js'
import { openingAttributes } from './search-attributes.js'

/**
 * Goes on under the same workflow id with the next case of the listing. The first report that came
 * after the end opens it, the others are sightings of it; `openCase` judges them as any report.
 */
export async function openNextCase(process: CaseProcess): Promise<never> {
  const [first, ...others] = process.nextReports
  if (!first) throw new Error(`${process.state.caseId}: no report opens a next case`)
  const { sighting, caller, next } = first
  const caseId = idOfNext(next?.caseId)
  const at = Date.now()
  const reports = others.map((report): CarriedMessage => ({
    name: 'sightingAdded',
    message: withoutNext(report),
    at,
  }))
  const undelivered = carriedWithin(reports)
  const { continueAfterEvents } = process.input
  const input: ListingCaseInput = {
    ...{ caseId, sighting, by: { role: caller.role, id: caller.id, via: caller.via } },
    ...(continueAfterEvents === undefined ? {} : { continueAfterEvents }),
    ...(reports.length === 0 ? {} : { undelivered }),
  }
  const memo: ListingCaseMemo = { caseId, summary: caseSummary(sighting) }
  return makeContinueAsNewFunc<typeof listingCase>({
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
