import { type CaseEvent, type Happening, happening, SYSTEM } from './events.js'
import { assumedNote } from './assumed-severity.js'
import { type Actor, type Parties, type Removal, type Reopening, unopenedCase } from './state.js'
import { record } from './kind.js'
import type { Sighting } from '../listing/listing.js'
import type { PolicySnapshot } from '../brand/policy.js'
import { sightingRef } from '../listing/sightings.js'
import { knownSeverity, type RefusalReason } from '../vocabulary.js'
import { startWait } from './waiting/window.js'

/** What `openCase` found out about a sighting before the brand is asked. */
export type OpeningFacts =
  | {
      kind: 'ask'
      parties: Parties
      policy: PolicySnapshot
      previousCaseId: string | null
      /** The closed case it takes up again, and what that had removed. */
      reopens?: Reopening
      removal?: Removal
    }
  | { kind: 'authorised'; parties: Parties; entryId: string; previousCaseId: string | null }
  | { kind: 'refused'; reason: RefusalReason; detail: string; previousCaseId: string | null }

export interface OpeningInput {
  caseId: string
  sighting: Sighting
  by: Actor
  /** Id of the request it follows from (repeats.ts); of a reopening. */
  requestId?: string
}

/**
 * The first events of a case at `at`: asked, released at once because the seller is on the brand's
 * list, or refused. The workflow and the record start from the same events.
 */
export function openingEvents(input: OpeningInput, facts: OpeningFacts, at: number): CaseEvent[] {
  const { caseId } = input
  const given = input.sighting.suspectedSeverity
  const sighting = { ...input.sighting, suspectedSeverity: knownSeverity(given) }
  const state = unopenedCase(
    { caseId, brandId: sighting.brandId, marketplace: sighting.listing.marketplace },
    at,
  )
  const first = {
    ...opened({ ...input, sighting }, facts, at),
    ...(input.requestId ? { request: input.requestId } : {}),
  }
  const assumed = sighting.suspectedSeverity === given ? [] : [assumedNote(given)]
  return record(state, [first, ...assumed, ...firstStep(facts, sighting, at)], at).events
}

function opened({ sighting, by }: OpeningInput, facts: OpeningFacts, at: number): Happening {
  const unknownParties: Parties = {
    brandName: sighting.brandId,
    accountManagerId: null,
    leadId: null,
    contactIds: [],
  }
  return happening(
    'opened',
    {
      brandId: sighting.brandId,
      marketplace: sighting.listing.marketplace,
      severity: sighting.suspectedSeverity,
      listing: sighting.listing,
      score: sighting.score,
      signals: sighting.signals,
      whyUnverifiable: sighting.whyUnverifiable,
      sighting: sightingRef(sighting, at),
      parties: facts.kind === 'refused' ? unknownParties : facts.parties,
      policy: facts.kind === 'ask' ? facts.policy : null,
      previousCaseId: facts.previousCaseId,
      ...(facts.kind === 'ask' && facts.reopens ? { reopens: facts.reopens } : {}),
    },
    by,
  )
}

function firstStep(facts: OpeningFacts, sighting: Sighting, at: number): Happening[] {
  switch (facts.kind) {
    case 'ask': {
      const { removal, reopens } = facts
      if (removal) return [happening('restorationRequested', { ...removal, cause: 'reopened' })]
      const window = facts.policy.severities[sighting.suspectedSeverity].brand
      const wait = startWait(facts.policy, 'brand', window, at)
      return [happening('asked', { wait, cause: reopens ? 'reopened' : 'opened' })]
    }
    case 'authorised':
      return [
        happening(
          'closed',
          {
            ending: {
              outcome: 'released',
              releaseReason: 'authorised',
              reason: `the seller is on the brand's list of authorised sellers (${facts.entryId})`,
            },
          },
          SYSTEM,
        ),
      ]
    case 'refused':
      return [
        happening('closed', {
          ending: { outcome: 'refused', reason: `${facts.reason}: ${facts.detail}` },
        }),
      ]
  }
}
