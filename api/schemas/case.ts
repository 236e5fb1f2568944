import { type Static, Type } from 'typebox'
import { MESSAGE_NAMES } from '../../domain/case-messages.js'
import type { CaseState, Decision } from '../../domain/case-state.js'
import { allowedMessages } from '../../domain/handling.js'
import {
  ATTENTION_REASONS,
  BASES,
  INDICATORS,
  isBrandRole,
  NOTICE_KINDS,
  type NoticeKind,
  OUTCOMES,
  OWNERS,
  PHASES,
  RELEASE_REASONS,
  RIGHTS,
  ROLES,
  type Role,
  SEVERITIES,
  VERDICTS,
  VIAS,
} from '../../domain/vocabulary.js'
import type { CaseRow } from '../../store/store.js'
import { Instant, iso, Named, Nullable, Word } from './common.js'
import { ListingSchema, SignalSchema } from './sighting.js'

/** Who reads: decides which internal texts are shown. */
export type Reader = 'staff' | 'brand' | 'monitor'

/** The kind of reader a role is. */
export function readerOf(role: Role): Reader {
  if (role === 'monitor') return 'monitor'
  return isBrandRole(role) ? 'brand' : 'staff'
}

const summaryFields = {
  caseId: Type.String(),
  brandId: Type.String(),
  marketplace: Type.String(),
  listingId: Type.String(),
  title: Type.String(),
  sellerId: Type.String(),
  severity: Word(SEVERITIES),
  phase: Word(PHASES),
  outcome: Nullable(Word(OUTCOMES)),
  owner: Nullable(Word(OWNERS, 'Whose turn it is.')),
  accountManagerId: Nullable(Type.String()),
  dueAt: Nullable(Instant),
  openedAt: Instant,
  updatedAt: Instant,
  closedAt: Nullable(Instant),
  ruleIds: Type.Array(Type.String()),
  externalIds: Type.Array(Type.String()),
  rev: Type.Integer(),
}

/** A case as lists show it. */
export const CaseSummarySchema = Named('CaseSummary', Type.Object(summaryFields))
export type CaseSummary = Static<typeof CaseSummarySchema>

/** Who did something, and by which way. */
export const ActorSchema = Type.Object({
  role: Word([...ROLES, 'system']),
  id: Type.String(),
  via: Word(VIAS),
})

/** The decision that stands; `proof` is not for monitors. */
export const DecisionSchema = Named(
  'Decision',
  Type.Object({
    decisionId: Type.String(),
    verdict: Word(VERDICTS),
    by: ActorSchema,
    decidedAt: Instant,
    basis: Word(BASES),
    bulk: Type.Boolean(),
    right: Type.Optional(Word(RIGHTS)),
    reasonCode: Type.Optional(Type.String()),
    indicators: Type.Optional(Type.Array(Word(INDICATORS))),
    explanation: Type.Optional(Type.String()),
    confidence: Type.Optional(Type.Integer()),
    attestation: Type.Optional(
      Type.Object({ textVersion: Type.String(), accepted: Type.Literal(true) }),
    ),
    proof: Type.Optional(Type.String()),
    question: Type.Optional(Type.String()),
    allowList: Type.Optional(
      Type.Object({ sku: Type.Optional(Type.String()), until: Type.Optional(Type.String()) }),
    ),
  }),
)

/** A case in full, as its reader may see it. */
export const CaseSchema = Named(
  'Case',
  Type.Object({
    ...summaryFields,
    brandName: Type.String(),
    listing: Nullable(ListingSchema),
    score: Type.Number(),
    signals: Type.Array(SignalSchema),
    whyUnverifiable: Type.String(),
    sightings: Type.Array(
      Type.Object({
        sightingId: Type.String(),
        at: Instant,
        monitor: Type.String(),
        monitorVersion: Type.String(),
        ruleIds: Type.Array(Type.String()),
        score: Type.Number(),
        severity: Word(SEVERITIES),
      }),
    ),
    sellerHistory: Nullable(
      Type.Object(
        { open: Type.Integer(), removedIn90Days: Type.Integer() },
        { description: 'Cases of the brand about this seller; `null` while a case is opening.' },
      ),
    ),
    allowed: Type.Array(Word(MESSAGE_NAMES), {
      description: 'What can be asked of the case in its phase; the role may narrow it.',
    }),
    leadId: Nullable(Type.String()),
    decision: Nullable(DecisionSchema),
    question: Nullable(Type.String()),
    answers: Type.Array(
      Type.Object({
        decisionId: Type.String(),
        verdict: Word(VERDICTS),
        role: Word([...ROLES, 'system']),
        at: Instant,
        result: Word(['won', 'handedOver', 'undone', 'superseded', 'refused']),
        refusal: Type.Optional(Type.String()),
      }),
    ),
    takedown: Nullable(
      Type.Object({
        attempt: Type.Integer({ description: 'Counts requests after definite failures.' }),
        requestedAt: Instant,
        result: Word(['inFlight', 'unknown', 'refused', 'notSent', 'removed', 'gone']),
        takedownId: Type.Optional(Type.String()),
        removedAt: Type.Optional(Instant),
        error: Type.Optional(Type.String()),
      }),
    ),
    attention: Nullable(
      Type.Object({
        reason: Word(ATTENTION_REASONS),
        detail: Type.String(),
        since: Instant,
        unblock: Type.Array(Type.String()),
        changes: Type.Optional(Type.Array(Type.String())),
      }),
    ),
    failedNotices: Type.Array(
      Type.Object({
        kind: Word(NOTICE_KINDS),
        at: Instant,
        contactId: Type.Optional(Type.String()),
        detail: Type.Optional(Type.String()),
      }),
      { description: 'Mails that were refused for good; to whom and why is for staff.' },
    ),
    basis: Nullable(Word(BASES)),
    releaseReason: Nullable(Word(RELEASE_REASONS)),
    closingReason: Nullable(Type.String()),
    previousCaseId: Nullable(Type.String()),
    policyVersion: Nullable(Type.Integer()),
    rulesVersion: Nullable(Type.Integer()),
  }),
)
export type Case = Static<typeof CaseSchema>

/** What a list shows of a row. */
export function presentSummary(row: CaseRow): CaseSummary {
  const { caseId, brandId, marketplace, listingId, title, sellerId, severity, phase, outcome } = row
  const { owner, accountManagerId, ruleIds, externalIds, rev } = row
  return {
    caseId,
    brandId,
    marketplace,
    listingId,
    title,
    sellerId,
    severity,
    phase,
    outcome,
    owner,
    accountManagerId,
    ruleIds,
    externalIds,
    rev,
    dueAt: row.dueAt && iso(row.dueAt),
    openedAt: iso(row.openedAt),
    updatedAt: iso(row.updatedAt),
    closedAt: row.closedAt && iso(row.closedAt),
  }
}

/** What `reader` sees of a case. */
export function presentCase(
  row: CaseRow,
  reader: Reader,
  sellerHistory: Case['sellerHistory'],
): Case {
  const { state } = row
  return {
    ...presentSummary(row),
    brandName: state.parties.brandName,
    listing: state.listing,
    score: state.score,
    signals: state.signals,
    whyUnverifiable: state.whyUnverifiable,
    sightings: state.sightings.map((s) => ({ ...s, at: iso(s.at) })),
    sellerHistory,
    allowed: allowedMessages(state),
    leadId: state.parties.leadId,
    decision: state.decision && presentDecision(state.decision, reader),
    question: state.question,
    answers: state.answers.map((a) => ({ ...a, at: iso(a.at) })),
    takedown: state.takedown && presentTakedown(state.takedown),
    attention: state.attention && presentAttention(state.attention),
    failedNotices: state.failedNotices.map(({ kind, at, contactId, detail }) => ({
      ...presentFailedNotice({ contactId, kind, detail }, reader),
      at: iso(at),
    })),
    basis: state.ending?.basis ?? state.decision?.basis ?? null,
    releaseReason: state.ending?.releaseReason ?? null,
    closingReason: state.ending?.reason ?? null,
    previousCaseId: state.previousCaseId,
    policyVersion: state.policy?.policyVersion ?? null,
    rulesVersion: state.policy?.rulesVersion ?? null,
  }
}

/** How the brand's answer was obtained is between the brand and the staff. */
export function presentDecision(
  { proof, decidedAt, ...decision }: Decision,
  reader: Reader,
): Static<typeof DecisionSchema> {
  return {
    ...decision,
    decidedAt: iso(decidedAt),
    ...(proof !== undefined && reader !== 'monitor' ? { proof } : {}),
  }
}

/** A mail server's words may name the address; brands and monitors learn that it failed. */
export function presentFailedNotice(
  { kind, contactId, detail }: { kind: NoticeKind; contactId: string; detail: string },
  reader: Reader,
): { kind: NoticeKind; contactId?: string; detail?: string } {
  return reader === 'staff' ? { contactId, kind, detail } : { kind }
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
  const { reason, detail, since, unblock, changes } = attention
  return { reason, detail, since: iso(since), unblock, ...(changes ? { changes } : {}) }
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
    ruleIds: [],
    externalIds: [],
    rev: 0,
    state,
  }
}
