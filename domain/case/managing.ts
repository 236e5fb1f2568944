import { DAY_MS, HOUR_MS } from '../brand/calendar.js'
import { type Happening, happening } from './events.js'
import type {
  Caller,
  CloseManuallyMessage,
  ExtendDeadlineMessage,
  ReassignMessage,
  RetryTakedownMessage,
  ReturnToBrandMessage,
  WithdrawMessage,
} from './messages.js'
import { isBrandRole, isWaitingPhase, type RefusalCode, type Role } from '../vocabulary.js'
import type { Actor, CaseState, Wait } from './state.js'
import { SLUG_PATTERN } from './identity.js'
import { parseInstant } from '../form/instants.js'
import { isToBePutBack } from './restoring.js'
import { reporterOf } from '../listing/reporter.js'
import { restsOnReporterAlone, restsOnRuleAlone } from '../listing/sighting-list.js'
import { DEFAULT_LONGEST_EXTENSION_MS, DEFAULT_STAFF_EXTENSION_MS } from '../brand/policy.js'
import { isStoppable, returnHappening, stopHappening, stoppingText } from './stopping.js'
import { closeHappening, takedownHappening, takedownUnknown } from './taking-down.js'
import { policyOf, remindersAfterMove, rulesVersionOf } from './waits.js'

type Refuse = { code: RefusalCode; message: string }

/** No deadline lies further from the opening than this, under rules before version 3. */
const FURTHEST_DEADLINE_DAYS = 120

const STAFF: readonly Role[] = ['accountManager', 'lead', 'operator']

const notNow = (message: string): Refuse => ({ code: 'NotAllowedNow', message })
const notYou = (message: string): Refuse => ({ code: 'NotAllowedForRole', message })
const invalid = (message: string): Refuse => ({ code: 'InvalidMessage', message })

/** A deadline only moves forwards, by bounded steps and so far altogether: the brand once per window. */
export function extendRefusal(
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
  if (STAFF.includes(caller.role)) return staffStepRefusal(state, wait, until, now)
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

export function extendHappenings(
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

export function reassignRefusal(message: ReassignMessage, caller: Caller): Refuse | null {
  if (message.role !== 'accountManager' && message.role !== 'lead') {
    return invalid('"role" must be accountManager or lead')
  }
  // From the Temporal UI anything can arrive, and a pattern takes `undefined` for a word.
  if (typeof message.to !== 'string' || !new RegExp(SLUG_PATTERN).test(message.to)) {
    return invalid('"to" must be the id of an account manager, like "ana-souza"')
  }
  return STAFF.includes(caller.role) ? null : notYou(`${caller.role} may not reassign a case`)
}

export function reassignHappenings(
  state: CaseState,
  message: ReassignMessage,
  by: Actor,
): Happening[] {
  const from = message.role === 'lead' ? state.parties.leadId : state.parties.accountManagerId
  if (from === message.to) return []
  const { role, to, reason } = message
  return [happening('reassigned', { role, from, to, ...(reason ? { reason } : {}) }, by)]
}

export function returnRefusal(state: CaseState, caller: Caller): Refuse | null {
  if (!STAFF.includes(caller.role)) return notYou(`${caller.role} may not return a case`)
  if (isStoppable(state)) return null
  if (takedownUnknown(state)) {
    return notNow('a takedown was sent and its outcome is unknown; retry or close it first')
  }
  return ['awaitingAccountManager', 'awaitingLead', 'needsAttention'].includes(state.phase)
    ? null
    : notNow(`a case in phase ${state.phase} is not with the account manager`)
}

/** Asks the brand again, or first stops the takedown and has it looked up. */
export function returnHappenings(
  state: CaseState,
  { message }: ReturnToBrandMessage,
  by: Actor,
  now: number,
): Happening[] {
  return isStoppable(state)
    ? [stopHappening(state, 'returnToBrand', message, by, now)]
    : [returnHappening(state, message, by, now)]
}

export function retryRefusal(
  state: CaseState,
  message: RetryTakedownMessage,
  caller: Caller,
): Refuse | null {
  if (!STAFF.includes(caller.role)) return notYou(`${caller.role} may not retry a takedown`)
  if (state.phase !== 'needsAttention' || !state.decision) {
    return notNow('there is no takedown to retry')
  }
  return state.attention?.reason === 'listingChanged' && !message.acceptChanged
    ? notNow('the listing changed; look at it, then retry with "acceptChanged": true')
    : null
}

export function retryHappenings(
  state: CaseState,
  message: RetryTakedownMessage,
  by: Actor,
): Happening[] {
  return [takedownHappening(state, 'retry', by, message.acceptChanged ?? false)]
}

export function closeRefusal(
  state: CaseState,
  message: CloseManuallyMessage,
  caller: Caller,
): Refuse | null {
  if (!STAFF.includes(caller.role)) return notYou(`${caller.role} may not close a case`)
  if (!message.reason.trim()) return invalid('closing needs a "reason"')
  if (state.closing && !message.force) {
    return notNow(`the case is ${stoppingText(state)}; "force": true closes it all the same`)
  }
  const mayClose = state.phase !== 'takingDown' || isStoppable(state) || message.force === true
  return mayClose ? null : notNow('a takedown is in flight; wait for its outcome')
}

/** A monitor takes back what rests on its own reports alone; an operator, whatever it rests on. */
export function withdrawRefusal(
  state: CaseState,
  message: WithdrawMessage,
  caller: Caller,
): Refuse | null {
  if (caller.role !== 'monitor' && caller.role !== 'operator') {
    return notYou(`${caller.role} may not withdraw a case; only its monitor may`)
  }
  if (state.phase === 'takingDown') return notNow('a takedown is in flight')
  if (isToBePutBack(state)) return notNow('the listing is to be put back first')
  if (state.decision) {
    return notNow(`the ${state.decision.by.role} already decided; that answer stands`)
  }
  if (caller.role === 'monitor' && !restsOnReporterAlone(state, reporterOf(caller))) {
    return notNow('the case also rests on reports of another monitor')
  }
  return message.rule && !restsOnRuleAlone(state, message.rule)
    ? notNow('the case also rests on other rules')
    : null
}

/** Closes; or first stops the takedown and has it looked up, unless closing is forced. */
export function closingStep(
  state: CaseState,
  message: CloseManuallyMessage | WithdrawMessage,
  by: Actor,
  withdraw: boolean,
  now: number,
): Happening[] {
  const { reason } = message
  const isUnknown = takedownUnknown(state) || isStoppable(state) || state.closing !== null
  if ('force' in message && message.force === true) {
    const forced = isUnknown ? { forced: true as const } : {}
    return [happening('closed', { ending: { outcome: 'closedManually', reason, ...forced } }, by)]
  }
  if (isStoppable(state)) {
    return [stopHappening(state, withdraw ? 'withdraw' : 'close', reason, by, now)]
  }
  return takedownUnknown(state)
    ? [happening('closeRequested', { reason, withdraw }, by)]
    : [closeHappening(state, by, reason, withdraw)]
}
