import type { NewDecision } from '../../contract/decision.js'
import { DAY_MS } from '../../domain/brand/calendar.js'
import { isBrandRole, isInfringing, type Role, type Verdict } from '../../domain/vocabulary.js'

/** An answer as it is being written. */
export interface Draft {
  verdict: Verdict | null
  explanation: string
  /** What the brand wants to know, with `needInfo`. */
  question: string
  /** How the brand answered, when its staff answers for it. */
  proof: string
  /** The good-faith statement. */
  isStated: boolean
  /** Put the seller on the brand's list, with `authorisedSeller`. */
  isRemembered: boolean
}

/** Nothing written yet. */
export const EMPTY_DRAFT: Draft = {
  verdict: null,
  explanation: '',
  question: '',
  proof: '',
  isStated: false,
  isRemembered: false,
}

/** How long a seller is remembered; the page behind our mails promises as much. */
const REMEMBERED_MS = 90 * DAY_MS

/** What an answer still lacks, in the order in which a form shows it. */
export type Lack = 'verdict' | 'question' | 'statement'

/** What the answer of somebody in `role` lacks. */
export function lacksOf({ verdict, question, isStated }: Draft, role: Role): Lack[] {
  if (verdict === null) return ['verdict']
  return [
    ...(verdict === 'needInfo' && question.trim() === '' ? (['question'] as const) : []),
    ...(needsStatement(verdict, role) && !isStated ? (['statement'] as const) : []),
  ]
}

/** True for what only somebody who stands by it may ask for: a brand's confirmation. */
export function needsStatement(verdict: Verdict | null, role: Role): boolean {
  return verdict !== null && isInfringing(verdict) && isBrandRole(role)
}

/** The fields of an answer that are the same for every case it is given on; `null` while it lacks a verdict. */
export function answerOf(
  draft: Draft,
  role: Role,
  nowMs: number,
): (Omit<NewDecision, 'decisionId' | 'shownHash'> & { verdict: Verdict }) | null {
  const { verdict, explanation, question, proof, isStated, isRemembered } = draft
  if (verdict === null) return null
  return {
    verdict,
    ...text('explanation', explanation),
    ...(verdict === 'needInfo' ? text('question', question) : {}),
    ...(isBrandRole(role) ? {} : text('proof', proof)),
    ...(needsStatement(verdict, role) && isStated ? { attestation: { accepted: true } } : {}),
    ...(verdict === 'authorisedSeller' && isRemembered
      ? { allowList: { until: new Date(nowMs + REMEMBERED_MS).toISOString() } }
      : {}),
  }
}

function text<N extends string>(name: N, value: string): { [K in N]?: string } {
  const trimmed = value.trim()
  return (trimmed === '' ? {} : { [name]: trimmed }) as { [K in N]?: string }
}
