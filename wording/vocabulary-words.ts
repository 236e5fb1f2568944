import type {
  AttentionReason,
  Basis,
  Indicator,
  Outcome,
  Owner,
  Phase,
  ReleaseReason,
  Right,
  Role,
  Severity,
  SilencePolicy,
  Verdict,
} from '../domain/vocabulary.js'
import type { TextFact } from '../domain/listing/listing.js'

/** The languages people are written to and shown pages in (BCP 47). */
export const LOCALES = ['en', 'zh-CN', 'pt-BR'] as const
export type Locale = (typeof LOCALES)[number]

/** The messages a case that needs attention may name as what unblocks it. */
export const UNBLOCK_STEPS = [
  'decide',
  'returnToBrand',
  'retryTakedown',
  'reassign',
  'closeManually',
] as const
export type UnblockStep = (typeof UNBLOCK_STEPS)[number]

/** What is shown of a listing beside its title. */
export type OfferField =
  | 'seller'
  | 'officialStore'
  | 'sellerHistory'
  | 'region'
  | 'price'
  | 'comparison'
  | 'units'
  | 'sku'
  | 'pictures'
  | TextFact

/** A verdict as a person chooses it: the name, and when it is the right one. */
export interface VerdictWords {
  label: string
  hint: string
}

/**
 * What people read instead of the identifiers in `domain/vocabulary.ts`, in one language. Plain
 * text: whoever puts it into HTML escapes it.
 */
export interface Words {
  phases: Record<Phase, string>
  outcomes: Record<Outcome, string>
  severities: Record<Severity, string>
  verdicts: Record<Verdict, VerdictWords>
  releaseReasons: Record<ReleaseReason, string>
  bases: Record<Basis, string>
  owners: Record<Owner, string>
  roles: Record<Role, string>
  rights: Record<Right, string>
  indicators: Record<Indicator, string>
  silencePolicies: Record<SilencePolicy, string>
  attentionReasons: Record<AttentionReason, string>
  /** What a person can do about a case that needs attention, by the name of the message. */
  unblockSteps: Record<UnblockStep, string>
  /** What is said of the closed case that another one takes up again. */
  reopened: {
    because: string
    outcome: string
    answer: string
    by(verdict: string, who: string): string
  }
  /** How a marketplace states the condition of goods, where it uses one of these words. */
  conditions: Record<'new' | 'used' | 'refurbished', string>
  offer: {
    labels: Record<OfferField, string>
    noPrice: string
    officialStore: string
    sales(count: string): string
    since(moment: string): string
    /** Heads what differs from what was asked about before. */
    changed: string
    title: string
    before: string
    now: string
    otherPictures(count: string): string
    suggested(price: string): string
    shareOfSuggested(share: string, price: string): string
  }
}
