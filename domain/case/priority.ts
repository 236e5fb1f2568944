import { knownSeverity, SEVERITIES, type Severity } from '../vocabulary.js'

/**
 * Whose work goes first when there is more than the workers can do at once: a lower `priorityKey`
 * first, and among equals the keys of fairness take turns. The names are Temporal's.
 */
export interface WorkPriority {
  /** 1 (first) to 5 (last). */
  priorityKey: number
  /** At most 64 bytes. */
  fairnessKey: string
}

/** A case's work: the more severe first, and no brand's many cases before another brand's few. */
export function casePriority(of: { severity: Severity; brandId: string }): WorkPriority {
  return {
    priorityKey: SEVERITIES.indexOf(knownSeverity(of.severity)) + 1,
    fairnessKey: of.brandId,
  }
}

/** Work for a brand beside its open cases, such as an answer that came too late. */
export function brandPriority(brandId: string): WorkPriority {
  return { priorityKey: 3, fairnessKey: brandId }
}

/**
 * A recipient's mails: they are few, as each speaks of many cases, and any may speak of an S1.
 * `owner` is the brand or the person of staff they go to.
 */
export function mailPriority(owner: string): WorkPriority {
  return { priorityKey: 1, fairnessKey: owner }
}

/** What is done to many open cases for somebody: nothing else waits for it. */
export function sweepPriority(callerId: string): WorkPriority {
  return { priorityKey: 5, fairnessKey: callerId }
}
