import { proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import { checkInput } from './input.js'
import type { LateAnswerInput } from './messages.js'

const { saveLateAnswer } = proxyActivities<Activities>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
  summary: 'keep an answer that came too late',
})

/** Keeps an answer that came after its case had closed, beside the case's record. */
export async function lateAnswer(input: LateAnswerInput): Promise<void> {
  checkInput('lateAnswer', input)
  await saveLateAnswer(input)
}
