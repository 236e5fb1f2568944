import { DAY_MS } from './calendar.js'

/** So far back one looks at how a brand answers. */
export const ANSWERING_MS = 30 * DAY_MS

/** How a brand has answered over `ANSWERING_MS`. */
export interface Answering {
  /** Cases that were decided, by whomever. */
  decided: number
  /** Its windows that passed without an answer. */
  missed: number
  /** Open cases that wait for it, of which it was reminded. */
  reminded: number
}

/** Of the decided cases those in which the brand's window had not passed first. */
export function answeredInTime({ decided, missed }: Answering): number {
  return Math.max(0, decided - missed)
}

/** True of a brand that lets more go unanswered, its reminders included, than it answers in time. */
export function isSilent(answering: Answering): boolean {
  return answering.missed + answering.reminded > answeredInTime(answering)
}
