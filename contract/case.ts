import { type Static, Type } from 'typebox'
import {
  ATTENTION_REASONS,
  BASES,
  CASE_ACTS,
  INDICATORS,
  NOTICE_KINDS,
  OUTCOMES,
  OWNERS,
  PHASES,
  RELEASE_REASONS,
  RESTORATION_RESULTS,
  RIGHTS,
  ROLES,
  SEVERITIES,
  SILENCE_POLICIES,
  STOP_AIMS,
  VERDICTS,
} from '../domain/vocabulary.js'
import { ActorSchema, LateActorSchema } from './actor.js'
import { Instant, Named, Nullable, Word } from './common.js'
import { HeldSchema } from './decision.js'
import { ListingSchema, ShownPriceSchema, ShownSchema, SignalSchema } from './sighting.js'

const summaryFields = {
  caseId: Type.String(),
  brandId: Type.String(),
  marketplace: Type.String(),
  listingId: Type.String(),
  title: Type.String(),
  sellerId: Type.String(),
  sellerName: Nullable(
    Type.String(),
    'What the seller is called there; `null` where it is not known.',
  ),
  price: Nullable(ShownPriceSchema),
  suggestedPrice: Nullable(
    ShownPriceSchema,
    'What the brand recommends a unit to cost; `null` where it is not known.',
  ),
  units: Nullable(Type.Integer(), 'How many units one offer holds; `null` where it is not known.'),
  pictureSha256: Nullable(
    Type.String(),
    'SHA-256 of the first picture, in hex; `null` where there is none.',
  ),
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
  silence: Nullable(
    Word(SILENCE_POLICIES),
    'What happens when nobody answers; `null` while the case is opening.',
  ),
  verdict: Nullable(Word(VERDICTS), 'The answer that stands; `null` while there is none.'),
  decisionId: Nullable(
    Type.String(),
    'The decision that stands, by its id; `null` while there is none.',
  ),
  shownHash: Nullable(
    Type.String({ description: '`shown.hash`: what a decision names; `null` while opening.' }),
  ),
  rev: Type.Integer(),
}

/** A case as lists show it. */
export const CaseSummarySchema = Named('CaseSummary', Type.Object(summaryFields))
export type CaseSummary = Static<typeof CaseSummarySchema>

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
    held: Type.Optional(HeldSchema),
    right: Type.Optional(Word(RIGHTS)),
    shownHash: Type.Optional(Type.String({ description: 'Hash of the listing it was given on.' })),
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
    listing: Nullable(ListingSchema, 'As the monitor captured it when the case was opened.'),
    shown: Nullable(ShownSchema, 'The listing the case asks about now.'),
    shownBefore: Nullable(
      ShownSchema,
      'What it asked about before, when the listing has changed since.',
    ),
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
        reporter: Type.Optional(Type.String()),
      }),
      { description: 'The reports of the listing; of more than 20 the first and the latest.' },
    ),
    sightingCount: Type.Integer({ description: 'All reports of the listing that the case had.' }),
    sellerHistory: Nullable(
      Type.Object(
        { open: Type.Integer(), removedIn90Days: Type.Integer() },
        { description: 'Cases of the brand about this seller; `null` while a case is opening.' },
      ),
    ),
    allowed: Type.Array(Word(CASE_ACTS), {
      description: 'What can be asked of the case in its phase; the role may narrow it.',
    }),
    leadId: Nullable(Type.String()),
    accountManagerName: Nullable(
      Type.String(),
      'What the account manager is called; `null` when there is none, and for monitors.',
    ),
    accountManagerCoverName: Nullable(
      Type.String(),
      'Who acts for the account manager while they are away; `null` while they are there, and for monitors.',
    ),
    leadName: Nullable(
      Type.String(),
      'What the lead is called; `null` when there is none, and for monitors.',
    ),
    temporalUiUrl: Nullable(
      Type.String(),
      'Its workflow in the Temporal UI, for staff; `null` for others, and where that UI is not known.',
    ),
    overdueSince: Nullable(Instant),
    missed: Type.Array(
      Type.Object({
        owner: Word(['brand', 'accountManager', 'lead']),
        who: Type.Optional(Nullable(Type.String())),
        dueAt: Instant,
      }),
      {
        description:
          'Deadlines that passed without an answer, oldest first; who it was is for staff.',
      },
    ),
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
    lateAnswers: Type.Array(
      Type.Object({
        decisionId: Type.String(),
        verdict: Word(VERDICTS),
        by: LateActorSchema,
        receivedAt: Instant,
        explanation: Type.Optional(Type.String()),
      }),
      {
        description:
          'Answers that came after the case had closed, oldest first; they changed nothing. ' +
          'For the brand and its staff.',
      },
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
        observed: Type.Optional(ShownSchema),
      }),
    ),
    closing: Nullable(
      Type.Object(
        { then: Word(STOP_AIMS), reason: Type.String(), by: ActorSchema },
        {
          description:
            'The takedown was stopped: nothing is sent any more, and `then` follows once the ' +
            'marketplace has said that nothing was removed.',
        },
      ),
    ),
    failedNotices: Type.Array(
      Type.Object({
        kind: Word(NOTICE_KINDS),
        at: Instant,
        contactId: Type.Optional(Type.String()),
        detail: Type.Optional(Type.String()),
      }),
      {
        description:
          'Mails that were refused for good, the latest 200; to whom and why is for staff.',
      },
    ),
    basis: Nullable(Word(BASES)),
    releaseReason: Nullable(Word(RELEASE_REASONS)),
    closingReason: Nullable(Type.String()),
    previousCaseId: Nullable(Type.String()),
    supersededBy: Nullable(Type.String()),
    reopens: Nullable(
      Type.Object({
        caseId: Type.String({ description: 'The closed case.' }),
        by: ActorSchema,
        reason: Type.Optional(
          Type.String({ description: 'Why it is taken up again; not for monitors.' }),
        ),
        outcome: Word(OUTCOMES, 'How the closed case had ended.'),
        decision: Nullable(DecisionSchema, 'What had been decided there.'),
      }),
      'The closed case that this one takes up again; `null` for one that was reported.',
    ),
    reopenedBy: Nullable(
      Type.String(),
      'The case that takes this one up again; `null` while none does.',
    ),
    restoration: Nullable(
      Type.Object({
        requestedAt: Instant,
        result: Word(RESTORATION_RESULTS),
        restoredAt: Type.Optional(Instant),
        error: Type.Optional(Type.String()),
      }),
      'What became of putting back what the closed case had removed; `null` where it had not.',
    ),
    policyVersion: Nullable(Type.Integer()),
    rulesVersion: Nullable(Type.Integer()),
  }),
)
export type Case = Static<typeof CaseSchema>
