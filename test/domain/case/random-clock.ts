import fc from 'fast-check'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../domain/brand/calendar.js'
import { dueHappenings, nextDeadline } from '../../../domain/case/waiting/due.js'
import { ANY, Step } from './case-step.js'

/** A length of time in milliseconds, from one of them to four days. */
export const duration = fc.oneof(
  fc.integer({ min: 1, max: 1_000 }),
  fc.integer({ min: 1, max: 120 }).map((n) => n * MINUTE_MS),
  fc.integer({ min: 1, max: 100 }).map((n) => n * HOUR_MS),
)

/** The clock moves, at times backwards as between two machines, and what is due is met or not. */
export const clock = fc
  .tuple(
    fc.oneof(
      duration,
      fc.integer({ min: -2_000, max: -1 }),
      fc.integer({ min: 1, max: 6 }).map((n) => n * 7 * DAY_MS),
    ),
    fc.boolean(),
  )
  .map(
    ([ms, met]) =>
      new Step(`clock ${ms} ms${met ? '' : ', nothing runs'}`, (driven) => {
        driven.now += ms
        if (met) driven.apply(dueHappenings(driven.state, driven.now))
        return ANY
      }),
  )

/** The clock moves to the next deadline or a little past it, and what is due is met. */
export const toDeadline = fc.integer({ min: 0, max: 4 }).map(
  (offsetMs) =>
    new Step(`to the deadline + ${offsetMs} ms`, (driven) => {
      const due = nextDeadline(driven.state)
      if (due) driven.now = Math.max(driven.now, due.at + offsetMs)
      driven.apply(dueHappenings(driven.state, driven.now))
      return ANY
    }),
)
