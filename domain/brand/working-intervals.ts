/** A half-open span of UTC instants in epoch ms: `[startMs, endMs)`. */
export type Interval = readonly [startMs: number, endMs: number]

/**
 * Everybody's working intervals without end, as little data: a week, and what differs from it. It
 * needs no time-zone tables, so that workflows can count in it. Days are local days, numbered from
 * 1970-01-01; minutes count from local midnight.
 */
export interface WorkingIntervals {
  /** ISO numbers of the weekdays worked, 1 = Monday. */
  weekdays: number[]
  /** What the local clocks are ahead of UTC, from each instant on; the first holds before it too. */
  offsets: (readonly [fromMs: number, offsetMs: number])[]
  /** Days that are not as the week says, in order: each works between the two minutes only. */
  exceptions: (readonly [firstDay: number, days: number, fromMinute: number, toMinute: number])[]
}

/** Working time as cases carry it. Those of rules before version 3 have a list that ends. */
export type WorkingTime = WorkingIntervals | readonly Interval[]
