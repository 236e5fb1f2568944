import {
  ApplicationFailure,
  type WorkflowHandle,
  WorkflowUpdateFailedError,
} from '@temporalio/client'
import type { Applied } from '../../domain/case/message/reply.js'
import type { Caller } from '../../domain/case/message/caller.js'
import type { DecideMessage } from '../../domain/case/message/decide-message.js'
import type { CaseState } from '../../domain/case/state.js'
import { caseIdOf, workflowIdOf } from '../../domain/case/identity.js'
import { snapshotHash } from '../../domain/case/shown.js'
import type { Severity } from '../../domain/vocabulary.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { EVERYTHING } from '../../store/store.js'
import type { listingCase } from '../../workflows/case/listing-case.js'
import {
  CASE_UPDATES,
  CASES_QUEUE,
  caseView,
  LISTING_CASE,
  type ListingCaseInput,
} from '../../workflows/messages.js'
import { buildCaller, MONITOR } from '../builders/case.js'
import { buildSighting } from '../builders/sighting.js'
import type { TestService } from './service.js'

export interface ReportedCase {
  caseId: string
  listingId: string
  workflowId: string
  input: ListingCaseInput
  handle: WorkflowHandle<typeof listingCase>
}

export const LEAD_CALLER: Caller = buildCaller({ role: 'lead', id: 'key-lead', brandIds: '*' })

export const MONITOR_CALLER: Caller = buildCaller({
  role: 'monitor',
  id: 'key-monitor',
  brandIds: '*',
  marketplaces: ['taobao'],
})

/** Puts a listing into the sandbox's shop and opens its case the way the API does. */
export async function reportListing(
  service: TestService,
  options: {
    severity?: Severity
    listingId?: string
    sellerId?: string
    continueAfterEvents?: number
  } = {},
): Promise<ReportedCase> {
  const listingId = options.listingId ?? `L${randomSuffix()}`
  const built = buildSighting({
    suspectedSeverity: options.severity ?? 'S2',
    listing: { listingId, pictures: [] },
  })
  const { listing } = built
  const seller = { id: options.sellerId ?? listing.seller.id }
  await service.sandbox.loadListings(
    'taobao',
    JSON.stringify({ ...listing, seller, unitsPerListing: 1 }),
  )
  const sighting = { ...built, listing: { ...listing, seller } }
  const workflowId = workflowIdOf({
    marketplace: 'taobao',
    listingKey: listingId,
    brandId: sighting.brandId,
  })
  const caseId = caseIdOf(workflowId, randomSuffix())
  const { continueAfterEvents } = options
  const input: ListingCaseInput = {
    ...{ caseId, sighting, by: MONITOR },
    ...(continueAfterEvents === undefined ? {} : { continueAfterEvents }),
  }
  const handle = await service.client.workflow.start<typeof listingCase>(LISTING_CASE, {
    workflowId,
    taskQueue: CASES_QUEUE,
    args: [input],
    memo: { caseId },
  })
  return { caseId, listingId, workflowId, input, handle }
}

/** The same listing, reported as an offer of another brand. */
export async function reportForOther(
  service: TestService,
  { listingId, input }: ReportedCase,
  brandId: string,
): Promise<ReportedCase> {
  const workflowId = workflowIdOf({ marketplace: 'taobao', listingKey: listingId, brandId })
  const caseId = caseIdOf(workflowId, randomSuffix())
  const sighting = { ...input.sighting, brandId, sightingId: `s-${randomSuffix()}` }
  const own: ListingCaseInput = { caseId, sighting, by: MONITOR }
  const handle = await service.client.workflow.start<typeof listingCase>(LISTING_CASE, {
    workflowId,
    taskQueue: CASES_QUEUE,
    args: [own],
    memo: { caseId },
  })
  return { caseId, listingId, workflowId, input: own, handle }
}

/** A case confirmed while the marketplace is away: its takedown has been tried. */
export async function confirmInVain(
  service: TestService,
  overrides: Partial<DecideMessage> = {},
): Promise<ReportedCase> {
  const one = await reportAskedCase(service)
  const { listingId } = one
  const others = await service.sandbox.faults()
  await service.sandbox.setFaults([...others, { kind: 'down', listingId }])
  await decideWhenOpen(one, confirmation(one.caseId, overrides))
  const isTried = async () => (await service.sandbox.ledger({ listingId })).length > 0
  await until('the marketplace has been asked', isTried, { withinMs: 10_000 })
  return one
}

/** Reports a listing and waits until its brand has been asked and its case takes messages. */
export async function reportAskedCase(
  service: TestService,
  options: Parameters<typeof reportListing>[1] = {},
): Promise<ReportedCase> {
  const one = await reportListing(service, options)
  await untilRecorded(service, one.caseId, ({ phase }) => phase === 'awaitingBrand')
  await untilOpened(service, one)
  return one
}

/**
 * The state of the listing's latest case, once its process takes messages. The record shows a case
 * a moment before, and signals wait until then.
 */
export async function untilOpened(
  service: TestService,
  { workflowId }: Pick<ReportedCase, 'workflowId'>,
): Promise<CaseState> {
  const openedState = async () => {
    const state = await service.client.workflow.getHandle(workflowId).query(caseView)
    return state.phase !== 'opening' && state
  }
  return until(`the latest case of ${workflowId} is open`, openedState, { withinMs: 20_000 })
}

/** Waits until the record of the case satisfies `reached`; says what it was when it never does. */
export async function untilRecorded(
  service: TestService,
  caseId: string,
  reached: (state: CaseState) => boolean,
  withinMs = 20_000,
): Promise<CaseState> {
  let standing = 'it has no row'
  return until(
    `the record of ${caseId} gets that far`,
    async () => {
      const state = (await service.store.cases.get(EVERYTHING, caseId))?.state
      if (!state) return null
      const { phase, rev, attention } = state
      standing = `it stands at ${JSON.stringify({ phase, rev, attention })}`
      return reached(state) ? state : null
    },
    { withinMs, everyMs: 25, standing: () => standing },
  )
}

/**
 * Decides on the listing as it was reported, unless the message names another snapshot; repeats
 * while the case is still being opened, as the API tells its callers to.
 */
export async function decideWhenOpen(one: ReportedCase, message: DecideMessage): Promise<Applied> {
  const args: [DecideMessage] = [{ shownHash: shownHashOf(one), ...message }]
  const tryIt = () =>
    one.handle.executeUpdate(CASE_UPDATES.decide, { args }).catch((error: unknown) => {
      if (refusalType(error) === 'StillOpening') return null
      throw error
    })
  return until(`${one.caseId} takes its decision`, tryIt, { withinMs: 60_000, everyMs: 25 })
}

/** Names the listing of a case as it was reported. */
export function shownHashOf({ input }: Pick<ReportedCase, 'input'>): string {
  return snapshotHash(input.sighting.listing)
}

/** The code a message was refused with; `null` for any other failure. */
export function refusalType(error: unknown): string | null {
  if (!(error instanceof WorkflowUpdateFailedError)) return null
  return error.cause instanceof ApplicationFailure ? (error.cause.type ?? null) : null
}

/** A brand's confirmation of the case; `decideWhenOpen` adds the listing it is about. */
export function confirmation(
  caseId: string,
  overrides: Partial<DecideMessage> = {},
): DecideMessage {
  return {
    caseId,
    caller: buildCaller(),
    decisionId: `d-${randomSuffix()}`,
    verdict: 'counterfeit',
    attestation: { textVersion: '2026-1', accepted: true },
    ...overrides,
  }
}
