import {
  type CarriedMessage,
  isMessageOrSignal,
  type Received,
  undeliveredMessages,
} from '../../domain/case/carrying.js'
import { inputProblem } from '../../domain/form/input-forms.js'
import { LISTING_CASE, type ListingCaseInput } from '../../workflows/messages.js'
import type { EndedRun } from '../reconcile/ended-run.js'

/** What a run of a case was started with, and what was acknowledged to others while it ran. */
export interface EndedCaseRun {
  input: ListingCaseInput
  received: Received
  /** What the run before could not hand to it. */
  leftOut?: string
}

/** An ended run as one of a `listingCase`; `null` when it was started with something else. */
export function caseRunOf({ input: given, sent }: EndedRun): EndedCaseRun | null {
  if (!given || inputProblem(LISTING_CASE, given) !== null) return null
  const { undelivered, ...input } = given as ListingCaseInput
  const own = sent.filter(({ name }) => isMessageOrSignal(name)) as CarriedMessage[]
  const carried = undeliveredMessages(undelivered)
  const { leftOut } = undelivered && 'messages' in undelivered ? undelivered : {}
  return { input, received: { carried, own }, ...(leftOut === undefined ? {} : { leftOut }) }
}
