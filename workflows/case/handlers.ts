import type { UpdateDefinition } from '@temporalio/common'
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
  leftOutHappenings,
  undeliveredMessages,
} from '../../domain/case/carrying.js'
import type {
  Applied,
  CaseMessages,
  CaseSignals,
  DecideMessage,
  ListingGoneMessage,
  NoticeFailedMessage,
  Refusal,
  SightingAddedMessage,
} from '../../domain/case/messages.js'
import type { MessageName, SignalName } from '../../domain/vocabulary.js'
import {
  acceptedHappenings,
  appliedAnswer,
  asyncDecisionHappenings,
} from '../../domain/case/handling.js'
import type { NamedMessage } from '../../domain/case/named-message.js'
import { refusalOf } from '../../domain/case/refusing.js'
import { listingGoneHappenings } from '../../domain/case/listing-gone.js'
import { ignoredHappenings, misfitOf } from '../../domain/case/signals.js'
import { opensNextCase, sightingHappenings } from '../../domain/listing/sightings.js'
import { noticeFailedHappenings } from '../../domain/notice/unreachable.js'
import type { CaseProcess } from './process.js'
import * as messages from '../messages.js'

const UPDATES: { [N in MessageName]: UpdateDefinition<Applied, [CaseMessages[N]]> } = {
  decide: messages.decide,
  undecide: messages.undecide,
  extendDeadline: messages.extendDeadline,
  reassign: messages.reassign,
  returnToBrand: messages.returnToBrand,
  retryTakedown: messages.retryTakedown,
  closeManually: messages.closeManually,
  withdraw: messages.withdraw,
  addNote: messages.addNote,
}

const DESCRIPTIONS: Record<MessageName, string> = {
  decide: 'The answer of the brand, or of its account manager or lead. Use the API or the CLI.',
  undecide: 'Stops a takedown in its cooling-off, or while it is tried. Use the API or the CLI.',
  extendDeadline: 'Moves the running deadline, e.g. {"until": "2026-01-31T12:00:00Z"}',
  reassign: 'Changes who looks after the case, e.g. {"role": "accountManager", "to": "ana-souza"}',
  returnToBrand: 'Asks the brand again. Use the API or the CLI.',
  retryTakedown: 'Tries the takedown again: {} or {"acceptChanged": true} after a changed listing',
  closeManually: 'Closes the case with a reason. Use the API or the CLI.',
  withdraw: 'The monitor takes its suspicion back. Use the API or the CLI.',
  addNote: 'Adds a note. Use the API or the CLI.',
}

/**
 * Registers every handler before the first await. Validators do all the refusing; handlers only
 * apply. Signals that arrive while the case is being opened wait: the returned function applies
 * them, after what an earlier run did not live to apply.
 */
export function registerCaseHandlers(process: CaseProcess): () => void {
  for (const name of Object.keys(UPDATES) as MessageName[]) registerUpdate(process, name)
  setHandler(messages.caseView, () => process.state, { description: 'The whole state of the case' })

  const takeDecision = (message: DecideMessage) =>
    process.accept((state) => asyncDecisionHappenings(state, message, Date.now()))
  const takeSighting = (message: SightingAddedMessage) => {
    if (opensNextCase(process.state, message, Date.now()) && patched('nextCase')) {
      process.keepForNext(message)
      return
    }
    const { sighting, caller } = message
    const by = { role: caller.role, id: caller.id, via: caller.via }
    process.accept((state) => sightingHappenings(state, sighting, Date.now(), by))
  }
  const takeFailure = (message: NoticeFailedMessage) =>
    process.apply((state) => noticeFailedHappenings(state, message, Date.now()))
  const isAnswered = ({ decisionId }: DecideMessage) =>
    process.state.answers.some((answer) => answer.decisionId === decisionId)
  const takeUnanswered = (message: DecideMessage) => {
    if (!isAnswered(message)) takeDecision(message)
  }

  const takeGone = (message: ListingGoneMessage) =>
    process.apply((state) => listingGoneHappenings(state, message))

  const takeCarried = (carried: CarriedMessage): (() => void) => {
    switch (carried.name) {
      case 'decideAsync':
        return fitting(process, carried.name, carried.message, takeUnanswered)
      case 'sightingAdded':
        return fitting(process, carried.name, carried.message, takeSighting)
      case 'noticeFailed':
        return fitting(process, carried.name, carried.message, takeFailure)
      case 'listingGone':
        return fitting(process, carried.name, carried.message, takeGone)
      default:
        return () => process.accept((state) => carriedHappenings(state, carried, Date.now()))
    }
  }
  const { undelivered } = process.input
  const leftOut = leftOutHappenings(undelivered)
  const buffered = undeliveredMessages(undelivered).map(takeCarried)
  if (leftOut.length > 0) buffered.unshift(() => process.accept(() => leftOut))
  const whenOpened = (apply: () => void) => {
    if (process.state.phase === 'opening') buffered.push(apply)
    else applySafely(apply)
  }
  setHandler(messages.decideAsync, (message) =>
    whenOpened(fitting(process, 'decideAsync', message, takeDecision)),
  )
  setHandler(messages.sightingAdded, (message) =>
    whenOpened(fitting(process, 'sightingAdded', message, takeSighting)),
  )
  setHandler(messages.noticeFailed, (message) =>
    whenOpened(fitting(process, 'noticeFailed', message, takeFailure)),
  )
  setHandler(messages.listingGone, (message) =>
    whenOpened(fitting(process, 'listingGone', message, takeGone)),
  )
  return () => buffered.splice(0).forEach(applySafely)
}

/** Applies a signal if it fits, else puts on record that it was ignored. */
function fitting<N extends SignalName>(
  process: CaseProcess,
  name: N,
  message: CaseSignals[N],
  apply: (message: CaseSignals[N]) => void,
): () => void {
  return () => {
    const misfit = misfitOf(process.state, name, message)
    // Asked only here, because a patch costs events; a case that took such a signal replays it so.
    if (misfit === null || !patched('signalsChecked')) return apply(message)
    log.warn('a signal that does not fit was ignored', { name, misfit })
    process.apply((state) => ignoredHappenings(state, name, misfit))
  }
}

function registerUpdate<N extends MessageName>(process: CaseProcess, name: N): void {
  const named = (message: CaseMessages[N]) =>
    ({ name, message: message ?? {}, requestId: currentUpdateInfo()?.id }) as NamedMessage
  setHandler<Applied, [CaseMessages[N]], UpdateDefinition<Applied, [CaseMessages[N]]>>(
    UPDATES[name],
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
      description: DESCRIPTIONS[name],
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
