import { patched } from '@temporalio/workflow'
import { isListingDoubted, standingHappenings } from '../../domain/case/listing-gone.js'
import { newOwnerOf, workingTimeHappenings } from '../../domain/case/waiting/new-owner.js'
import { restorationHappenings } from '../../domain/case/restoring.js'
import type { CaseState } from '../../domain/case/state.js'
import { effortHappenings, isLookUpDue, lookUpHappenings } from '../../domain/case/stopping.js'
import { checkInput } from '../input.js'
import { interruptibly } from '../interruptibly.js'
import type { ListingCaseInput, ListingCaseResult } from '../messages.js'
import { readWorkingTime } from './activities.js'
import { registerCaseHandlers } from './handlers.js'
import { openNextCase } from './next-case.js'
import { CaseProcess } from './process.js'
import { putBack } from './restoration.js'
import { lookAtListing, lookUpTakedown, takeDown } from './takedown-effort.js'

/**
 * The life of one suspicious listing: ask the brand, remind, escalate, take down, record.
 * The rules are in domain/; this says in which order what is done, and waits for the next message or
 * deadline where nothing is. It is the only writer of the case (workflows/event-process.ts).
 */
export async function listingCase(input: ListingCaseInput): Promise<ListingCaseResult> {
  checkInput('listingCase', input)
  const theCase = new CaseProcess(input)
  registerCaseHandlers(theCase)

  await theCase.run(async () => {
    const { state } = theCase
    const owner = newOwnerOf(state)
    if (owner && patched('ownersCalendar')) {
      const working = await readWorkingTime(state, owner)
      theCase.apply((state) => workingTimeHappenings(state, owner, working, Date.now()))
    } else if (isLookUpDue(state, Date.now())) await lookUp(theCase, state)
    else if (state.phase === 'restoring') await restore(theCase, state)
    else if (state.phase === 'takingDown') await remove(theCase, state)
    else if (isListingDoubted(state)) await lookOrMoveOn(theCase, state)
    else await theCase.rest()
  })

  if (theCase.isNextAwaited) await openNextCase(input, theCase.nextReports)
  const { caseId, rev, ending } = theCase.state
  return { caseId, rev, outcome: ending?.outcome ?? 'none' }
}

/** What became of the takedown; given up when the case is closed without waiting for it. */
async function lookUp(theCase: CaseProcess, state: CaseState): Promise<void> {
  const found = await interruptibly(
    () => theCase.isEnded,
    () => lookUpTakedown(state),
  )
  const known = found ?? { kind: 'failed', message: 'it was given up' }
  theCase.apply((state) => lookUpHappenings(state, known, Date.now()))
}

/** Puts back what the case before had removed, unless the case ends first. */
async function restore(theCase: CaseProcess, state: CaseState): Promise<void> {
  const answer = await interruptibly(
    () => theCase.isEnded,
    () => putBack(state),
  )
  if (answer) theCase.apply((state) => restorationHappenings(state, answer, Date.now()))
}

/** An effort to take the listing down, ended at once when somebody stops it. */
async function remove(theCase: CaseProcess, state: CaseState): Promise<void> {
  const { mayHaveBeenSent } = theCase
  const result = await interruptibly(
    () => theCase.state.closing !== null || theCase.isEnded,
    () => takeDown(state, mayHaveBeenSent),
  )
  theCase.mayHaveBeenSent = true
  const stopped = { kind: 'exhausted', message: 'it was stopped', outcomeUnknown: true } as const
  theCase.apply((state) => effortHappenings(state, result ?? stopped, Date.now()))
}

/**
 * Looks whether the listing is still there, unless something happens first that ends the doubt or
 * is due; then the look begins anew.
 */
async function lookOrMoveOn(theCase: CaseProcess, state: CaseState): Promise<void> {
  const deadline = theCase.nextDeadline()
  if (deadline && deadline.at <= Date.now()) return theCase.wait()
  if (deadline) theCase.timer.arm(deadline)
  const isDue = () => deadline !== null && theCase.timer.hasFired
  const isOver = () => theCase.state.rev !== state.rev || isDue()
  const standing = await interruptibly(isOver, () => lookAtListing(state))
  if (standing) theCase.apply((state) => standingHappenings(state, standing))
}
