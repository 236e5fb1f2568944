import { condition, log, patched } from '@temporalio/workflow'
import {
  CONFLICTS_UNTIL_ATTENTION,
  conflictPauseMs,
  isVerifiedAfter,
  refusedDetail,
  troublePauseMs,
} from '../../domain/record/conflict.js'
import { openCase, verifyRecord } from './activities.js'
import type { CaseProcess } from './process.js'
import type { RecordedCase } from '../messages.js'

// A case whose record cannot be read or continued shows why and waits, ever longer, until somebody
// has mended it: it never fails.

/** The record of the case, opened if there is none. */
export async function takeOverRecord(process: CaseProcess): Promise<RecordedCase> {
  for (let failures = 1; ; failures++) {
    const taken = await openCase(process.input)
    if (!('failed' in taken)) return taken
    const { failed: detail } = taken
    log.error('the case cannot take its record over', { detail })
    const isOpening = process.state.phase === 'opening'
    process.showTrouble({ kind: isOpening ? 'notOpened' : 'recordRefused', detail })
    await pause(process, troublePauseMs(failures))
  }
}

/** After the record has refused what there is to save so many times in a row. */
export async function pauseAfterConflict(
  process: CaseProcess,
  conflicts: number,
  refusal: string,
): Promise<void> {
  const pauseMs = conflictPauseMs(conflicts)
  if (pauseMs === 0 || !patched('conflictsBackOff')) return
  if (conflicts >= CONFLICTS_UNTIL_ATTENTION) await showRefusal(process, conflicts, refusal)
  await pause(process, pauseMs)
}

/** After what there is to save could for the so-manieth time in a row never be saved. */
export async function pauseAfterFailure(
  process: CaseProcess,
  failures: number,
  detail: string,
): Promise<void> {
  log.error('what happened to the case cannot be recorded', { detail })
  process.showTrouble({ kind: 'recordRefused', detail })
  await pause(process, troublePauseMs(failures))
}

async function showRefusal(process: CaseProcess, conflicts: number, refusal: string) {
  const isVerified = isVerifiedAfter(conflicts)
  if (!isVerified && process.isTroubled) return
  const finding =
    isVerified && patched('recordVerified') ? await verifyRecord(process.state.caseId) : null
  const detail = refusedDetail(refusal, finding)
  log.error('the record of the case takes nothing more', { detail })
  process.showTrouble({ kind: 'recordRefused', detail })
}

/** Ends early with every message, and when somebody asks for it. */
async function pause(process: CaseProcess, pauseMs: number): Promise<void> {
  const { timesAsked } = process
  const { rev } = process.state
  const summary = 'wait before the record is tried again'
  const isOver = () => process.state.rev !== rev || process.timesAsked !== timesAsked
  await condition(isOver, pauseMs, { summary })
}
