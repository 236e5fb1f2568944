import {
  defineSearchAttributeKey,
  type SearchAttributePair,
  SearchAttributeType,
} from '@temporalio/common'
import type { Sighting } from '../domain/listing/listing.js'
import { OPENING_LIMIT_MS } from '../domain/case/standstill.js'
import type { Phase, Severity, Standstill } from '../domain/vocabulary.js'

/** Search attributes of a `listingCase`. No personal data. */
export const SEARCH_ATTRIBUTES = {
  BrandId: defineSearchAttributeKey('BrandId', SearchAttributeType.KEYWORD),
  Marketplace: defineSearchAttributeKey('Marketplace', SearchAttributeType.KEYWORD),
  CasePhase: defineSearchAttributeKey('CasePhase', SearchAttributeType.KEYWORD),
  AccountManager: defineSearchAttributeKey('AccountManager', SearchAttributeType.KEYWORD),
  Severity: defineSearchAttributeKey('Severity', SearchAttributeType.KEYWORD),
  CaseOutcome: defineSearchAttributeKey('CaseOutcome', SearchAttributeType.KEYWORD),
  DueAt: defineSearchAttributeKey('DueAt', SearchAttributeType.DATETIME),
  Trouble: defineSearchAttributeKey('Trouble', SearchAttributeType.KEYWORD),
} as const

/** What the Temporal UI finds a case by from its start on. */
export function startAttributes(
  { brandId, listing }: Sighting,
  shown: { severity: Severity; phase: Phase },
): SearchAttributePair[] {
  return [
    { key: SEARCH_ATTRIBUTES.BrandId, value: brandId },
    { key: SEARCH_ATTRIBUTES.Marketplace, value: listing.marketplace },
    { key: SEARCH_ATTRIBUTES.Severity, value: shown.severity },
    { key: SEARCH_ATTRIBUTES.CasePhase, value: shown.phase },
  ]
}

/** What the Temporal UI finds a case by that is about to open, with that sighting or again. */
export function openingAttributes(
  sighting: Sighting,
  severity = sighting.suspectedSeverity,
): SearchAttributePair[] {
  return startAttributes(sighting, { severity, phase: 'opening' })
}

/**
 * Temporal's query for the running processes of a kind that stand still in that way. `openingMs`: how
 * long they may have been opening.
 */
export function standstillQuery(
  workflowType: string,
  standstill: Standstill,
  now: number,
  openingMs = OPENING_LIMIT_MS,
): string {
  const running = `WorkflowType = '${workflowType}' AND ExecutionStatus = 'Running'`
  switch (standstill) {
    case 'notOpened': {
      const since = new Date(now - openingMs).toISOString()
      const isLate = `CasePhase = 'opening' AND StartTime < '${since}'`
      return `${running} AND (Trouble = 'notOpened' OR (${isLate}))`
    }
    case 'recordRefused':
      return `${running} AND Trouble = 'recordRefused'`
    case 'codeFailed':
      return `${running} AND TemporalReportedProblems IS NOT NULL`
  }
}
