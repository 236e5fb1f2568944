import { setTimeout } from 'node:timers/promises'
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import type { Caller } from '../../domain/case/message/caller.js'
import { isReopenable, reopenedIdOf, sightingOf } from '../../domain/case/reopening.js'
import { isSaidAgain, requestIdOf, requestRepeat } from '../../domain/case/repeats.js'
import { type CaseRow, EVERYTHING, type Store } from '../../store/store.js'
import { listingCaseStart } from '../../workflows/case/start.js'
import { LISTING_CASE, type ListingCaseInput } from '../../workflows/messages.js'
import { CALL_TIMEOUT_MS } from '../process-gateway.js'
import { ApiProblem, found, notFound, otherContent } from '../errors.js'
import { contentDigest } from './message-digest.js'
import { runningCase } from './running-case.js'

/** What is asked for. `idempotencyKey` makes sending it again the same request. */
export interface Reopen {
  caller: Caller
  caseId: string
  reason: string
  idempotencyKey?: string | undefined
}

/**
 * Has a closed case taken up again: gives the id of the case that does. The same request gives the
 * same case. Throws a problem where that cannot be.
 */
export type ReopenCase = (asked: Reopen) => Promise<{ caseId: string; reopens: string }>

/** A case that has closed tells its people for a moment, and only then ends. */
const PATIENCE_MS = 5_000
const PAUSE_MS = 100

/**
 * Like a report it is acknowledged when Temporal has it durably. The id of the new case follows from
 * the closed one's, so that however many ask at once, one case opens.
 */
export function createReopenCase(deps: {
  temporal: Client
  store: Pick<Store, 'brands' | 'cases'>
  marketplaces: readonly { id: string }[]
}): ReopenCase {
  const { temporal, store, marketplaces } = deps

  return async ({ caller, caseId, reason, idempotencyKey }) => {
    const closed = await found('case', store.cases.get(caller, caseId))
    const next = reopenedIdOf(caseId)
    if (next === null) throw notFound('case')
    const digest = contentDigest(caller, { reopens: caseId, reason })
    const requestId = requestIdOf(`reopen:${caller.id}:${idempotencyKey ?? digest}`, digest)
    const input = inputOf(closed, next, { caller, caseId, reason, requestId })
    const until = Date.now() + PATIENCE_MS
    for (let isFirst = true; ; isFirst = false) {
      const known = await store.cases.get(EVERYTHING, next)
      if (known) return answerAgain(known, caseId, requestId)
      if (isFirst) await checkListing(closed)
      if (await start(closed, input)) return { caseId: next, reopens: caseId }
      if (Date.now() > until) throw stillMoving()
      await setTimeout(PAUSE_MS)
    }
  }

  /** Nobody but staff and the brand is asked about what nobody could act on. */
  async function checkListing({ brandId, marketplace, listingId }: CaseRow): Promise<void> {
    if (!marketplaces.some(({ id }) => id === marketplace)) {
      throw new ApiProblem('invalid-value', `The marketplace "${marketplace}" is not configured.`)
    }
    const ofListing = { brandId, marketplace, listingId, open: true }
    const [brand, open] = await Promise.all([
      store.brands.find(EVERYTHING, brandId),
      store.cases.list(EVERYTHING, ofListing, { limit: 1 }),
    ])
    if (!brand) throw new ApiProblem('unknown-brand', `There is no brand "${brandId}" any more.`)
    const [other] = open.items
    if (other) throw caseOpen(other.caseId)
  }

  /** False while another run of the listing has yet to end. Throws when that is an open case. */
  async function start({ workflowId }: CaseRow, input: ListingCaseInput): Promise<boolean> {
    const shown = { severity: input.sighting.suspectedSeverity, phase: 'opening' } as const
    try {
      await temporal.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
        temporal.workflow.start(LISTING_CASE, listingCaseStart(workflowId, input, shown)),
      )
      return true
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    }
    const running = await temporal.withDeadline(Date.now() + CALL_TIMEOUT_MS, () =>
      runningCase(temporal, workflowId),
    )
    if (!running || running.caseId === input.caseId || running.isClosed) return false
    throw caseOpen(running.caseId)
  }
}

function inputOf(
  { phase, state, externalIds }: CaseRow,
  next: string,
  { caller, caseId, reason, requestId }: Reopen & { requestId: string },
): ListingCaseInput {
  if (phase !== 'closed') throw caseOpen(caseId)
  const sighting = isReopenable(state) ? sightingOf(state, externalIds[0]) : null
  if (!sighting) {
    throw new ApiProblem('not-allowed-now', 'The report was refused; report the listing again.')
  }
  return {
    caseId: next,
    sighting,
    by: { role: caller.role, id: caller.id, via: caller.via },
    reopening: { caseId, reason, requestId },
  }
}

/** The answer where the case was taken up before: by the same request, or by another. */
function answerAgain({ caseId, state }: CaseRow, reopens: string, requestId: string) {
  const repeat = requestRepeat(state, requestId)
  if (repeat === 'same' || isSaidAgain(state, requestId)) return { caseId, reopens }
  if (repeat === 'other') throw otherContent()
  throw new ApiProblem('already-reopened', `Case ${caseId} takes it up; look there.`, {
    extensions: { reopenedBy: caseId },
  })
}

function caseOpen(openCaseId: string): ApiProblem {
  return new ApiProblem('case-open', `Case ${openCaseId} of the listing is open; act on that.`, {
    extensions: { openCaseId },
  })
}

function stillMoving(): ApiProblem {
  return new ApiProblem('no-answer-in-time', 'The closed case has yet to end; send it again.')
}
