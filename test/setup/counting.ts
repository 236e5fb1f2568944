import type { WorkflowHandle } from '@temporalio/client'

export interface HistoryCount {
  events: number
  workflowTasks: number
  /** What Temporal Cloud would bill for this run. */
  actions: number
}

const BILLABLE = [
  'workflowExecutionStartedEventAttributes',
  'activityTaskScheduledEventAttributes',
  'timerStartedEventAttributes',
  'workflowExecutionUpdateAcceptedEventAttributes',
  'workflowExecutionSignaledEventAttributes',
  'upsertWorkflowSearchAttributesEventAttributes',
  'workflowPropertiesModifiedEventAttributes',
  'markerRecordedEventAttributes',
] as const

/** Counts the events, workflow tasks and billable actions of one run (temporal.md, section 5). */
export async function countHistory(handle: WorkflowHandle): Promise<HistoryCount> {
  const { events } = await handle.fetchHistory()
  const all = events ?? []
  return {
    events: all.length,
    workflowTasks: all.filter((event) => event.workflowTaskStartedEventAttributes).length,
    actions: all.filter((event) => BILLABLE.some((attributes) => event[attributes])).length,
  }
}
