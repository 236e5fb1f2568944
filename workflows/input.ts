import { ApplicationFailure, patched } from '@temporalio/workflow'
import { type InputName, inputProblem } from '../domain/form/input-forms.js'

/**
 * Ends a workflow that was started with something else than its input, which anybody can do from
 * the Temporal UI: it could only fail for ever.
 */
export function checkInput(name: InputName, given: unknown): void {
  const problem = inputProblem(name, given)
  // Asked only here, because a patch costs events.
  if (problem === null || !patched('inputChecked')) return
  throw ApplicationFailure.nonRetryable(problem, 'InvalidMessage')
}
