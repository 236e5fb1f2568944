import type { Static } from 'typebox'
import type {
  CaseState,
  Closing,
  Decision,
  Reopening,
  Restoration,
} from '../../domain/case/state.js'
import { overdueDeadline } from '../../domain/case/waiting/overdue.js'
import { sightingCount } from '../../domain/listing/sighting-list.js'
import type { ShownListing } from '../../domain/listing/listing.js'
import { shownBefore, shownListing, type Snapshot, snapshotHash } from '../../domain/case/shown.js'
import { staffRecipient } from '../../domain/notice/recipients.js'
import type { NoticeKind } from '../../domain/vocabulary.js'
import type { CaseRow, LateAnswer } from '../../store/store.js'
import type { Case, CaseSummary, DecisionSchema } from '../../contract/case.js'
import { type Names, type Reader, withName } from './reader.js'
import { iso } from './iso.js'
import type { ShownSchema } from '../../contract/sighting.js'

/** What a list shows of a row. */
export function presentSummary(row: CaseRow): CaseSummary {
  const { caseId, brandId, marketplace, listingId, title, sellerId, severity, phase, outcome } = row
  const { owner, accountManagerId, ruleIds, externalIds, rev, state } = row
  const shown = shownListing(state)
  return {
    caseId,
    brandId,
    marketplace,
    listingId,
    title,
    sellerId,
    sellerName: shown?.seller.name ?? null,
    price: shown?.price ?? null,
    suggestedPrice: shown?.suggestedPrice ?? null,
    units: shown?.units ?? null,
    pictureSha256: shown?.pictures[0]?.sha256 ?? null,
    severity,
    phase,
    outcome,
    owner,
    accountManagerId,
    ruleIds,
    externalIds,
    silence: state.policy?.severities[severity].silence ?? null,
    verdict: state.decision?.verdict ?? null,
    decisionId: state.decision?.decisionId ?? null,
    shownHash: shown && snapshotHash(shown),
    rev,
    dueAt: row.dueAt && iso(row.dueAt),
    openedAt: iso(row.openedAt),
    updatedAt: iso(row.updatedAt),
    closedAt: row.closedAt && iso(row.closedAt),
  }
}

/** What `reader` sees of a case, of which `allowed` can be asked by them. */
export function presentCase(
  row: CaseRow,
  reader: Reader,
  sellerHistory: Case['sellerHistory'],
  allowed: Case['allowed'],
  lateAnswers: readonly LateAnswer[] = [],
  names: Names = new Map(),
): Case {
  const { state } = row
  const overdue = overdueDeadline(state)
  return {
    ...presentSummary(row),
    brandName: state.parties.brandName,
    listing: state.listing,
    shown: shownOrNull(shownListing(state)),
    shownBefore: shownOrNull(shownBefore(state)),
    score: state.score,
    signals: state.signals,
    whyUnverifiable: state.whyUnverifiable,
    sightings: state.sightings.map((s) => ({ ...s, at: iso(s.at) })),
    sightingCount: sightingCount(state),
    sellerHistory,
    allowed,
    leadId: state.parties.leadId,
    accountManagerName: nameOf(state.parties.accountManagerId, names),
    accountManagerCoverName: null,
    leadName: nameOf(state.parties.leadId, names),
    temporalUiUrl: null,
    overdueSince: overdue && iso(overdue.dueAt),
    missed: (state.missed ?? []).map(({ owner, who, dueAt }) => ({
      owner,
      ...(reader === 'staff' ? { who } : {}),
      dueAt: iso(dueAt),
    })),
    decision: state.decision && presentDecision(state.decision, reader, names),
    question: reader === 'monitor' ? null : state.question,
    answers: state.answers.map((a) => ({ ...a, at: iso(a.at) })),
    lateAnswers: lateAnswers.map((late) => presentLateAnswer(late, names)),
    takedown: state.takedown && presentTakedown(state.takedown),
    attention: state.attention && presentAttention(state.attention),
    closing: state.closing && presentClosing(state.closing, names),
    failedNotices: state.failedNotices.map(({ kind, at, contactId, detail }) => ({
      ...presentFailedNotice({ contactId, kind, detail }, reader),
      at: iso(at),
    })),
    basis: state.ending?.basis ?? state.decision?.basis ?? null,
    releaseReason: state.ending?.releaseReason ?? null,
    closingReason: state.ending?.reason ?? null,
    previousCaseId: state.previousCaseId,
    supersededBy: state.ending?.supersededBy ?? null,
    reopens: state.reopens ? presentReopening(state.reopens, reader, names) : null,
    reopenedBy: row.reopenedBy,
    restoration: state.restoration ? presentRestoration(state.restoration) : null,
    policyVersion: state.policy?.policyVersion ?? null,
    rulesVersion: state.policy?.rulesVersion ?? null,
  }
}

function nameOf(accountManagerId: string | null, names: Names): string | null {
  return (accountManagerId && names.get(staffRecipient(accountManagerId))?.name) ?? null
}

/** A snapshot as it is shown: the listing and the hash that names it. */
export function presentSnapshot({ hash, listing }: Snapshot): Static<typeof ShownSchema> {
  return { hash, ...listing }
}

function shownOrNull(listing: ShownListing | null): Static<typeof ShownSchema> | null {
  return listing && presentSnapshot({ hash: snapshotHash(listing), listing })
}

/** What brand and staff ask each other, and how an answer was obtained, is between them. */
export function presentDecision(
  { proof, question, decidedAt, by, ...decision }: Decision,
  reader: Reader,
  names: Names,
): Static<typeof DecisionSchema> {
  const between = { ...(proof ? { proof } : {}), ...(question ? { question } : {}) }
  return {
    ...decision,
    by: withName(by, names),
    decidedAt: iso(decidedAt),
    ...(reader === 'monitor' ? {} : between),
  }
}

/** A mail server's words may name the address; brands and monitors learn that it failed. */
export function presentFailedNotice(
  { kind, contactId, detail }: { kind: NoticeKind; contactId: string; detail: string },
  reader: Reader,
): { kind: NoticeKind; contactId?: string; detail?: string } {
  return reader === 'staff' ? { contactId, kind, detail } : { kind }
}

/** The case that is taken up again; why, is between the brand and its staff. */
export function presentReopening(
  { caseId, by, reason, ending, decision }: Reopening,
  reader: Reader,
  names: Names,
): NonNullable<Case['reopens']> {
  return {
    caseId,
    by: withName(by, names),
    ...(reader === 'monitor' ? {} : { reason }),
    outcome: ending.outcome,
    decision: decision && presentDecision(decision, reader, names),
  }
}

function presentRestoration(restoration: Restoration): Case['restoration'] {
  const { requestedAt, result, restoredAt, error } = restoration
  return {
    requestedAt: iso(requestedAt),
    result,
    ...(restoredAt === undefined ? {} : { restoredAt: iso(restoredAt) }),
    ...(error === undefined ? {} : { error }),
  }
}

function presentTakedown(takedown: NonNullable<CaseState['takedown']>): Case['takedown'] {
  const { n, requestedAt, result, takedownId, removedAt, error } = takedown
  return {
    attempt: n,
    requestedAt: iso(requestedAt),
    result,
    ...(takedownId === undefined ? {} : { takedownId }),
    ...(removedAt === undefined ? {} : { removedAt: iso(removedAt) }),
    ...(error === undefined ? {} : { error }),
  }
}

function presentAttention(attention: NonNullable<CaseState['attention']>): Case['attention'] {
  const { reason, detail, since, unblock, changes, observed } = attention
  return {
    reason,
    detail,
    since: iso(since),
    unblock,
    ...(changes ? { changes } : {}),
    ...(observed
      ? { observed: presentSnapshot({ hash: snapshotHash(observed), listing: observed }) }
      : {}),
  }
}

function presentLateAnswer(late: LateAnswer, names: Names): Case['lateAnswers'][number] {
  const { decisionId, verdict, by, receivedAt, message } = late
  const { explanation } = message
  return {
    decisionId,
    verdict,
    by: withName(by, names),
    receivedAt: iso(receivedAt),
    ...(explanation === undefined ? {} : { explanation }),
  }
}

function presentClosing({ by, reason, withdraw, then }: Closing, names: Names): Case['closing'] {
  return { then: then ?? (withdraw ? 'withdraw' : 'close'), reason, by: withName(by, names) }
}

/** The row of a case that was acknowledged and is not written yet, as far as its id tells. */
export function openingRow(
  identity: { workflowId: string; listingKey: string },
  state: CaseState,
): CaseRow {
  return {
    caseId: state.caseId,
    workflowId: identity.workflowId,
    brandId: state.brandId,
    marketplace: state.marketplace,
    listingId: identity.listingKey,
    title: '',
    sellerId: '',
    severity: state.severity,
    phase: state.phase,
    outcome: null,
    owner: null,
    accountManagerId: null,
    dueAt: null,
    openedAt: new Date(state.openedAt),
    updatedAt: new Date(state.updatedAt),
    closedAt: null,
    reopenedBy: null,
    ruleIds: [],
    externalIds: [],
    rev: 0,
    state,
  }
}
