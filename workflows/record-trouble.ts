import { condition, log, patched } from '@temporalio/workflow'
import {
  CONFLICTS_UNTIL_ATTENTION,
  conflictPauseMs,
  isVerifiedAfter,
  type RecordTrouble,
  refusedDetail,
  troublePauseMs,
} from '../domain/record/conflict.js'

// A process whose record cannot be read or continued shows why and waits, ever longer, until
// somebody has mended it: it never fails.

/** What is asked of a process whose record is in trouble. */
export interface Troubled {
  readonly state: { rev: number }
  /** It has no record yet. */
  readonly isOpening: boolean
  /** Something keeps it from going on, and it shows that. */
  readonly isTroubled: boolean
  /** How often somebody asked to try again what keeps it from going on. */
  readonly timesAsked: number
  showTrouble(shown: Omit<RecordTrouble, 'since'> | null): void
  /** What the verification of its record finds, or `null`; also when it cannot be verified. */
  verifyRecord(): Promise<string | null>
}

/** The record, which may be opened by reading it; tried until it can be. */
export async function takenOver<Record extends object>(
  troubled: Troubled,
  read: () => Promise<Record | { failed: string }>,
): Promise<Record> {
  for (let failures = 1; ; failures++) {
    const taken = await read()
    if (!('failed' in taken)) return taken
    const { failed: detail } = taken
    log.error('the record cannot be taken over', { detail })
    troubled.showTrouble({ kind: troubled.isOpening ? 'notOpened' : 'recordRefused', detail })
    await pause(troubled, troublePauseMs(failures))
  }
}

/** After the record has refused what there is to save so many times in a row. */
export async function pauseAfterConflict(
  troubled: Troubled,
  conflicts: number,
  refusal: string,
): Promise<void> {
  const pauseMs = conflictPauseMs(conflicts)
  if (pauseMs === 0 || !patched('conflictsBackOff')) return
  if (conflicts >= CONFLICTS_UNTIL_ATTENTION) await showRefusal(troubled, conflicts, refusal)
  await pause(troubled, pauseMs)
}

/** After what there is to save could for the so-manieth time in a row never be saved. */
export async function pauseAfterFailure(
  troubled: Troubled,
  failures: number,
  detail: string,
): Promise<void> {
  log.error('what happened cannot be recorded', { detail })
  troubled.showTrouble({ kind: 'recordRefused', detail })
  await pause(troubled, troublePauseMs(failures))
}

async function showRefusal(troubled: Troubled, conflicts: number, refusal: string) {
  const isVerified = isVerifiedAfter(conflicts)
  if (!isVerified && troubled.isTroubled) return
  const finding = isVerified && patched('recordVerified') ? await troubled.verifyRecord() : null
  const detail = refusedDetail(refusal, finding)
  log.error('the record takes nothing more', { detail })
  troubled.showTrouble({ kind: 'recordRefused', detail })
}

/** Ends early with every message, and when somebody asks for it. */
async function pause(troubled: Troubled, pauseMs: number): Promise<void> {
  const { timesAsked } = troubled
  const { rev } = troubled.state
  const summary = 'wait before the record is tried again'
  const isOver = () => troubled.state.rev !== rev || troubled.timesAsked !== timesAsked
  await condition(isOver, pauseMs, { summary })
}
