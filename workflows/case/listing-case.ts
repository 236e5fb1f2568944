import {
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  makeContinueAsNewFunc,
  patched,
  workflowInfo,
} from '@temporalio/workflow'
import { isListingDoubted, standingHappenings } from '../../domain/case/listing-gone.js'
import { newOwnerOf, workingTimeHappenings } from '../../domain/case/reassigning.js'
import { restorationHappenings } from '../../domain/case/restoring.js'
import { effortHappenings, isLookUpDue, lookUpHappenings } from '../../domain/case/stopping.js'
import type { TakedownLookup, TakedownResult } from '../../domain/case/taking-down.js'
import type { Severity } from '../../domain/vocabulary.js'
import { dueHappenings, nextDeadline } from '../../domain/case/waiting.js'
import { readWorkingTime, saveCase } from './activities.js'
import { registerCaseHandlers } from './handlers.js'
import { CaseProcess } from './process.js'
import { CaseTelling } from './notices.js'
import { checkInput } from '../input.js'
import type { ListingCaseInput, ListingCaseResult } from '../messages.js'
import { openingAttributes } from './search-attributes.js'
import { openNextCase } from './next-case.js'
import { putBack } from './restoration.js'
import { pauseAfterConflict, pauseAfterFailure, takeOverRecord } from './record-trouble.js'
import { lookAtListing, lookUpTakedown, takeDown } from './takedown-effort.js'

/**
 * The life of one suspicious listing: ask the brand, remind, escalate, take down, record.
 * The rules are in domain/; this shell applies messages, sleeps until the next deadline and runs
 * activities. It is the only writer of the case.
 */
export async function listingCase(input: ListingCaseInput): Promise<ListingCaseResult> {
  checkInput('listingCase', input)
  const process = new CaseProcess(input)
  const telling = new CaseTelling(process)
  const applyBuffered = registerCaseHandlers(process)

  process.resume(await takeOverRecord(process))
  process.showTrouble(null)
  applyBuffered()
  // An earlier run of this case may have got as far as the marketplace.
  let mayHaveBeenSent = process.state.takedown !== null

  let conflicts = 0
  let failures = 0
  const save = async () => {
    process.showSearchAttributes()
    telling.begin()
    if (process.isSaved) return
    const result = await saveCase(process.state, process.toSave())
    if ('conflict' in result) {
      process.startOver(await takeOverRecord(process))
      mayHaveBeenSent = process.state.takedown !== null
      await pauseAfterConflict(process, ++conflicts, result.conflict)
    } else if ('failed' in result) {
      await pauseAfterFailure(process, ++failures, result.failed)
    } else {
      conflicts = 0
      failures = 0
      process.showTrouble(null)
      process.saved(result.savedRev)
    }
  }
  const isEnded = () => process.state.phase === 'closed'
  const step = async () => {
    process.mendSeverity()
    await save()
    const { state } = process
    if (!process.isSaved || state.phase === 'closed') return
    const owner = newOwnerOf(state)
    if (owner && patched('ownersCalendar')) {
      const working = await readWorkingTime(state, owner)
      process.apply((state) => workingTimeHappenings(state, owner, working, Date.now()))
    } else if (isLookUpDue(state, Date.now())) {
      const found = await unlessEnded(process, () => lookUpTakedown(state))
      process.apply((state) => lookUpHappenings(state, found, Date.now()))
    } else if (state.phase === 'restoring') {
      const answer = await interruptibly(isEnded, () => putBack(state))
      if (answer) process.apply((state) => restorationHappenings(state, answer, Date.now()))
    } else if (state.phase === 'takingDown') {
      const result = await unlessStopped(process, () => takeDown(state, mayHaveBeenSent))
      mayHaveBeenSent = true
      process.apply((state) => effortHappenings(state, result, Date.now()))
    } else if (isListingDoubted(state)) {
      await lookOrMoveOn(process)
    } else if (isLong(input) && telling.isIdle) {
      await condition(allHandlersFinished)
      if (process.isSaved) await goOnAsNew(input, state.severity)
    } else {
      await waitForSomething(process)
    }
  }

  do {
    while (process.state.phase !== 'closed') await step()
    await save()
    await telling.finish()
    await condition(allHandlersFinished)
  } while (process.state.phase !== 'closed' || !process.isSaved || !telling.isIdle)
  if (process.nextReports.length > 0) await openNextCase(process)

  const { caseId, rev, ending } = process.state
  return { caseId, rev, outcome: ending?.outcome ?? 'none' }
}

function isLong({ continueAfterEvents = Infinity }: ListingCaseInput): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo()
  return continueAsNewSuggested || historyLength >= continueAfterEvents
}

/**
 * The next run knows everything from the record; nobody is told of the change. It shows as opening
 * until it has the record, so that one that does not get that far is found.
 */
async function goOnAsNew(
  { undelivered: _applied, ...input }: ListingCaseInput,
  severity: Severity,
): Promise<never> {
  const typedSearchAttributes = openingAttributes(input.sighting, severity)
  return makeContinueAsNewFunc<typeof listingCase>({ typedSearchAttributes })({
    ...input,
    continued: null,
  })
}

/**
 * Looks whether the listing is still there, unless something happens first that ends the doubt or
 * is due; then the look begins anew.
 */
async function lookOrMoveOn(process: CaseProcess): Promise<void> {
  const { state } = process
  const deadline = nextDeadline(state)
  if (deadline && deadline.at <= Date.now()) return waitForSomething(process)
  if (deadline) process.arm(deadline)
  const isDue = () => deadline !== null && process.timerHasFired
  const isOver = () => process.state.rev !== state.rev || isDue()
  const standing = await interruptibly(isOver, () => lookAtListing(state))
  if (standing) process.apply((state) => standingHappenings(state, standing))
}

/** An effort to take the listing down, ended at once when somebody stops it. */
async function unlessStopped(
  process: CaseProcess,
  effort: () => Promise<TakedownResult>,
): Promise<TakedownResult> {
  const isStopped = () => process.state.closing !== null || process.state.phase === 'closed'
  const result = await interruptibly(isStopped, effort)
  return result ?? { kind: 'exhausted', message: 'it was stopped', outcomeUnknown: true }
}

/** A look-up, given up when the case is closed without waiting for it. */
async function unlessEnded(
  process: CaseProcess,
  lookUp: () => Promise<TakedownLookup>,
): Promise<TakedownLookup> {
  const found = await interruptibly(() => process.state.phase === 'closed', lookUp)
  return found ?? { kind: 'failed', message: 'it was given up' }
}

/** `work`, cancelled as soon as `isOver`; `null` when the cancellation was all that came of it. */
async function interruptibly<T>(isOver: () => boolean, work: () => Promise<T>): Promise<T | null> {
  const working = new CancellationScope()
  const watching = new CancellationScope()
  const watched = watching
    .run(() => condition(isOver))
    .then(
      () => working.cancel(),
      (error: unknown) => {
        if (!isCancellation(error)) throw error
      },
    )
  try {
    return await working.run(work)
  } catch (error) {
    if (isCancellation(error) && isOver()) return null
    throw error
  } finally {
    watching.cancel()
    await watched
  }
}

/** Until a message changes the case or its next deadline is due. */
async function waitForSomething(process: CaseProcess): Promise<void> {
  const deadline = nextDeadline(process.state)
  const { rev } = process.state
  if (deadline && deadline.at > Date.now()) {
    process.arm(deadline)
    await condition(() => process.state.rev !== rev || process.timerHasFired)
  } else if (!deadline) {
    await condition(() => process.state.rev !== rev)
  }
  if (process.state.rev === rev) process.apply((state) => dueHappenings(state, Date.now()))
}
