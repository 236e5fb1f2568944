import type { DecideMessage } from '../domain/case/message/decide-message.js'
import { isRemovalHeld } from '../domain/case/cooling-off.js'
import type { CaseState } from '../domain/case/state.js'
import type { ShownListing } from '../domain/listing/listing.js'
import { shownBefore, shownListing } from '../domain/case/shown.js'
import { knownSeverity, PAGE_ACTS } from '../domain/vocabulary.js'
import { retriedReason } from '../domain/case/restoring.js'
import type { CaseLine } from './mail-input.js'

/** What a case's state does not tell of it. */
export interface BesideCase {
  /** IANA zone of the contact. */
  timeZone: string
  /** That contact's own ways to it. */
  links?: Pick<CaseLine, 'answerUrl' | 'caseUrl'>
  /** What the brand answered when it had closed. */
  late?: DecideMessage | undefined
  /** The name of who decided. */
  decidedByName?: string | undefined
}

/** One case as a mail to a contact shows it. */
export function caseLine(
  state: CaseState,
  { timeZone, links = {}, late, decidedByName }: BesideCase,
): CaseLine {
  const { listing, wait, decision, ending, attention, policy } = state
  if (!listing) throw new Error(`case ${state.caseId} was never opened`)
  const role = decision?.by.role
  const retried = retriedReason(state)
  return {
    caseId: state.caseId,
    brandName: state.parties.brandName,
    marketplace: state.marketplace,
    listingId: listing.listingId,
    ...offers(state, listing),
    severity: state.severity,
    whySuspicious: state.signals.filter((s) => s.weight > 0).map((s) => s.observed),
    alsoSeen: state.signals.filter((s) => s.weight === 0).map((s) => s.observed),
    whyUnverifiable: state.whyUnverifiable,
    timeZone,
    ...(wait && state.phase !== 'coolingOff' ? { dueAt: iso(wait.dueAt) } : {}),
    ...(wait && isRemovalHeld(state) ? { undoUntil: iso(wait.dueAt) } : {}),
    ...(policy ? { ifSilent: policy.severities[knownSeverity(state.severity)].silence } : {}),
    ...links,
    ...(decision ? { verdict: decision.verdict } : {}),
    ...(role && role !== 'system' ? { decidedByRole: role } : {}),
    ...(decidedByName === undefined ? {} : { decidedByName }),
    ...(ending ? { outcome: ending.outcome } : {}),
    ...(ending?.releaseReason ? { releaseReason: ending.releaseReason } : {}),
    ...(attention
      ? {
          attentionReason: attention.reason,
          // That nobody answered is the whole reason; other reasons have an error behind them.
          ...(attention.reason === 'silence' ? {} : { attentionDetail: attention.detail }),
          // A mail promises nothing that the page behind its link does not offer.
          unblock: PAGE_ACTS.filter((act) => attention.unblock.some((name) => name === act)),
        }
      : retried
        ? { attentionReason: retried }
        : {}),
    ...(wait && wait.remindersSent > 0 ? { reminderNumber: wait.remindersSent } : {}),
    ...(late ? { lateAnswer: lateAnswerOf(late) } : {}),
    ...(state.reopens ? { reopens: state.reopens } : {}),
    ...exchange(state),
  }
}

function lateAnswerOf({
  verdict,
  explanation,
  question,
}: DecideMessage): NonNullable<CaseLine['lateAnswer']> {
  return {
    verdict,
    ...(explanation === undefined ? {} : { explanation }),
    ...(question === undefined ? {} : { question }),
  }
}

/** What stands at the marketplace as far as the case knows, and what was shown before it. */
function offers(
  state: CaseState,
  captured: ShownListing,
): Pick<CaseLine, 'listing' | 'listingUrl' | 'before'> {
  const shown = shownListing(state) ?? captured
  const observed = state.attention?.observed
  const listing = observed ?? shown
  const before = observed ? shown : shownBefore(state)
  return {
    listing,
    listingUrl: listing.url ?? captured.url ?? '',
    ...(before ? { before } : {}),
  }
}

/** What brand and account manager have said to each other. */
function exchange({
  question,
  phase,
  answers,
}: CaseState): Pick<CaseLine, 'question' | 'managerWrites' | 'brandSaid'> {
  const handedOver = answers.findLast(({ result }) => result === 'handedOver')
  const isAsked = phase === 'awaitingBrand'
  return {
    ...(question ? { [isAsked ? 'managerWrites' : 'question']: question } : {}),
    ...(handedOver && !isAsked ? { brandSaid: handedOver.verdict } : {}),
  }
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}
