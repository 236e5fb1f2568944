import type { SignalDefinition, UpdateDefinition } from '@temporalio/common'
import {
  ApplicationFailure,
  currentUpdateInfo,
  log,
  patched,
  setHandler,
} from '@temporalio/workflow'
import { withKnownSeverity } from '../../domain/case/assumed-severity.js'
import {
  carriedHappenings,
  type CarriedMessage,
  isCarriedSignal,
  leftOutHappenings,
  undeliveredMessages,
} from '../../domain/case/carrying.js'
import { acceptedHappenings, appliedAnswer } from '../../domain/case/handling.js'
import type { Applied, Refusal } from '../../domain/case/message/reply.js'
import { type CaseMessages, MESSAGES, type NamedMessage } from '../../domain/case/messages.js'
import { refusalOf } from '../../domain/case/refusing.js'
import {
  type CaseSignals,
  ignoredHappenings,
  misfitOf,
  type NamedSignal,
  signalRuleOf,
} from '../../domain/case/signals.js'
import type { CaseState } from '../../domain/case/state.js'
import { opensNextCase } from '../../domain/listing/sightings.js'
import {
  MESSAGE_NAMES,
  type MessageName,
  SIGNAL_NAMES,
  type SignalName,
} from '../../domain/vocabulary.js'
import { CASE_SIGNALS, CASE_UPDATES, caseView } from '../messages.js'
import type { CaseProcess } from './process.js'

/**
 * Registers every handler before the first await. Validators do all the refusing; handlers only
 * apply. Signals that arrive while the case is being opened wait: the returned function applies
 * them, after what an earlier run did not live to apply.
 */
export function registerCaseHandlers(process: CaseProcess): () => void {
  for (const name of MESSAGE_NAMES) registerUpdate(process, name)
  setHandler(caseView, () => process.state, { description: 'The whole state of the case' })

  const { undelivered } = process.input
  const leftOut = leftOutHappenings(undelivered)
  const buffered = undeliveredMessages(undelivered).map((carried) => takeCarried(process, carried))
  if (leftOut.length > 0) buffered.unshift(() => process.accept(() => leftOut))
  const whenOpened = (apply: () => void) => {
    if (process.state.phase === 'opening') buffered.push(apply)
    else applySafely(apply)
  }
  for (const name of SIGNAL_NAMES) {
    setHandler<void, [CaseSignals[SignalName]], SignalDefinition<[CaseSignals[SignalName]]>>(
      CASE_SIGNALS[name],
      (signal) => whenOpened(() => takeSignal(process, { name, signal } as NamedSignal)),
    )
  }
  return () => buffered.splice(0).forEach(applySafely)
}

/** Applies what an earlier run of the case was sent; a signal that it had put on record is known. */
function takeCarried(process: CaseProcess, carried: CarriedMessage): () => void {
  if (!isCarriedSignal(carried)) {
    return () => process.accept((state) => carriedHappenings(state, carried, Date.now()))
  }
  const named = { name: carried.name, signal: carried.message } as NamedSignal
  return () => takeSignal(process, named, { isCarried: true })
}

/** Applies a signal if it fits, else puts on record that it was ignored. */
function takeSignal(process: CaseProcess, named: NamedSignal, { isCarried = false } = {}): void {
  const { name, signal } = named
  const misfit = misfitOf(process.state, name, signal)
  // Asked only here, because a patch costs events; a case that took such a signal replays it so.
  if (misfit !== null && patched('signalsChecked')) {
    log.warn('a signal that does not fit was ignored', { name, misfit })
    process.apply((state) => ignoredHappenings(state, name, misfit))
    return
  }
  const rule = signalRuleOf(named)
  if (isCarried && rule.isOnRecord?.(process.state, signal)) return
  const isForNext = name === 'sightingAdded' && opensNextCase(process.state, signal, Date.now())
  if (isForNext && patched('nextCase')) return process.keepForNext(signal)
  const happenings = (state: CaseState) => rule.happenings(state, signal, Date.now())
  if (rule.isPromised) process.accept(happenings)
  else process.apply(happenings)
}

function registerUpdate<N extends MessageName>(process: CaseProcess, name: N): void {
  const named = (message: CaseMessages[N]) =>
    ({ name, message: message ?? {}, requestId: currentUpdateInfo()?.id }) as NamedMessage
  setHandler<Applied, [CaseMessages[N]], UpdateDefinition<Applied, [CaseMessages[N]]>>(
    CASE_UPDATES[name],
    (message) => {
      const taken = named(message)
      process.accept((state) => acceptedHappenings(state, taken, Date.now()))
      if (name === 'retryTakedown' && process.isTroubled && patched('troubleShown')) {
        process.timesAsked++
      }
      const decisionId = message && 'decisionId' in message ? message.decisionId : undefined
      return appliedAnswer(process.state, decisionId)
    },
    {
      description: MESSAGES[name].description,
      validator: (message) => {
        const refusal = refusalOf(withKnownSeverity(process.state), named(message), Date.now())
        if (!refusal || isTriedAgain(process, name, refusal)) return
        throw ApplicationFailure.nonRetryable(refusal.message, refusal.code, refusal.details)
      },
    },
  )
}

/** A retry is also for whatever else keeps the case from going on: nothing then follows but that. */
function isTriedAgain(process: CaseProcess, name: MessageName, { code }: Refusal): boolean {
  const isOfPhase = ['StillOpening', 'NotAllowedNow', 'CaseClosed'].includes(code)
  return process.isTroubled && name === 'retryTakedown' && isOfPhase
}

// Anyone can send a signal from the Temporal UI; one that does not fit must not stop the case.
function applySafely(apply: () => void): void {
  try {
    apply()
  } catch (error) {
    log.warn('a signal that does not fit was ignored', { error })
  }
}
