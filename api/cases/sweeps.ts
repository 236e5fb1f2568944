import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionDescription,
  WorkflowNotFoundError,
} from '@temporalio/client'
import type { Static } from 'typebox'
import { canonicalJson } from '../../domain/record/canonical-json.js'
import { plainMarkdown } from '../../domain/form/markdown.js'
import { sweepPriority } from '../../domain/case/priority.js'
import { reporterOf } from '../../domain/listing/reporter.js'
import { sweepStart, type SweepTask } from '../../domain/sweep/sweeps.js'
import { base32Sha256 } from '../../platform/digest.js'
import {
  CASES_QUEUE,
  SWEEP,
  type SweepInput,
  type SweepMemo,
  sweepWorkflowId,
} from '../../workflows/messages.js'
import { type ApiCaller, senderOf } from '../callers/caller.js'
import { notFound, otherContent } from '../errors.js'
import { contentDigest } from './message-digest.js'
import { coversAll } from '../callers/reach.js'
import { iso } from '../present/iso.js'
import type { SweepSchema } from '../../contract/sweep.js'

const CALL_WITHIN_MS = 5_000
/** 120 bits: nobody guesses the id of another's. */
const ID_LENGTH = 24

/** Messages to many open cases, each sent by a workflow of its own. */
export interface Sweeps {
  /**
   * Starts one, or finds the same: by the caller's `idempotencyKey`, for as long as Temporal knows
   * it; without one by what it does, while it runs. Throws `other-content` when the key was used for
   * something else.
   */
  start(caller: ApiCaller, task: SweepTask, idempotencyKey?: string): Promise<string>
  /** Throws `not-found` unless the caller covers all that it may touch. */
  read(caller: ApiCaller, sweepId: string): Promise<Static<typeof SweepSchema>>
}

export function createSweeps(deps: { temporal: Client; now: () => number }): Sweeps {
  const { temporal, now } = deps
  const within = <T>(call: () => Promise<T>) =>
    temporal.withDeadline(Date.now() + CALL_WITHIN_MS, call)

  const describe = async (sweepId: string): Promise<WorkflowExecutionDescription | null> => {
    try {
      return await within(() => temporal.workflow.getHandle(sweepWorkflowId(sweepId)).describe())
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null
      throw error
    }
  }

  return {
    async start(caller, task, idempotencyKey) {
      const sender = senderOf(caller, 'batch')
      const { brandIds, marketplaces } = caller
      const digest = contentDigest(
        { role: caller.role, id: reporterOf(sender) },
        { task, brandIds, marketplaces },
      )
      const isNamed = idempotencyKey !== undefined
      const identity = isNamed ? [task.kind, caller.id, idempotencyKey] : [task.kind, digest]
      const sweepId = base32Sha256(canonicalJson(identity)).slice(0, ID_LENGTH)
      const { progress } = sweepStart(task)
      const scope = { brandIds, marketplaces }
      const memo: SweepMemo = { kind: task.kind, scope, digest, startedAt: now(), progress }
      const input: SweepInput = { task, caller: sender }
      try {
        await within(() =>
          temporal.workflow.start(SWEEP, {
            workflowId: sweepWorkflowId(sweepId),
            taskQueue: CASES_QUEUE,
            workflowIdConflictPolicy: 'FAIL',
            workflowIdReusePolicy: isNamed ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
            args: [input],
            memo: { ...memo },
            priority: sweepPriority(caller.id),
            staticSummary: summaryOf(task),
          }),
        )
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
        const known = await describe(sweepId)
        if (known && memoOf(known).digest !== digest) throw otherContent()
      }
      return sweepId
    },

    async read(caller, sweepId) {
      const known = await describe(sweepId)
      const memo = known && memoOf(known)
      const isTheirs = memo && (memo.kind === 'recall' || caller.role !== 'monitor')
      if (!isTheirs || !coversAll(caller, memo.scope)) throw notFound('sweep')
      const { failures, ...counts } = memo.progress
      return {
        sweepId,
        kind: memo.kind,
        status: statusOf(known),
        startedAt: iso(memo.startedAt),
        endedAt: known.closeTime ? iso(known.closeTime) : null,
        counts,
        failures,
      }
    },
  }
}

function memoOf({ memo }: WorkflowExecutionDescription): SweepMemo {
  return memo as unknown as SweepMemo
}

function statusOf({ status }: WorkflowExecutionDescription) {
  if (status.name === 'RUNNING' || status.name === 'CONTINUED_AS_NEW') return 'running'
  return status.name === 'COMPLETED' ? 'done' : 'stopped'
}

function summaryOf(task: SweepTask): string {
  switch (task.kind) {
    case 'recall':
      return `recall of rule ${plainMarkdown(task.rule.ruleId)}`
    case 'reassign':
      return `${task.caseIds.length} cases to ${task.to}`
    case 'handOver':
      return `open cases of ${task.from} to ${task.to}`
    case 'brandManager':
      return `open cases of ${task.brandId} to its account manager`
  }
}
