import { log } from '@temporalio/activity'
import { type Carried, carriedWithin, notOnRecord } from '../../domain/case/carrying.js'
import type { CaseEvent } from '../../domain/case/events.js'
import { CASE_KIND } from '../../domain/case/kind.js'
import type { Sighting } from '../../domain/listing/listing.js'
import type { Severity } from '../../domain/vocabulary.js'
import type { CaseRow, Store } from '../../store/store.js'
import { listingCaseStart } from '../../workflows/case/start.js'
import type { ListingCaseInput } from '../../workflows/messages.js'
import type { ReconciledKind, Restart } from '../reconcile/kind.js'
import { caseRunOf, type EndedCaseRun } from './ended-case-run.js'
import { nextCaseAfter } from './next-case-after.js'

/** Cases, as the reconciler knows them: how one whose workflow has ended is started again. */
export function createReconciledCases(
  store: Pick<Store, 'cases'>,
): ReconciledKind<CaseRow, CaseEvent> {
  return {
    names: CASE_KIND,
    records: store.cases,
    isEnded: ({ phase }) => phase === 'closed',

    fromRecord(row, events, why, ended) {
      const input = recordedInput(row, events[0], why)
      if (!input) return null
      const run = ended && caseRunOf(ended)
      const undelivered = run ? { undelivered: undeliveredOf(run, events) } : {}
      return restart(row.workflowId, { ...input, ...undelivered }, row.severity)
    },

    async fromRun(ended, row) {
      const run = caseRunOf(ended)
      const lost = run && row ? await nextCaseAfter(store, row, run) : run
      const workflowId = lost && CASE_KIND.workflowIdOf(lost.input.caseId)
      if (!lost || !workflowId) return null
      const input = { ...lost.input, undelivered: undeliveredOf(lost, []) }
      return restart(workflowId, input, input.sighting.suspectedSeverity)
    },
  }
}

/** It shows as opening until it has its record, so that one that does not get that far is found. */
function restart(workflowId: string, input: ListingCaseInput, severity: Severity): Restart {
  const shown = { severity, phase: 'opening' } as const
  return { id: input.caseId, options: listingCaseStart(workflowId, input, shown) }
}

/** The input a case was opened with, as its first event has it; `null` when that is missing. */
function recordedInput(
  { caseId, externalIds: [externalId] }: CaseRow,
  event: CaseEvent | undefined,
  continued: string,
): ListingCaseInput | null {
  if (event?.type !== 'opened') return null
  const { brandId, listing, score, signals, whyUnverifiable, sighting: ref } = event.data
  const sighting: Sighting = {
    sightingId: ref.sightingId,
    ...(ref.reporter === undefined ? {} : { reporter: ref.reporter }),
    brandId,
    suspectedSeverity: ref.severity,
    monitor: { name: ref.monitor, version: ref.monitorVersion },
    score,
    signals,
    whyUnverifiable,
    listing,
    ...(externalId === undefined ? {} : { externalId }),
  }
  return { caseId, sighting, by: event.by, continued }
}

/** What the run had been told and the record does not show; `leftOut` was too much for the input. */
function undeliveredOf(
  { input: { caseId }, received, leftOut: before }: EndedCaseRun,
  events: readonly CaseEvent[],
): Carried {
  const { messages, leftOut } = carriedWithin(notOnRecord(received, events))
  if (leftOut !== undefined) log.warn('not all that a case was told fits', { caseId, leftOut })
  const isNoted = events.some(({ type, data }) => type === 'noteAdded' && data.text === before)
  const all = [
    ...(before === undefined || isNoted ? [] : [before]),
    ...(leftOut === undefined ? [] : [leftOut]),
  ]
  return { messages, ...(all.length === 0 ? {} : { leftOut: all.join('; ') }) }
}
