import type { Case, CaseSummary } from '../contract/case.js'
import type { ShownMarketplace } from '../contract/marketplace.js'
import type { ShownStanding } from '../contract/standstill.js'
import { MINUTE_MS } from '../domain/brand/calendar.js'
import { type Phase, type Standstill, STANDSTILLS } from '../domain/vocabulary.js'
import { UNBLOCK_STEPS, wordsFor } from '../wording/vocabulary.js'
import type { UnblockStep } from '../wording/vocabulary-words.js'
import { distance, span } from './moments.js'

const words = wordsFor('en')

/** Deadlines are acted on within seconds while a worker runs. */
const OVERDUE_AFTER_MS = MINUTE_MS
/** Phases that are the service's own turn: how long each lasts when nothing is wrong. */
const OWN_TURN_MS: Partial<Record<Phase, number>> = {
  opening: 2 * MINUTE_MS,
  restoring: 15 * MINUTE_MS,
  takingDown: 15 * MINUTE_MS,
}

/** The ways a case can be stuck, the worst first. */
export const STUCK_KINDS = [...STANDSTILLS, 'needsAttention', 'overdue', 'late', 'dueSoon'] as const
export type StuckKind = (typeof STUCK_KINDS)[number]

/** Why a case does not move, and what makes it move. */
export interface StuckCase {
  kind: StuckKind
  why: string
  /** Each a command, or what to look at. */
  unblock: string[]
}

/** The ways that the record of a case shows. */
type RecordedKind = Exclude<StuckKind, Standstill>

/** What is the matter with an open case at `nowMs`, or `null`. `dueWithinMs`: what counts as soon. */
export function stuckKind(shown: CaseSummary, nowMs: number, dueWithinMs = 0): RecordedKind | null {
  const { phase, dueAt, updatedAt } = shown
  if (phase === 'closed') return null
  if (phase === 'needsAttention') return 'needsAttention'
  const ownTurnMs = OWN_TURN_MS[phase]
  if (ownTurnMs !== undefined) {
    return nowMs - Date.parse(updatedAt) > ownTurnMs ? 'late' : null
  }
  if (dueAt === null) return null
  const leftMs = Date.parse(dueAt) - nowMs
  if (leftMs < -OVERDUE_AFTER_MS) return 'overdue'
  return dueWithinMs > 0 && leftMs < dueWithinMs ? 'dueSoon' : null
}

/** The reason and the remedy of a case of that kind, in words; `pause` is that of its marketplace. */
export function explainStuck(
  shown: Case,
  kind: RecordedKind,
  nowMs: number,
  pause: ShownMarketplace['pause'] = null,
): StuckCase {
  const { phase, attention, dueAt, updatedAt, owner, marketplace } = shown
  const reference = safeReference(shown)
  const look = 'look whether a worker runs: joint-force doctor'
  switch (kind) {
    case 'needsAttention': {
      const reason = attention
        ? `${words.attentionReasons[attention.reason]}: ${attention.detail}`
        : 'it asks for a person'
      const steps = (attention?.unblock ?? []).filter(isStep)
      return { kind, why: reason, unblock: steps.map((step) => COMMANDS[step](reference)) }
    }
    case 'overdue': {
      const ago = dueAt === null ? '' : ` ${distance(Date.parse(dueAt) - nowMs)}`
      return { kind, why: `its deadline passed${ago} and nothing happened`, unblock: [look] }
    }
    case 'late': {
      if (pause && phase !== 'opening') {
        const unblock = [`joint-force marketplace resume ${marketplace} --reason …`]
        return { kind, why: `its marketplace is paused: ${pause.reason}`, unblock }
      }
      const since = span(nowMs - Date.parse(updatedAt))
      const reconcile = 'look whether its workflow runs: joint-force reconcile'
      return { kind, why: `in ${phase} for ${since}`, unblock: [look, reconcile] }
    }
    case 'dueSoon': {
      const turn = owner ? words.owners[owner] : 'somebody'
      const left = dueAt === null ? '' : `, due ${distance(Date.parse(dueAt) - nowMs)}`
      return {
        kind,
        why: `it is the turn of ${turn}${left}`,
        unblock: [`joint-force case extend ${reference} --until …`],
      }
    }
  }
}

/** The reason and the remedy of a case whose process stands still, in words. */
export function explainStanding({ caseId, standstill, detail }: ShownStanding): StuckCase {
  const { why, unblock } = STANDSTILL_WORDS[standstill]
  return { kind: standstill, why: `${why}: ${detail}`, unblock: unblock(caseId) }
}

const STANDSTILL_WORDS: Record<Standstill, { why: string; unblock: (caseId: string) => string[] }> =
  {
    notOpened: {
      why: 'it has not opened',
      unblock: () => [
        'mend what is named; it is tried again by itself',
        'look whether a worker runs: joint-force doctor',
      ],
    },
    recordRefused: {
      why: 'its record takes nothing more',
      unblock: (caseId) => [
        `joint-force audit verify ${caseId}`,
        'restore the record from a backup; it is tried again by itself',
      ],
    },
    codeFailed: {
      why: 'the code of its workflow fails on its history',
      unblock: () => [
        'run the version that wrote the history, or a corrected one; it then goes on by itself',
      ],
    },
  }

/** Sellers and monitors make up the listing's id: only a plain one goes into a line to copy. */
function safeReference({ listingId, caseId }: Case): string {
  return /^\w[\w.-]*$/.test(listingId) ? listingId : caseId
}

const COMMANDS: Record<UnblockStep, (reference: string) => string> = {
  decide: (id) => `joint-force case decide ${id} --verdict …`,
  returnToBrand: (id) => `joint-force case return-to-brand ${id} --message …`,
  retryTakedown: (id) => `joint-force case retry ${id}`,
  reassign: (id) => `joint-force case reassign ${id} --to …`,
  closeManually: (id) => `joint-force case close ${id} --reason …`,
}

function isStep(step: string): step is UnblockStep {
  return (UNBLOCK_STEPS as readonly string[]).includes(step)
}
