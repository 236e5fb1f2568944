import { log } from '@temporalio/activity'
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import { type Carried, carriedWithin, notOnRecord } from '../../domain/case/carrying.js'
import type { CaseEvent } from '../../domain/case/events.js'
import type { Sighting } from '../../domain/listing/listing.js'
import type { Severity } from '../../domain/vocabulary.js'
import type { CaseRow } from '../../store/store.js'
import { type ListingCaseMemo, listingCaseStart } from '../../workflows/case/start.js'
import { LISTING_CASE, type ListingCaseInput } from '../../workflows/messages.js'
import { type EndedRun, readEndedRun } from './ended-run.js'

/**
 * Starts a case again that has a row, so that it goes on from its record, `events`. False when
 * somebody else has started a case of the listing in the meantime. `input` is what `recordedInput`
 * made.
 */
export async function continueFromRecord(
  temporal: Client,
  row: CaseRow,
  events: readonly CaseEvent[],
  input: ListingCaseInput,
): Promise<boolean> {
  const { caseId, workflowId, severity } = row
  const ended = await latestRunOf(temporal, workflowId, caseId)
  const undelivered = ended ? { undelivered: undeliveredOf(ended, events) } : {}
  return start(temporal, workflowId, { ...input, ...undelivered }, severity)
}

/** Starts a case again that was never recorded, from what it was reported with; false as above. */
export async function startAfresh(
  temporal: Client,
  workflowId: string,
  ended: EndedRun,
): Promise<boolean> {
  const { input } = ended
  const undelivered = undeliveredOf(ended, [])
  return start(temporal, workflowId, { ...input, undelivered }, input.sighting.suspectedSeverity)
}

/** The input a case was opened with, as its first event has it; `null` when that is missing. */
export function recordedInput(
  { caseId, externalIds: [externalId] }: CaseRow,
  event: CaseEvent | undefined,
  status: string,
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
  const continued = `the workflow had ended (${status}); the case goes on from its record`
  return { caseId, sighting, by: event.by, continued }
}

/** What the run had been told and the record does not show; `leftOut` was too much for the input. */
function undeliveredOf(
  { input: { caseId }, received, leftOut: before }: EndedRun,
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

/** The case's last run, which need not be the last of its listing. */
async function latestRunOf(
  temporal: Client,
  workflowId: string,
  caseId: string,
): Promise<EndedRun | null> {
  const runs = temporal.workflow.list({ query: `WorkflowId = '${workflowId}'` })
  for await (const { memo, runId } of runs) {
    const isIts = (memo as Partial<ListingCaseMemo> | undefined)?.caseId === caseId
    if (isIts) return readEndedRun(temporal, workflowId, runId)
  }
  return null
}

/** It shows as opening until it has its record, so that one that does not get that far is found. */
async function start(
  temporal: Client,
  workflowId: string,
  input: ListingCaseInput,
  severity: Severity,
): Promise<boolean> {
  const shown = { severity, phase: 'opening' } as const
  try {
    await temporal.workflow.start(LISTING_CASE, listingCaseStart(workflowId, input, shown))
    return true
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false
    throw error
  }
}
