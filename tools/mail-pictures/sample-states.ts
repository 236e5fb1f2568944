import { HOUR_MS } from '../../domain/brand/calendar.js'
import { happening } from '../../domain/case/events.js'
import type { CaseState } from '../../domain/case/state.js'
import { dueHappenings, nextDeadline } from '../../domain/case/waiting/due.js'
import { attentionWait } from '../../domain/case/waiting/window.js'
import type { NoticeKind } from '../../domain/vocabulary.js'
import {
  answerCase,
  askedAbout,
  buildCaller,
  buildDecision,
  type BuiltCase,
  continueCase,
  MONDAY_MS,
} from '../../test/builders/case.js'
import { sampleCases } from '../../test/builders/sample-cases.js'

const SUFFIX = 'k3v9qm2xw7a4b'
const ANSWERED_AT = MONDAY_MS + 5 * HOUR_MS

/** What has happened to a case by the time a mail of that kind tells of it. */
const UNTIL: Record<NoticeKind, (opened: BuiltCase) => BuiltCase> = {
  asked: (opened) => opened,
  reminder: (opened) => unanswered(opened, ({ wait }) => (wait?.remindersSent ?? 0) > 0),
  escalated: (opened) => unanswered(opened, ({ phase }) => phase === 'awaitingAccountManager'),
  decided: confirmed,
  takenDown: (opened) =>
    continueCase(
      confirmed(opened),
      [happening('closed', { ending: { outcome: 'takenDown' } })],
      ANSWERED_AT + HOUR_MS,
    ),
  withdrawn: (opened) =>
    continueCase(
      opened,
      [happening('closed', { ending: { outcome: 'withdrawn', reason: 'a wrong rule' } })],
      ANSWERED_AT,
    ),
  needsAttention: (opened) => {
    const decided = confirmed(opened)
    const { state } = decided
    const attention = {
      reason: 'marketplaceRefused',
      detail: 'listing_locked: The listing is locked while another request about it is dealt with.',
      unblock: ['retryTakedown', 'closeManually'],
    } as const
    const wait = attentionWait(state, 'accountManager', ANSWERED_AT + HOUR_MS)
    const stuck = { attention: { ...attention, unblock: [...attention.unblock] }, wait }
    return continueCase(decided, [happening('attentionNeeded', stuck)], ANSWERED_AT + HOUR_MS)
  },
  lateAnswer: (opened) =>
    unanswered(opened, ({ phase }) => phase === 'closed' || phase === 'needsAttention'),
}

/**
 * The first cases that the monitor makes of the samples of one brand, or the most urgent of each, as
 * they are when such a mail is sent. The same names each time, so that pictures stay the same.
 */
export function sampleStates(kind: NoticeKind, of: number | 'eachBrand'): CaseState[] {
  const samples = sampleCases()
  const [first] = samples
  const brandIds = [...new Set(samples.map(({ state }) => state.brandId))]
  const chosen =
    of === 'eachBrand'
      ? brandIds.flatMap((id) => samples.filter(({ state }) => state.brandId === id).slice(0, 1))
      : samples.filter(({ state }) => state.brandId === first?.state.brandId).slice(0, of)
  return chosen
    .map((opened) => UNTIL[kind](opened).state)
    .map((state) => ({ ...state, caseId: state.caseId.replace(/[^~]+$/, SUFFIX) }))
}

function confirmed(opened: BuiltCase): BuiltCase {
  const { brandId } = opened.state
  const caller = buildCaller({ brandIds: [brandId] })
  const message = buildDecision({ ...askedAbout(opened), caller })
  return answerCase(opened, { name: 'decide', message }, ANSWERED_AT)
}

/** The case as time alone has it, by the rules. */
function unanswered(opened: BuiltCase, isThere: (state: CaseState) => boolean): BuiltCase {
  let built = opened
  while (!isThere(built.state)) {
    const next = nextDeadline(built.state)
    if (!next) throw new Error(`${built.caseId} waits for nothing`)
    built = continueCase(built, dueHappenings(built.state, next.at), next.at)
  }
  return built
}
