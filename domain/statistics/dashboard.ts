import type { PolicySnapshot } from '../brand/policy.js'
import { silentRun } from '../case/waiting/silent-run.js'
import type { Outcome, Phase, Severity } from '../vocabulary.js'
import { type Duration, type Survival, survivalOf } from './kaplan-meier.js'

/** What a dashboard reads of a case. */
export interface CountedCase {
  marketplace: string
  sellerId: string
  severity: Severity
  phase: Phase
  outcome: Outcome | null
  openedAt: number
  viewedAt: number | null
  decidedAt: number | null
  removedAt: number | null
  closedAt: number | null
  /** The brand's deadline passed without an answer. */
  hasBrandMissed: boolean
  policy: PolicySnapshot | null
}

/** After how many reminders brands answered, or that their time passed without an answer. */
export const REMINDER_STEPS = ['none', 'one', 'more', 'late'] as const
export type ReminderStep = (typeof REMINDER_STEPS)[number]

/** What the cases of a period say together. */
export interface DashboardFigures {
  cases: number
  /** Of those that have an answer, or ended without one. */
  answered: number
  unanswered: number
  outcomes: Partial<Record<Outcome, number>>
  toFirstView: Survival
  toDecision: Survival
  toTakedown: Survival
  /** When answers came. */
  reminders: Record<ReminderStep, number>
  sellers: number
  /** Those of whom a listing was reported after another one had been removed, most often first. */
  returned: { marketplace: string; sellerId: string; times: number }[]
  returnedCount: number
}

const MAX_NAMED_SELLERS = 20

/** The figures of cases at `nowMs`; whatever has not happened yet counts as waited for. */
export function dashboardFigures(cases: readonly CountedCase[], nowMs: number): DashboardFigures {
  const outcomes: Partial<Record<Outcome, number>> = {}
  for (const { outcome } of cases) {
    if (outcome !== null) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  const asked = cases.filter(({ outcome }) => outcome !== 'refused')
  const answered = asked.filter(({ decidedAt }) => decidedAt !== null)
  const returned = returnedSellers(cases)
  return {
    cases: cases.length,
    answered: answered.length,
    unanswered: asked.filter(({ outcome }) => outcome === 'expired').length,
    outcomes,
    toFirstView: survivalOf(asked.map((one) => until(one, one.viewedAt, nowMs))),
    toDecision: survivalOf(asked.map((one) => until(one, one.decidedAt, nowMs))),
    toTakedown: survivalOf(
      asked.filter(isToBeRemoved).map((one) => until(one, one.removedAt, nowMs)),
    ),
    reminders: reminderSteps(answered),
    sellers: new Set(cases.map(sellerKey)).size,
    returned: returned.slice(0, MAX_NAMED_SELLERS),
    returnedCount: returned.length,
  }
}

/** From opening to a moment; up to its end or now, where that has not come. */
function until({ openedAt, closedAt }: CountedCase, at: number | null, nowMs: number): Duration {
  const endMs = at ?? closedAt ?? nowMs
  return { ms: Math.max(0, endMs - openedAt), hasHappened: at !== null }
}

/** Removed, or confirmed and on its way; what was released says nothing of how long removing takes. */
function isToBeRemoved({ removedAt, decidedAt, phase }: CountedCase): boolean {
  if (removedAt !== null) return true
  const isOnItsWay = phase === 'coolingOff' || phase === 'takingDown'
  return isOnItsWay || (phase === 'needsAttention' && decidedAt !== null)
}

function reminderSteps(answered: readonly CountedCase[]): DashboardFigures['reminders'] {
  const steps: DashboardFigures['reminders'] = { none: 0, one: 0, more: 0, late: 0 }
  for (const { policy, severity, openedAt, decidedAt, hasBrandMissed } of answered) {
    if (!policy || decidedAt === null) continue
    const sent = silentRun(policy, severity, openedAt).filter(
      (step) => step.kind === 'reminded' && step.owner === 'brand' && step.at <= decidedAt,
    ).length
    if (hasBrandMissed) steps.late += 1
    else steps[sent === 0 ? 'none' : sent === 1 ? 'one' : 'more'] += 1
  }
  return steps
}

function returnedSellers(cases: readonly CountedCase[]): DashboardFigures['returned'] {
  const bySeller = new Map<string, CountedCase[]>()
  for (const one of cases) {
    const key = sellerKey(one)
    bySeller.set(key, [...(bySeller.get(key) ?? []), one])
  }
  return [...bySeller.values()]
    .flatMap((own) => {
      const removals = own.flatMap(({ removedAt }) => removedAt ?? [])
      const firstRemoval = Math.min(...removals)
      const times = own.filter(({ openedAt }) => openedAt > firstRemoval).length
      const [{ marketplace, sellerId } = { marketplace: '', sellerId: '' }] = own
      return times > 0 ? [{ marketplace, sellerId, times }] : []
    })
    .sort((one, other) => other.times - one.times)
}

function sellerKey({ marketplace, sellerId }: CountedCase): string {
  return JSON.stringify([marketplace, sellerId])
}
