import { checkInput } from '../input.js'
import { QuestionProcess, registerQuestionHandlers } from './process.js'
import type { QuestionInput } from './start.js'

/** A question of a brand: with its account manager for a working day, then with the lead, until it is answered. */
export async function question(input: QuestionInput): Promise<{ phase: string }> {
  checkInput('question', input)
  const one = new QuestionProcess(input)
  registerQuestionHandlers(one)
  await one.run(() => one.rest())
  return { phase: one.state.phase }
}
