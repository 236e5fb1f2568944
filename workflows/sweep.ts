import {
  makeContinueAsNewFunc,
  proxyActivities,
  setCurrentDetails,
  sleep,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import {
  afterFinding,
  afterSending,
  onceMore,
  SWEEP_PAGE,
  SWEEP_PAUSES_MS,
  type SweepProgress,
  sweepStart,
} from '../domain/sweep/sweeps.js'
import { checkInput } from './input.js'
import type { SweepInput } from './messages.js'

const retry = {
  initialInterval: '1s',
  backoffCoefficient: 2,
  maximumInterval: '30s',
} as const
const { findCasesToSweep } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  retry,
  summary: 'find open cases',
})
const { sweepCases } = proxyActivities<Activities>({
  startToCloseTimeout: '1h',
  heartbeatTimeout: '15s',
  retry,
  summary: 'send the message to these cases',
})

/**
 * Sends one message to many open cases, page by page; its memo says how far it is. What could not be
 * reached is tried again at the end.
 */
export async function sweep(input: SweepInput): Promise<SweepProgress> {
  checkInput('sweep', input)
  const { task, caller, maxPages = Infinity } = input
  // The same in every run of the sweep, and another when it is asked for again after its end.
  const requestId = `sweep:${workflowInfo().firstExecutionRunId}`
  let standing = input.standing ?? sweepStart(task)
  for (let pages = 1; ; pages++) {
    const { left, look, again, rounds } = standing
    if (left.length > 0) {
      const caseIds = left.slice(0, SWEEP_PAGE)
      const page = await sweepCases({ task, caller, requestId, caseIds })
      standing = afterSending(standing, caseIds.length, page)
    } else if (look) {
      standing = afterFinding(standing, await findCasesToSweep(task, caller, look.after))
    } else if (again.length > 0) {
      await sleep(SWEEP_PAUSES_MS[rounds] ?? 0, { summary: 'try again what was not reached' })
      standing = onceMore(standing)
    } else return standing.progress
    tell(standing.progress)
    if (pages >= maxPages || workflowInfo().continueAsNewSuggested) await goOn(input, standing)
  }
}

function tell(progress: SweepProgress): void {
  upsertMemo({ progress })
  const { total, done, kept, failed } = progress
  setCurrentDetails(
    `Cases: ${total ?? 'not counted yet'}\n\nDone: ${done}, left as they are: ${kept}, failed: ${failed}`,
  )
}

async function goOn(input: SweepInput, standing: SweepInput['standing']): Promise<never> {
  const { progress: _earlier, ...memo } = workflowInfo().memo ?? {}
  const go = makeContinueAsNewFunc<typeof sweep>({
    memo: { ...memo, progress: standing?.progress },
  })
  return go({ ...input, ...(standing ? { standing } : {}) })
}
