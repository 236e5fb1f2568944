import type { QuestionInput } from './messages.js'
import { QuestionProcess, registerQuestionHandlers } from './process.js'

export { reconcile } from '../../../workflows/reconcile.js'

/** Asks somebody, reminds them once, and ends with their answer or without. */
export async function question(input: QuestionInput): Promise<{ phase: string }> {
  const one = new QuestionProcess(input)
  registerQuestionHandlers(one)
  await one.run(() => one.rest())
  return { phase: one.state.phase }
}
