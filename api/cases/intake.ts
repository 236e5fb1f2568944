import { randomUUID } from 'node:crypto'
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import type { Actor } from '../../domain/case/state.js'
import { answeredBy } from '../../domain/case/answered-before.js'
import { MINUTE_MS } from '../../domain/brand/calendar.js'
import type { SightingAddedMessage } from '../../domain/case/message/sighting-added.js'
import {
  caseIdOf,
  isPlainListingId,
  parseCaseId,
  workflowIdOf,
} from '../../domain/case/identity.js'
import type { Sighting } from '../../domain/listing/listing.js'
import { capSeverity, type RefusalReason } from '../../domain/vocabulary.js'
import { reporterOf } from '../../domain/listing/reporter.js'
import { base32Sha256, randomSuffix, sha256Hex } from '../../platform/digest.js'
import { type CaseRow, EVERYTHING, type SightingClaim, type Store } from '../../store/store.js'
import { listingCaseStart } from '../../workflows/case/start.js'
import { CASE_SIGNALS, LISTING_CASE, type ListingCaseInput } from '../../workflows/messages.js'
import { type ApiCaller, senderOf } from '../callers/caller.js'
import { CALL_TIMEOUT_MS } from '../process-gateway.js'
import { ApiProblem } from '../errors.js'
import { type DatabaseGate, DatabaseUnavailable } from '../outage.js'
import { createRecentReports } from './recent-reports.js'
import { signalRun } from '../../platform/process-runs.js'
import { runningCase } from './running-case.js'
import { instant } from '../http/instant.js'
import type { Intake, NewCase } from '../../contract/sighting.js'
import { covers } from '../callers/reach.js'
import type { RecentPeople } from '../callers/recent-people.js'

/** Turns a monitor's report into a case, or into the case that already answers it. */
export type ReportSighting = (
  caller: ApiCaller,
  report: NewCase,
  via: 'api' | 'batch',
) => Promise<Intake>

/** How far a monitor's clock may be ahead of ours. */
const CLOCK_TOLERANCE_MS = 5 * MINUTE_MS

/** A case may close and another open between our calls, but not this often. */
const MAX_ATTEMPTS = 5

/**
 * Acknowledges a report only when Temporal has it durably. What the database knows (the claim of
 * the sighting, an earlier answer) is used when it answers; `openCase` checks it again anyway.
 */
export function createReportSighting(deps: {
  temporal: Client
  store: Pick<Store, 'brands' | 'cases' | 'refusedReports'>
  gate: DatabaseGate
  people: Pick<RecentPeople, 'brands'>
  now: () => number
  marketplaces: readonly { id: string }[]
}): ReportSighting {
  const { temporal, store, gate, now, marketplaces } = deps
  const { brands } = deps.people
  const recent = createRecentReports(now)

  const checkTenant = (caller: ApiCaller, { brandId, listing }: NewCase) => {
    if (!covers(caller.marketplaces, listing.marketplace)) throw noMarketplace(listing.marketplace)
    if (!covers(caller.brandIds, brandId)) {
      throw new ApiProblem('not-found', `There is no brand "${brandId}" that this key may report.`)
    }
  }

  /** Keeps a report that opens no case, so that it can be reported again; gives its problem. */
  const refused = async (
    caller: ApiCaller,
    sighting: Sighting,
    reason: RefusalReason,
    problem: ApiProblem,
    caseId: string | null = null,
  ): Promise<ApiProblem> => {
    const { id: keyId } = caller
    const at = new Date(now())
    const refusal = { reason, detail: problem.message, at, keyId, caseId, sighting }
    await gate.attempt(() => store.refusedReports.add(refusal))
    return problem
  }

  /** Whose this report is, if it was reported before; an older version's id names no other's. */
  const claimOf = async (sighting: Sighting): Promise<SightingClaim | null> => {
    const { sightingId, externalId } = sighting
    if (externalId === undefined) return null
    const olderId = sightingIdBeforeReporters(sighting, externalId)
    const claims = await store.cases.claimsOf([sightingId, olderId])
    const older = claims.get(olderId)
    return claims.get(sightingId) ?? (older && isOf(older, sighting) ? older : null)
  }

  /** One that takes part is known for a moment; one that does not may have joined just now. */
  const takesPart = async (brandId: string): Promise<boolean> => {
    const known = await brands.get(brandId)
    return (known?.active ? known : await store.brands.find(EVERYTHING, brandId))?.active === true
  }

  /** What the record knows of this report; nothing when the database does not answer. */
  const lookBack = async (sighting: Sighting) => {
    const { brandId, listing } = sighting
    const { marketplace, listingId } = listing
    try {
      return await gate.attempt(async () => {
        const [isTaken, claim, previous] = await Promise.all([
          takesPart(brandId),
          claimOf(sighting),
          store.cases.latestClosed({ brandId, marketplace, listingId }),
        ])
        return { isTaken, claim, previous }
      })
    } catch (error) {
      if (error instanceof DatabaseUnavailable) {
        return { isTaken: true, claim: null, previous: [] }
      }
      throw error
    }
  }

  const start = async (workflowId: string, input: ListingCaseInput): Promise<void> => {
    const severity = input.sighting.suspectedSeverity
    await temporal.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
      temporal.workflow.start(
        LISTING_CASE,
        listingCaseStart(workflowId, input, { severity, phase: 'opening' }),
      ),
    )
  }

  /** The same report again, or an external id that another report has. */
  const claimedBy = async (
    caller: ApiCaller,
    claim: SightingClaim,
    sighting: Sighting,
  ): Promise<Intake> => {
    if (isOf(claim, sighting))
      return { result: 'duplicate', caseId: claim.caseId, alreadyAnswered: false }
    const conflict = new ApiProblem(
      'external-id-conflict',
      'This externalId was used for another listing or brand; every report needs one of its own.',
    )
    throw await refused(caller, sighting, 'sightingClaimed', conflict, claim.caseId)
  }

  /** Adds the report to the listing's running case, or has it opened after one that has closed. */
  const tellRunning = async (
    workflowId: string,
    added: SightingAddedMessage,
  ): Promise<Intake | null> => {
    const running = await runningCase(temporal, workflowId)
    if (!running) return null
    const next = { caseId: nextCaseIdOf(running.caseId), isPromised: running.isClosed }
    const message = { ...added, next }
    if (!(await signalRun(temporal, workflowId, running, CASE_SIGNALS.sightingAdded, message)))
      return null
    return running.isClosed
      ? {
          ...{ result: 'opened', caseId: next.caseId, alreadyAnswered: false },
          previousCaseId: running.caseId,
        }
      : { result: 'duplicate', caseId: running.caseId, alreadyAnswered: false }
  }

  return async (caller, report, via) => {
    checkTenant(caller, report)
    const sighting = sightingOf(caller, report, now())
    const { marketplace } = sighting.listing
    if (!marketplaces.some(({ id }) => id === marketplace)) {
      throw await refused(caller, sighting, 'unknownMarketplace', noMarketplace(marketplace))
    }
    if (sighting.externalId === undefined) return reportNew(caller, sighting, via)
    const intake = await recent.once(sighting, () => reportNew(caller, sighting, via))
    return 'result' in intake ? intake : claimedBy(caller, intake, sighting)
  }

  async function reportNew(
    caller: ApiCaller,
    sighting: Sighting,
    via: 'api' | 'batch',
  ): Promise<Intake> {
    const { isTaken, claim, previous } = await lookBack(sighting)
    if (claim) return claimedBy(caller, claim, sighting)
    if (!isTaken) {
      const { brandId } = sighting
      const absent = new ApiProblem('unknown-brand', `No active brand "${brandId}" takes part yet.`)
      throw await refused(caller, sighting, 'unknownBrand', absent)
    }
    const answer = answeredBy(previous, sighting.listing, now())
    if (answer) {
      return { result: 'alreadyAnswered', caseId: answer.caseId, alreadyAnswered: true }
    }
    const workflowId = workflowOf(sighting)
    const by: Actor = { role: caller.role, id: caller.id, via }
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const caseId = caseIdOf(workflowId, randomSuffix())
      try {
        await start(workflowId, { caseId, sighting, by })
        return opened(caseId, previous[0] ?? null)
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      }
      const told = await temporal.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
        tellRunning(workflowId, { sighting, caller: senderOf(caller, via) }),
      )
      if (told) return told
    }
    throw new ApiProblem('workflows-unavailable', 'The case changed while reporting; report again.')
  }
}

function sightingOf(caller: ApiCaller, report: NewCase, now: number): Sighting {
  const { externalId, suspectedSeverity, listing, ...rest } = report
  const capturedAt = captureOf(listing, now)
  const reporter = reporterOf(senderOf(caller))
  const sightingId =
    externalId === undefined
      ? randomUUID()
      : sha256Hex(JSON.stringify([listing.marketplace, reporter, report.monitor.name, externalId]))
  return {
    ...rest,
    sightingId,
    reporter,
    ...(externalId === undefined ? {} : { externalId }),
    suspectedSeverity: capSeverity(suspectedSeverity, caller.severityCap),
    listing: { ...listing, capturedAt },
  }
}

/** The sighting's id in records of versions that did not ask who reported. */
function sightingIdBeforeReporters({ listing, monitor }: Sighting, externalId: string): string {
  return sha256Hex(JSON.stringify([listing.marketplace, monitor.name, externalId]))
}

/** True when the claim is of the same listing and brand. */
function isOf(claim: SightingClaim, { brandId, listing }: Sighting): boolean {
  return (
    claim.marketplace === listing.marketplace &&
    claim.listingId === listing.listingId &&
    parseCaseId(claim.caseId)?.brandId === brandId
  )
}

/**
 * When a listing was captured. A little ahead of our clock counts as now; a moment to come is no
 * capture, and would make a listing that is gone one that is back on sale.
 */
function captureOf(listing: NewCase['listing'], now: number): string {
  const at = instant(listing.capturedAt, 'listing/capturedAt').getTime()
  if (at <= now + CLOCK_TOLERANCE_MS) return new Date(Math.min(at, now)).toISOString()
  const message = `must not lie in the future; our clock says ${new Date(now).toISOString()}`
  throw new ApiProblem('invalid-request', 'listing/capturedAt is a moment to come.', {
    extensions: { errors: [{ pointer: '/listing/capturedAt', message }] },
  })
}

/** The case to come after one that is closing: all its reporters are told the same. */
function nextCaseIdOf(caseId: string): string {
  const workflowId = parseCaseId(caseId)?.workflowId ?? ''
  return caseIdOf(workflowId, base32Sha256(caseId).slice(0, 13))
}

function workflowOf({ brandId, listing }: Sighting): string {
  const { marketplace, listingId } = listing
  const listingKey = isPlainListingId(listingId) ? listingId : `x${base32Sha256(listingId)}`
  return workflowIdOf({ marketplace, listingKey, brandId })
}

function noMarketplace(marketplace: string): ApiProblem {
  return new ApiProblem(
    'not-found',
    `There is no marketplace "${marketplace}" that this key may report for.`,
  )
}

function opened(caseId: string, previous: CaseRow | null): Intake {
  return {
    result: 'opened',
    caseId,
    alreadyAnswered: false,
    ...(previous ? { previousCaseId: previous.caseId } : {}),
  }
}
