import { activityInfo, ApplicationFailure } from '@temporalio/activity'
import { answeredBy } from '../../domain/case/answered-before.js'
import type { CaseEvent } from '../../domain/case/events.js'
import type { Actor, Parties } from '../../domain/case/state.js'
import { rebuild } from '../../domain/case/kind.js'
import { parseCaseId } from '../../domain/case/identity.js'
import { openingEvents, type OpeningFacts } from '../../domain/case/opening.js'
import { type BrandPolicy, type PolicySnapshot } from '../../domain/brand/policy.js'
import { windowCalendars } from '../../domain/brand/window-calendars.js'
import { withBoundedLists } from '../../domain/case/bounded-state.js'
import { jsonBytes } from '../../domain/form/size.js'
import { brandRecipient } from '../../domain/notice/recipients.js'
import { reopenedIdOf, reopeningOf, type ReopeningRequest } from '../../domain/case/reopening.js'
import { removalToUndo } from '../../domain/case/restoring.js'
import { type AccountManager, type Brand, EVERYTHING, RecordConflict } from '../../store/store.js'
import type { ListingCaseInput, RecordedCase } from '../../workflows/messages.js'
import type { ActivityDependencies } from '../dependencies.js'
import { readTogether } from '../read-together.js'
import { tellIfGone } from './tell-other-cases.js'
import { workingTimeFrom } from './working-time.js'

/** Temporal takes no result above 2 MB: a longer record is handed over as the state it leads to. */
const MAX_EVENTS = 200
const MAX_EVENT_BYTES = 800_000

/**
 * Claims the sighting, finds out what the case starts from, and writes its first events. When the
 * case is in the record already (a retry, or a workflow started again from the record), that record
 * is the answer.
 */
export function createOpenCase({
  store,
  marketplaces,
  temporal,
  newCaseRules,
}: ActivityDependencies) {
  // Of many cases that are opened at once most are of the same few people.
  const findBrand = readTogether((brandId) => store.brands.find(EVERYTHING, brandId))
  const findManager = readTogether((managerId) => store.accountManagers.find(managerId))

  return async function openCase(input: ListingCaseInput): Promise<RecordedCase> {
    const { caseId, sighting } = input
    const { attempt, currentAttemptScheduledTimestampMs: now } = activityInfo()
    const onRecord = async (): Promise<RecordedCase | null> => {
      const stored = await store.cases.events(EVERYTHING, caseId)
      if (stored.length === 0) return null
      // The attempt that opened it may not have come that far.
      if (attempt > 1 && !input.reopening) await tellIfGone({ store, temporal }, input, now)
      return inShort(
        caseId,
        stored.map(({ event }) => event),
      )
    }
    // What is wrong with the facts is no matter of a case that is on record.
    const finding = input.reopening ? null : findFacts(input, now)
    finding?.catch(() => undefined)
    // A first attempt that finds nothing wrong writes without looking, and learns there what is stored.
    const mayWrite =
      attempt === 1 &&
      input.continued === undefined &&
      (await finding?.then(
        ({ kind }) => kind !== 'refused',
        () => false,
      ))
    const recorded = mayWrite ? null : await onRecord()
    if (recorded) return recorded

    const parsed = parseCaseId(caseId)
    if (!parsed) throw ApplicationFailure.nonRetryable(`${caseId} is no case id`, 'InvalidMessage')
    const write = async (facts: OpeningFacts) => {
      const { requestId } = input.reopening ?? {}
      const asked = { ...input, ...(requestId === undefined ? {} : { requestId }) }
      const events = openingEvents(asked, facts, now)
      const written = await store.cases.open({
        workflowId: parsed.workflowId,
        externalId: sighting.externalId ?? null,
        events,
        state: rebuild(caseId, events),
      })
      return { ...written, isNew: written.kind === 'opened' && written.events === events }
    }

    const facts = await (finding ?? findFacts(input, now))
    if (facts.kind === 'refused' && !input.reopening) await keepReport(input, facts, now)
    const result = await write(facts).catch(async (error: unknown) => {
      // Whoever reads what stands there instead learns what is wrong with it.
      if (error instanceof RecordConflict) await onRecord()
      throw error
    })
    if (result.kind === 'opened') {
      if (!result.isNew) return (await onRecord()) ?? { events: result.events }
      // One that is taken up again finds out for itself, once what we removed is back.
      if (facts.kind === 'ask' && !input.reopening)
        await tellIfGone({ store, temporal }, input, now)
      return { events: result.events }
    }
    const claimed = {
      kind: 'refused',
      reason: 'sightingClaimed',
      detail: `the sighting belongs to case ${result.claim.caseId}`,
      previousCaseId: result.claim.caseId,
    } as const
    await keepReport(input, claimed, now)
    const refused = await write(claimed)
    if (refused.kind === 'opened') return { events: refused.events }
    throw new Error(`case ${caseId} could not be opened: its sighting is claimed`)
  }

  /** The report was acknowledged: who sent it must be able to find it again. */
  async function keepReport(
    { caseId, sighting, by }: ListingCaseInput,
    { reason, detail }: Extract<OpeningFacts, { kind: 'refused' }>,
    now: number,
  ): Promise<void> {
    const at = new Date(now)
    await store.refusedReports.add({ reason, detail, at, keyId: by.id, caseId, sighting })
  }

  async function findFacts(
    { sighting, reopening, by, caseId }: ListingCaseInput,
    now: number,
  ): Promise<OpeningFacts> {
    const { brandId, listing } = sighting
    const { marketplace, listingId } = listing
    const [brand, previous, entry] = await Promise.all([
      findBrand(brandId),
      reopening ? [] : store.cases.latestClosed({ brandId, marketplace, listingId }),
      reopening
        ? null
        : store.authorisedSellers.covering({
            ...{ brandId, marketplace, sellerId: listing.seller.id },
            ...{ sku: listing.sku ?? null, at: new Date(now) },
          }),
    ])
    if (!brand || (!brand.active && !reopening)) {
      return refusal('unknownBrand', `no active brand "${brandId}" takes part`)
    }
    if (!marketplaces.has(listing.marketplace)) {
      return refusal('unknownMarketplace', `"${listing.marketplace}" is not configured`)
    }
    if (reopening) return reopened(brand, caseId, reopening, by, now)
    const previousCaseId = previous[0]?.caseId ?? null
    const answer = answeredBy(previous, listing, now)
    if (answer) {
      const detail = `case ${answer.caseId} answers it and the listing is unchanged`
      return { ...refusal('answeredBefore', detail), previousCaseId: answer.caseId }
    }
    const staff = await staffOf(brand)
    const parties = partiesOf(brand, staff)
    if (entry) return { kind: 'authorised', parties, entryId: entry.entryId, previousCaseId }
    return { kind: 'ask', parties, policy: policyFor(brand, staff, now), previousCaseId }
  }

  function policyFor(brand: Brand, staff: Staff, now: number): PolicySnapshot {
    return snapshot(brand, staff, now, newCaseRules())
  }

  /** Whoever asks for it knows of earlier answers, and of sellers the brand allows. */
  async function reopened(
    brand: Brand,
    caseId: string,
    reopening: ReopeningRequest,
    by: Actor,
    now: number,
  ): Promise<OpeningFacts> {
    const closed = await store.cases.get(EVERYTHING, reopening.caseId)
    const reopens = closed && reopeningOf(closed.state, reopening, by)
    if (!reopens || reopenedIdOf(closed.caseId) !== caseId) {
      throw ApplicationFailure.nonRetryable(
        `${caseId} cannot take ${reopening.caseId} up again`,
        'InvalidMessage',
      )
    }
    const staff = await staffOf(brand)
    const removal = removalToUndo(closed.state.takedown)
    return {
      ...{ kind: 'ask', parties: partiesOf(brand, staff), policy: policyFor(brand, staff, now) },
      ...{ previousCaseId: closed.caseId, reopens },
      ...(removal ? { removal } : {}),
    }
  }

  async function staffOf(brand: Brand): Promise<Staff> {
    const manager = brand.accountManagerId ? await findManager(brand.accountManagerId) : null
    const lead = manager?.leadId ? await findManager(manager.leadId) : null
    return { manager, lead }
  }
}

function inShort(caseId: string, events: CaseEvent[]): RecordedCase {
  if (events.length <= MAX_EVENTS && jsonBytes(events) <= MAX_EVENT_BYTES) return { events }
  const before = withBoundedLists(rebuild(caseId, events.slice(0, -1)))
  return { events: events.slice(-1), before }
}

interface Staff {
  manager: AccountManager | null
  lead: AccountManager | null
}

function refusal(
  reason: 'unknownBrand' | 'unknownMarketplace' | 'answeredBefore',
  detail: string,
): Extract<OpeningFacts, { kind: 'refused' }> {
  return { kind: 'refused', reason, detail, previousCaseId: null }
}

function partiesOf(brand: Brand, { manager, lead }: Staff): Parties {
  return {
    brandName: brand.name,
    accountManagerId: manager?.accountManagerId ?? null,
    leadId: lead?.accountManagerId ?? null,
    contactIds: brand.contacts.map(({ contactId }) => brandRecipient(brand.brandId, contactId)),
  }
}

/** The brand's policy with everybody's working time as UTC instants, for `now` on. */
function snapshot(brand: Brand, staff: Staff, now: number, rulesVersion: number): PolicySnapshot {
  const policy: BrandPolicy = brand.policy
  const calendars = windowCalendars(brand, staff)
  return {
    ...policy,
    rulesVersion,
    policyVersion: brand.policyVersion,
    workingTime: {
      brand: workingTimeFrom(calendars.brand, now),
      accountManager: workingTimeFrom(calendars.accountManager, now),
      lead: workingTimeFrom(calendars.lead, now),
    },
  }
}
