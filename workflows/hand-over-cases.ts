import { proxyActivities } from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import { checkInput } from './input.js'
import type { HandOverInput } from './messages.js'

const activities = proxyActivities<Activities>({
  startToCloseTimeout: '1 day',
  heartbeatTimeout: '1m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
  summary: 'reassign open cases',
})

/** Gives the open cases of somebody who leaves to somebody else; returns how many those were. */
export async function handOverCases(input: HandOverInput): Promise<number> {
  checkInput('handOverCases', input)
  return activities.handOverCases(input)
}
