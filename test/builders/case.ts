import { DEFAULT_CALENDAR, workingIntervals } from '../../domain/brand/calendar.js'
import type { CaseEvent, Happening } from '../../domain/case/events.js'
import type { Caller } from '../../domain/case/message/caller.js'
import type { DecideMessage } from '../../domain/case/message/decide-message.js'
import type { Actor, CaseState, Parties } from '../../domain/case/state.js'
import { record, rebuild } from '../../domain/case/kind.js'
import { messageHappenings } from '../../domain/case/handling.js'
import type { NamedMessage } from '../../domain/case/messages.js'
import { refusalOf } from '../../domain/case/refusing.js'
import { caseIdOf, workflowIdOf } from '../../domain/case/identity.js'
import type { Sighting } from '../../domain/listing/listing.js'
import { openingEvents, type OpeningFacts } from '../../domain/case/opening.js'
import { DEFAULT_POLICY, type PolicySnapshot, RULES_VERSION } from '../../domain/brand/policy.js'
import { shownListing, snapshotHash } from '../../domain/case/shown.js'
import { randomSuffix } from '../../platform/digest.js'
import { buildSighting } from './sighting.js'

/** The instant cases of the builders are opened at: Monday, 2 March 2026, 08:00 UTC. */
export const MONDAY_MS = Date.UTC(2026, 2, 2, 8)

export const MONITOR: Actor = { role: 'monitor', id: 'key-monitor', via: 'api' }

/** A case with its complete record. */
export interface BuiltCase {
  caseId: string
  workflowId: string
  events: CaseEvent[]
  state: CaseState
}

export function buildPolicySnapshot(overrides: Partial<PolicySnapshot> = {}): PolicySnapshot {
  const intervals = workingIntervals(DEFAULT_CALENDAR, MONDAY_MS)
  return {
    ...DEFAULT_POLICY,
    rulesVersion: RULES_VERSION,
    policyVersion: 1,
    workingTime: { brand: intervals, accountManager: intervals, lead: intervals },
    ...overrides,
  }
}

export function buildParties(overrides: Partial<Parties> = {}): Parties {
  return {
    brandName: 'Northwind',
    accountManagerId: 'ana-souza',
    leadId: 'li-wei',
    contactIds: ['mei-lin'],
    ...overrides,
  }
}

/** A newly opened case: by default the brand has just been asked. */
export function buildCase(
  given: { sighting?: Sighting; facts?: OpeningFacts; at?: number; by?: Actor } = {},
): BuiltCase {
  const sighting = given.sighting ?? buildSighting()
  const { marketplace, listingId } = sighting.listing
  const workflowId = workflowIdOf({ marketplace, listingKey: listingId, brandId: sighting.brandId })
  const caseId = caseIdOf(workflowId, randomSuffix())
  const facts = given.facts ?? {
    kind: 'ask',
    parties: buildParties(),
    policy: buildPolicySnapshot(),
    previousCaseId: null,
  }
  const input = { caseId, sighting, by: given.by ?? MONITOR }
  const events = openingEvents(input, facts, given.at ?? MONDAY_MS)
  return { caseId, workflowId, events, state: rebuild(caseId, events) }
}

/** The case after something more happened; `events` stays the complete record. */
export function continueCase(
  built: BuiltCase,
  happenings: readonly Happening[],
  at: number,
): BuiltCase {
  const { state, events } = record(built.state, happenings, at)
  return { ...built, state, events: [...built.events, ...events] }
}

/** The case after a message, by the same rules as in production; throws when they refuse it. */
export function answerCase(built: BuiltCase, named: NamedMessage, at: number): BuiltCase {
  const refusal = refusalOf(built.state, named, at)
  if (refusal) throw new Error(`the rules refuse ${named.name}: ${refusal.code}`)
  return continueCase(built, messageHappenings(built.state, named, at), at)
}

export function buildCaller(overrides: Partial<Caller> = {}): Caller {
  return {
    role: 'brandMember',
    id: 'mei-lin',
    via: 'api',
    brandIds: ['northwind'],
    marketplaces: '*',
    ...overrides,
  }
}

/** Names a case and what it shows, as an answer to it does. */
export function askedAbout({ caseId, state }: BuiltCase): { caseId: string; shownHash: string } {
  const shown = shownListing(state)
  if (!shown) throw new Error(`${caseId} shows no listing`)
  return { caseId, shownHash: snapshotHash(shown) }
}

/** The brand's confirmation that the listing is counterfeit, unless told otherwise. */
export function buildDecision(
  overrides: Partial<DecideMessage> & Pick<DecideMessage, 'caseId'>,
): DecideMessage {
  return {
    caller: buildCaller(),
    decisionId: `d-${randomSuffix()}`,
    verdict: 'counterfeit',
    right: 'trademark',
    attestation: { textVersion: '2026-1', accepted: true },
    ...overrides,
  }
}
