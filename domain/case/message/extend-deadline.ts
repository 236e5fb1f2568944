import { DAY_MS, HOUR_MS } from '../../brand/calendar.js'
import { DEFAULT_LONGEST_EXTENSION_MS, DEFAULT_STAFF_EXTENSION_MS } from '../../brand/policy.js'
import { fields, instant, optional, text } from '../../form/forms.js'
import { parseInstant } from '../../form/instants.js'
import { type Happening, happening } from '../events.js'
import type { Actor, CaseState, Wait } from '../state.js'
import { policyOf, rulesVersionOf } from '../case-policy.js'
import { remindersAfterMove } from '../waiting/window.js'
import { isBrandRole, isWaitingPhase } from '../../vocabulary.js'
import { type Addressed, type Caller, maybeAddressed } from './caller.js'
import { invalid, notNow, notYou, type Refuse } from './reply.js'
import type { MessageRule } from './rule.js'
import { maySend } from './senders.js'

/** `until` is an ISO 8601 instant. */
export interface ExtendDeadlineMessage extends Partial<Addressed> {
  until: string
  reason?: string
}

/** No deadline lies further from the opening than this, under rules before version 3. */
const FURTHEST_DEADLINE_DAYS = 120

/** Moves the running deadline. */
export const extendDeadline: MessageRule<ExtendDeadlineMessage> = {
  description: 'Moves the running deadline, e.g. {"until": "2026-01-31T12:00:00Z"}',
  form: fields<ExtendDeadlineMessage>({
    ...maybeAddressed,
    until: instant,
    reason: optional(text(1000)),
  }),
  scope: 'cases:extend',
  isForTemporalUi: true,
  knownBy: 'requestId',
  toUnblock: () => 'Send the update `extendDeadline` with `{"until": "2026-01-31T12:00:00Z"}`',
  probes: ({ wait }, to, now) => [
    { ...to, until: new Date(Math.max(now, wait?.dueAt ?? 0) + 1).toISOString() },
  ],
  refusal: extendRefusal,
  happenings: extendHappenings,
}

/** A deadline only moves forwards, by bounded steps and so far altogether: the brand once per window. */
function extendRefusal(
  state: CaseState,
  message: ExtendDeadlineMessage,
  caller: Caller,
  now: number,
): Refuse | null {
  const { wait } = state
  if (!wait || !isWaitingPhase(state.phase)) return notNow('no deadline is running')
  const until = parseInstant(message.until)
  if (until === null)
    return invalid(
      '"until" must be an ISO 8601 instant with a time zone, like 2026-01-31T12:00:00Z',
    )
  if (until <= wait.dueAt || until <= now) {
    return invalid(
      `"until" must lie after the present deadline ${new Date(wait.dueAt).toISOString()}`,
    )
  }
  const tooFar = capRefusal(state, wait, until, now)
  if (tooFar) return tooFar
  if (maySend(caller.role, 'cases:manage')) return staffStepRefusal(state, wait, until, now)
  if (!isBrandRole(caller.role)) return notYou(`${caller.role} may not move deadlines`)
  if (state.phase !== 'awaitingBrand') {
    return notYou('only the account manager or lead can move their own deadline')
  }
  if (wait.extensions > 0) return notNow('the brand has already extended this window once')
  const { extensionMs } = policyOf(state)
  return until > wait.dueAt + extensionMs
    ? invalid(`the brand may extend by at most ${extensionMs / 3_600_000} h`)
    : null
}

/** However often it is moved, a deadline does not go on for ever. */
function capRefusal(state: CaseState, wait: Wait, until: number, now: number): Refuse | null {
  if (rulesVersionOf(state) < 3) {
    return until > state.openedAt + FURTHEST_DEADLINE_DAYS * DAY_MS
      ? invalid(`"until" may lie at most ${FURTHEST_DEADLINE_DAYS} days after the opening`)
      : null
  }
  const { longestExtensionMs = DEFAULT_LONGEST_EXTENSION_MS } = policyOf(state)
  const from = Math.max(wait.dueAt, now)
  const leftMs = Math.max(0, longestExtensionMs - (wait.extendedMs ?? 0))
  return until > from + leftMs
    ? invalid(
        `a deadline may be moved by at most ${inHours(longestExtensionMs)} altogether; ${inHours(leftMs)} are left`,
      )
    : null
}

function staffStepRefusal(state: CaseState, wait: Wait, until: number, now: number): Refuse | null {
  if (rulesVersionOf(state) < 3) return null
  const { staffExtensionMs = DEFAULT_STAFF_EXTENSION_MS } = policyOf(state)
  return until > Math.max(wait.dueAt, now) + staffExtensionMs
    ? invalid(`staff may extend by at most ${inHours(staffExtensionMs)} at a time`)
    : null
}

function inHours(ms: number): string {
  return `${Math.floor(ms / HOUR_MS)} h`
}

function extendHappenings(
  state: CaseState,
  message: ExtendDeadlineMessage,
  by: Actor,
  now: number,
): Happening[] {
  const { wait } = state
  const to = parseInstant(message.until)
  if (!wait || to === null) return []
  return [
    happening(
      'deadlineMoved',
      {
        from: wait.dueAt,
        to,
        reminders: remindersAfterMove(state, to, now),
        cause: 'extended',
        ...(message.reason ? { reason: message.reason } : {}),
      },
      by,
    ),
  ]
}
