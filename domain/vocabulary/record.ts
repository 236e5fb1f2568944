/** What can be wrong with a record, in the order it is looked for. */
export const RECORD_PROBLEMS = [
  /** An event is missing, or stands twice. */
  'gap',
  /** The hash is not that of the canonical text. */
  'hash',
  /** The canonical text is not the canonical text of an event with that number in that record. */
  'canonical',
  /** The event does not name the hash of the event before it. */
  'chain',
  /** What people are shown of the event differs from its canonical text. */
  'shown',
  /** An event is of a type this version does not know; a later one wrote it. */
  'unknownEvent',
  /** There are events but no row. */
  'rowMissing',
  /** The row is not what the events lead to. */
  'row',
] as const
export type RecordProblem = (typeof RECORD_PROBLEMS)[number]
