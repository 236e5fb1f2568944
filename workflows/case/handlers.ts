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
 * apply. Signals that arrive while the case is being opened wait, after what an earlier run did not
 * live to apply.
 */
export function registerCaseHandlers(theCase: CaseProcess): void {
  for (const name of MESSAGE_NAMES) registerUpdate(theCase, name)
  setHandler(caseView, () => theCase.state, { description: 'The whole state of the case' })

  const { undelivered } = theCase.input
  const leftOut = leftOutHappenings(undelivered)
  if (leftOut.length > 0) theCase.whenOpened(() => theCase.accept(() => leftOut))
  for (const carried of undeliveredMessages(undelivered)) {
    theCase.whenOpened(takeCarried(theCase, carried))
  }
  for (const name of SIGNAL_NAMES) {
    setHandler<void, [CaseSignals[SignalName]], SignalDefinition<[CaseSignals[SignalName]]>>(
      CASE_SIGNALS[name],
      (signal) => theCase.whenOpened(() => takeSignal(theCase, { name, signal } as NamedSignal)),
    )
  }
}

/** Applies what an earlier run of the case was sent; a signal that it had put on record is known. */
function takeCarried(theCase: CaseProcess, carried: CarriedMessage): () => void {
  if (!isCarriedSignal(carried)) {
    return () => theCase.accept((state) => carriedHappenings(state, carried, Date.now()))
  }
  const named = { name: carried.name, signal: carried.message } as NamedSignal
  return () => takeSignal(theCase, named, { isCarried: true })
}

/** Applies a signal if it fits, else puts on record that it was ignored. */
function takeSignal(theCase: CaseProcess, named: NamedSignal, { isCarried = false } = {}): void {
  const { name, signal } = named
  const misfit = misfitOf(theCase.state, name, signal)
  // Asked only here, because a patch costs events; a case that took such a signal replays it so.
  if (misfit !== null && patched('signalsChecked')) {
    log.warn('a signal that does not fit was ignored', { name, misfit })
    theCase.apply((state) => ignoredHappenings(state, name, misfit))
    return
  }
  const rule = signalRuleOf(named)
  if (isCarried && rule.isOnRecord?.(theCase.state, signal)) return
  const isForNext = name === 'sightingAdded' && opensNextCase(theCase.state, signal, Date.now())
  if (isForNext && patched('nextCase')) return theCase.keepForNext(signal)
  const happenings = (state: CaseState) => rule.happenings(state, signal, Date.now())
  if (rule.isPromised) theCase.accept(happenings)
  else theCase.apply(happenings)
}

function registerUpdate<N extends MessageName>(theCase: CaseProcess, name: N): void {
  const named = (message: CaseMessages[N]) =>
    ({ name, message: message ?? {}, requestId: currentUpdateInfo()?.id }) as NamedMessage
  setHandler<Applied, [CaseMessages[N]], UpdateDefinition<Applied, [CaseMessages[N]]>>(
    CASE_UPDATES[name],
    (message) => {
      const taken = named(message)
      theCase.accept((state) => acceptedHappenings(state, taken, Date.now()))
      if (name === 'retryTakedown') theCase.tryAgain()
      const decisionId = message && 'decisionId' in message ? message.decisionId : undefined
      return appliedAnswer(theCase.state, decisionId)
    },
    {
      description: MESSAGES[name].description,
      validator: (message) => {
        const refusal = refusalOf(withKnownSeverity(theCase.state), named(message), Date.now())
        if (!refusal || isTriedAgain(theCase, name, refusal)) return
        throw ApplicationFailure.nonRetryable(refusal.message, refusal.code, refusal.details)
      },
    },
  )
}

/** A retry is also for whatever else keeps the case from going on: nothing then follows but that. */
function isTriedAgain(theCase: CaseProcess, name: MessageName, { code }: Refusal): boolean {
  const isOfPhase = ['StillOpening', 'NotAllowedNow', 'CaseClosed'].includes(code)
  return theCase.isTroubled && name === 'retryTakedown' && isOfPhase
}
