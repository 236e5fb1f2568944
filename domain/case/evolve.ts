import type { CaseEvent, CaseEventData } from './events.js'
import type { CaseState } from './state.js'
import { unknownEvent } from '../record/record.js'
import { answered, noLongerWon, refusedToo } from './evolve-answers.js'
import { nowShowing } from './evolve-shown.js'
import { attentionNeeded, lookUpFailed, takedownRequested, withResult } from './evolve-takedown.js'
import { deadlineMoved, reassigned, reminded, workingTimeChanged } from './waiting/evolve-wait.js'
import { noticeFailed } from '../notice/failed-notices.js'
import { noted } from './notes.js'
import { missedAfter } from './waiting/overdue.js'
import { requestsAfter } from './repeats.js'
import { sightingAdded } from '../listing/sighting-list.js'
import { afterRestoration, restorationEnded, restoring } from './evolve-restoration.js'

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
        ...answered(state, event.data.decision, 'handedOver'),
      }
    case 'decided':
      return {
        ...state,
        decision: event.data.decision,
        ...answered(state, event.data.decision, 'won'),
      }
    case 'decisionRefused':
      return { ...state, ...refusedToo(state, event) }
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
        answers: noLongerWon(state, event.data.decisionId, 'undone'),
      }
    case 'takedownRequested':
      return takedownRequested(state, event.at, event.data)
    case 'restorationRequested':
      return restoring(state, event.at, event.data)
    case 'restored':
      return restorationEnded(state, event.data)
    case 'attentionNeeded':
      return attentionNeeded(afterRestoration(state, event.data), event.at, event.data)
    case 'deadlineMoved':
      return deadlineMoved(state, event)
    case 'reassigned':
      return reassigned(state, event.data)
    case 'workingTimeChanged':
      return workingTimeChanged(state, event.data)
    case 'sightingAdded':
      return sightingAdded(state, event.data)
    case 'severityRaised':
      return { ...state, severity: event.data.to }
    case 'noteAdded':
      return noted(state, event.data)
    case 'noticeFailed':
      return noticeFailed(state, event)
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
      throw unknownEvent('case', state.caseId, event)
  }
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
      ? noLongerWon(state, state.decision.decisionId, 'superseded')
      : state.answers,
  }
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
