import type { CaseEvent, CaseEventData, Happening } from './case-events.js'
import {
  type AnswerRecord,
  type CaseState,
  type Decision,
  type Takedown,
  unopenedCase,
  type Wait,
} from './case-state.js'
import { noted } from './notes.js'
import { missedAfter } from './overdue.js'
import { requestsAfter } from './repeats.js'
import { sightingAdded } from './sighting-list.js'
import type { ShownListing } from './listing.js'
import { EARLIER_SHOWN_MAX, shownListing } from './shown.js'
import { isBrandRole } from './vocabulary.js'
import { rulesVersionOf } from './waits.js'

/** An event of a type these rules do not know: a later version of the service wrote it. */
export class UnknownEvent extends Error {
  override name = 'UnknownEvent'
}

/**
 * The state after `event`. Every event is applicable; the rules decide which may happen. Throws
 * `UnknownEvent` rather than lose what it says: the case waits until a version that knows it runs.
 */
export function evolve(state: CaseState, event: CaseEvent): CaseState {
  const next = apply(state, event)
  const missed = missedAfter(state, event)
  const { request } = event
  return {
    ...next,
    ...(missed ? { missed } : {}),
    ...(request === undefined ? {} : { requests: requestsAfter(state.requests, request) }),
    rev: event.seq,
    updatedAt: event.at,
  }
}

/** Numbers what happened and applies it. Instants never decrease, whatever the caller's clock does. */
export function record(
  state: CaseState,
  happenings: readonly Happening[],
  now: number,
): { state: CaseState; events: CaseEvent[] } {
  const events: CaseEvent[] = []
  let current = state
  for (const what of happenings) {
    const event = {
      seq: current.rev + 1,
      at: Math.max(now, current.updatedAt),
      ...what,
    }
    current = evolve(current, event)
    events.push(event)
  }
  return { state: current, events }
}

/** The state that a complete list of events, from `opened` on, stands for. */
export function rebuild(caseId: string, events: readonly CaseEvent[]): CaseState {
  const first = events[0]
  if (first?.type !== 'opened') throw new Error(`case ${caseId}: the first event is not "opened"`)
  const { brandId, marketplace } = first.data
  return events.reduce(evolve, unopenedCase({ caseId, brandId, marketplace }, first.at))
}

function apply(state: CaseState, event: CaseEvent): CaseState {
  switch (event.type) {
    case 'opened':
      return opened(state, event.at, event.data)
    case 'asked':
      return asked(state, event.data)
    case 'reminderSent':
      return reminded(state, event.data)
    case 'escalated':
      return {
        ...state,
        phase: event.data.to === 'lead' ? 'awaitingLead' : 'awaitingAccountManager',
        wait: event.data.wait,
        attention: null,
      }
    case 'handedOver':
      return {
        ...state,
        question: event.data.decision.question ?? state.question,
        answers: [...state.answers, answer(event.data.decision, 'handedOver')],
      }
    case 'decided':
      return {
        ...state,
        decision: event.data.decision,
        answers: [...state.answers, answer(event.data.decision, 'won')],
      }
    case 'decisionRefused':
      return {
        ...state,
        answers: [
          ...state.answers,
          {
            decisionId: event.data.decisionId,
            verdict: event.data.verdict,
            role: event.data.role,
            at: event.at,
            result: 'refused',
            refusal: event.data.code,
            ...(event.data.digest === undefined ? {} : { digest: event.data.digest }),
          },
        ],
      }
    case 'coolingOffStarted':
      return {
        ...state,
        suspended: state.wait && {
          phase: state.phase,
          wait: state.wait,
          attention: state.attention,
        },
        phase: 'coolingOff',
        wait: event.data.wait,
        attention: null,
      }
    case 'undecided':
      return {
        ...state,
        phase: event.data.phase,
        wait: event.data.wait,
        attention: state.suspended?.attention ?? null,
        suspended: null,
        decision: null,
        closing: null,
        takedown: withResult(state.takedown, event.data.takedown),
        answers: mark(state.answers, event.data.decisionId, 'undone'),
      }
    case 'takedownRequested':
      return takedownRequested(state, event.at, event.data)
    case 'attentionNeeded':
      return {
        ...state,
        phase: 'needsAttention',
        wait: event.data.wait,
        attention: { ...event.data.attention, since: event.data.failing?.since ?? event.at },
        takedown: event.data.takedown
          ? state.takedown && {
              ...state.takedown,
              result: event.data.takedown,
              error: event.data.attention.detail,
              ...(event.data.failing ? { failing: event.data.failing } : {}),
            }
          : state.takedown,
      }
    case 'deadlineMoved':
      return deadlineMoved(state, event)
    case 'reassigned': {
      const party = event.data.role === 'lead' ? 'leadId' : 'accountManagerId'
      return { ...state, parties: { ...state.parties, [party]: event.data.to } }
    }
    case 'sightingAdded':
      return sightingAdded(state, event.data)
    case 'severityRaised':
      return { ...state, severity: event.data.to }
    case 'noteAdded':
      return noted(state, event.data)
    case 'noticeFailed': {
      const { contactIds, ...failed } = event.data
      return {
        ...state,
        failedNotices: [...state.failedNotices, { ...failed, at: event.at }],
        ...(contactIds ? { parties: { ...state.parties, contactIds } } : {}),
      }
    }
    case 'signalIgnored':
      return { ...state, ignoredSignals: (state.ignoredSignals ?? 0) + 1 }
    case 'closeRequested':
      return { ...state, closing: { by: event.by, ...event.data } }
    case 'stopRequested': {
      const { then, reason, wait } = event.data
      const closing = { by: event.by, reason, withdraw: then === 'withdraw', then }
      return { ...state, closing, wait: wait ?? state.wait }
    }
    case 'lookUpFailed':
      return lookUpFailed(state, event.at, event.data)
    case 'listingGoneHeard':
      return { ...state, goneBy: event.data.byCaseId }
    case 'stillListed': {
      const { goneBy: _asked, ...rest } = state
      return rest
    }
    case 'closeFailed':
      return {
        ...state,
        closing: null,
        attention: state.attention && { ...state.attention, detail: event.data.detail },
      }
    case 'closed':
      return closed(state, event.at, event.data)
    default:
      throw unknownEvent(state.caseId, event)
  }
}

function unknownEvent(caseId: string, event: never): UnknownEvent {
  const { seq, type } = event as CaseEvent
  return new UnknownEvent(
    `case ${caseId}: event ${seq} is of the unknown type ${JSON.stringify(type)}; it was written by ` +
      'a later version of Joint-Force, run that one (docs/operations.md, Upgrades)',
  )
}

function opened(state: CaseState, at: number, data: CaseEventData['opened']): CaseState {
  const { sighting, ...rest } = data
  return {
    ...state,
    ...rest,
    openedAt: at,
    shown: {
      title: data.listing.title,
      price: data.listing.price,
      pictures: data.listing.pictures,
      seller: { id: data.listing.seller.id },
    },
    sightings: [sighting],
  }
}

function asked(state: CaseState, data: CaseEventData['asked']): CaseState {
  return {
    ...state,
    phase: 'awaitingBrand',
    wait: data.wait,
    question: data.message ?? null,
    decision: null,
    attention: null,
    closing: null,
    takedown: withResult(state.takedown, data.takedown),
    ...nowShowing(state, data.shown),
    answers: state.decision
      ? mark(state.answers, state.decision.decisionId, 'superseded')
      : state.answers,
  }
}

/** From version 3 of the rules on a case remembers what it showed before. */
function nowShowing(
  state: CaseState,
  shown: ShownListing | undefined,
): Pick<CaseState, 'shown' | 'earlierShown'> {
  const before = shownListing(state)
  if (!shown) return { shown: state.shown }
  if (!before || rulesVersionOf(state) < 3) return { shown }
  const earlier = [...(state.earlierShown ?? []), before]
  return { shown, earlierShown: earlier.slice(-EARLIER_SHOWN_MAX) }
}

function reminded(state: CaseState, data: CaseEventData['reminderSent']): CaseState {
  if (!state.wait) return state
  return {
    ...state,
    wait: {
      ...state.wait,
      reminders: state.wait.reminders.slice(data.consumed),
      remindersSent: data.number,
      dueAt: data.nextDueAt ?? state.wait.dueAt,
    },
  }
}

function deadlineMoved(state: CaseState, { by, data }: CaseEvent<'deadlineMoved'>): CaseState {
  const isByBrand = data.cause === 'extended' && isBrandRole(by.role)
  const isExtension = data.cause === 'extended' && rulesVersionOf(state) >= 3
  const moved = (wait: Wait): Wait => ({
    ...wait,
    dueAt: data.to,
    reminders: data.reminders,
    extensions: wait.extensions + (isByBrand ? 1 : 0),
    ...(isExtension ? { extendedMs: (wait.extendedMs ?? 0) + data.to - data.from } : {}),
  })
  const { suspended, wait } = state
  // A cooling-off runs to its own end; what moves is the wait it would go back to.
  return suspended
    ? { ...state, suspended: { ...suspended, wait: moved(suspended.wait) } }
    : { ...state, wait: wait && moved(wait) }
}

function takedownRequested(
  state: CaseState,
  at: number,
  data: CaseEventData['takedownRequested'],
): CaseState {
  return {
    ...state,
    phase: 'takingDown',
    wait: null,
    suspended: null,
    attention: null,
    ...nowShowing(state, data.shown),
    takedown: {
      n: data.n,
      key: data.key,
      requestedAt: at,
      acceptChanged: data.acceptChanged,
      result: 'inFlight',
      ...(data.failing ? { failing: data.failing } : {}),
    },
  }
}

function lookUpFailed(
  state: CaseState,
  at: number,
  { detail, wait }: CaseEventData['lookUpFailed'],
): CaseState {
  const { closing, attention, takedown } = state
  return {
    ...state,
    phase: 'needsAttention',
    wait,
    closing: closing && { ...closing, lookUps: (closing.lookUps ?? 0) + 1 },
    attention: {
      reason: 'takedownExhausted',
      detail,
      since: attention?.since ?? at,
      unblock: ['closeManually'],
    },
    takedown: takedown && { ...takedown, result: 'unknown', error: detail },
  }
}

function withResult(
  takedown: Takedown | null,
  result: Takedown['result'] | undefined,
): Takedown | null {
  return takedown && result ? { ...takedown, result } : takedown
}

function closed(state: CaseState, at: number, data: CaseEventData['closed']): CaseState {
  return {
    ...state,
    phase: 'closed',
    wait: null,
    suspended: null,
    attention: null,
    closing: null,
    ending: { ...data.ending, at },
    takedown: state.takedown && { ...state.takedown, ...data.takedown },
  }
}

function answer(decision: Decision, result: AnswerRecord['result']): AnswerRecord {
  return {
    decisionId: decision.decisionId,
    verdict: decision.verdict,
    role: decision.by.role,
    at: decision.decidedAt,
    result,
    ...(decision.digest === undefined ? {} : { digest: decision.digest }),
  }
}

function mark(
  answers: AnswerRecord[],
  decisionId: string,
  result: AnswerRecord['result'],
): AnswerRecord[] {
  return answers.map((a) =>
    a.decisionId === decisionId && a.result === 'won' ? { ...a, result } : a,
  )
}
