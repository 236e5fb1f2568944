import fc from 'fast-check'
import { DEFAULT_CALENDAR } from '../../../domain/brand/calendar.js'
import type { ComparableListing } from '../../../domain/listing/listing.js'
import type { RestorationAnswer } from '../../../domain/case/restoring.js'
import { type TakedownLookup, type TakedownResult } from '../../../domain/case/taking-down.js'
import type { CaseDriver } from './case-driver.js'
import { ANY, type Judge, Step } from './case-step.js'
import { clock, toDeadline } from './random-clock.js'
import { messages } from './random-messages.js'

const observed: ComparableListing = {
  title: 'now something else',
  price: { amount: 5, currency: 'CNY' },
  pictures: [],
  seller: { id: 'shop-2214' },
}
const removed = { kind: 'removed', takedownId: 't-1', removedAt: Date.UTC(2026, 2, 9) } as const
const gone = { kind: 'gone', detail: 'no longer there' } as const
const exhausted = fc
  .boolean()
  .map((outcomeUnknown) => ({ kind: 'exhausted', message: 'timed out', outcomeUnknown }) as const)
const fault = fc
  .boolean()
  .map((outcomeUnknown) => ({ kind: 'fault', message: 'not set up', outcomeUnknown }) as const)
const takedownResult: fc.Arbitrary<TakedownResult> = fc.oneof(
  fc.constantFrom<TakedownResult>(
    removed,
    gone,
    { kind: 'listingChanged', changes: ['title', 'price'], observed },
    { kind: 'refused', code: 'notInCategory', message: 'not ours' },
  ),
  exhausted,
  fault,
)
const lookup = fc.constantFrom<TakedownLookup>(
  removed,
  gone,
  { kind: 'notTakenDown' },
  { kind: 'failed', message: 'timed out' },
  { kind: 'failed', message: 'unreachable' },
)

const putBack = fc.constantFrom<RestorationAnswer>(
  { kind: 'restored', restoredAt: Date.UTC(2026, 2, 9) },
  { kind: 'notRemoved' },
  { kind: 'failed', message: 'not restorable' },
)

/** An activity of the workflow ends: putting back, the takedown in flight, the look-up before closing. */
const activityEnds = fc.tuple(takedownResult, lookup, putBack).map(
  ([result, found, back]) =>
    new Step(`activity: ${result.kind} or ${found.kind} or ${back.kind}`, (driven) => {
      const { state } = driven
      if (state.closing) driven.lookUpSays(found)
      else if (state.phase === 'restoring') driven.puttingBackEnds(back)
      else if (state.phase === 'takingDown') driven.marketplaceSays(result)
      return ANY
    }),
)

/** It becomes known when somebody works whom the case was given to, or that nobody by that id is known. */
const calendarIsRead = fc.constantFrom<number[] | null>([1, 2, 3, 4, 5], [6, 7], [2, 4], null).map(
  (weekdays) =>
    new Step(`calendar: ${String(weekdays)}`, (driven) => {
      driven.calendarSays(weekdays && { ...DEFAULT_CALENDAR, weekdays })
      return ANY
    }),
)

/** Any sequence of messages, activity results and clock moves. */
export const anySteps = fc.commands<Judge, CaseDriver>(
  [
    ...messages,
    activityEnds,
    activityEnds,
    activityEnds,
    calendarIsRead,
    clock,
    toDeadline,
    toDeadline,
    toDeadline,
  ],
  { maxCommands: 60, size: 'max' },
)
