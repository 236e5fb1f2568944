/** What one run of a workflow cost. */
export interface HistoryCost {
  historyEvents: number
  /** What Temporal Cloud would bill for the run itself. */
  actions: number
}

/** Source: https://docs.temporal.io/cloud/actions */
const BILLED_ATTRIBUTES = [
  'workflowExecutionStartedEventAttributes',
  'activityTaskScheduledEventAttributes',
  'timerStartedEventAttributes',
  'workflowExecutionUpdateAcceptedEventAttributes',
  'workflowExecutionSignaledEventAttributes',
  'upsertWorkflowSearchAttributesEventAttributes',
  'workflowPropertiesModifiedEventAttributes',
  'markerRecordedEventAttributes',
]

/** Counts a history, fetched or read from JSON. */
export function costOf(history: { events?: readonly object[] | null }): HistoryCost {
  const events = history.events ?? []
  const isBilled = (event: object) =>
    Object.entries(event).some(([name, value]) => value && BILLED_ATTRIBUTES.includes(name))
  return { historyEvents: events.length, actions: events.filter(isBilled).length }
}
